// The invented neighbours that one can be, kept in this browser.
import { useState } from "react";
import { remember, remembered } from "../ui/memory";

export interface Person {
  /** WhatsApp's spelling of a Mexican mobile: 52, 1, ten digits. */
  phone: string;
  name: string;
}

const NEIGHBOURS: readonly Person[] = [
  { phone: "5219825550171", name: "Lupita Canché" },
  { phone: "5219825550172", name: "Jesús Poot" },
  { phone: "5219825550173", name: "Amaranta Ek" },
];

const NAMES = ["Mateo", "Ximena", "Rosario", "Toño", "Itzel", "Chela", "Nicanor", "Socorro"];
const SURNAMES = ["Dzib", "Chablé", "Uc", "Montejo", "Balam", "Pech", "Cahuich", "Ordóñez"];

const KEY = "ventanilla.simulator.people";

interface Kept {
  people: readonly Person[];
  phone: string;
}

function isKept(value: unknown): value is Kept {
  const kept = value as Kept | null;
  return (
    Array.isArray(kept?.people) &&
    kept.people.every((one) => /^\d{8,15}$/.test(one?.phone) && typeof one.name === "string") &&
    kept.people.some((one) => one.phone === kept.phone)
  );
}

export interface People {
  people: readonly Person[];
  me: Person;
  choose: (person: Person) => void;
  another: () => void;
}

export function usePeople(): People {
  const [kept, setKept] = useState<Kept>(() => remembered(KEY, isKept) ?? fresh());
  const keep = (next: Kept) => {
    remember(KEY, next);
    setKept(next);
  };
  const me = kept.people.find((one) => one.phone === kept.phone) ?? firstOf(kept.people);
  return {
    people: kept.people,
    me,
    choose: (person) => keep({ ...kept, phone: person.phone }),
    another: () => {
      const person = invent(kept.people);
      keep({ people: [...kept.people, person], phone: person.phone });
    },
  };
}

function fresh(): Kept {
  return { people: NEIGHBOURS, phone: firstOf(NEIGHBOURS).phone };
}

function firstOf(people: readonly Person[]): Person {
  const [first] = people;
  if (!first) throw new Error("there is nobody to be");
  return first;
}

/** Somebody with a number nobody has here yet. */
function invent(people: readonly Person[]): Person {
  const [a = 0, b = 0, c = 0] = crypto.getRandomValues(new Uint32Array(3));
  const phone = `521982555${String(1000 + (c % 9000))}`;
  if (people.some((one) => one.phone === phone)) return invent(people);
  return { phone, name: `${NAMES[a % NAMES.length]} ${SURNAMES[b % SURNAMES.length]}` };
}

/** +52 982 555 0171, as people write it. */
export function readablePhone({ phone }: Person): string {
  return phone.replace(/^521?(\d{3})(\d{3})(\d{4})$/, "+52 $1 $2 $3");
}

export function initials({ name }: Person): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}
