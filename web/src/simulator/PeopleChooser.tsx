// Who one is on the simulated phone. Beside the phone on wide screens, in its menu on small ones.
import { useLanguage } from "../text/language";
import { initials, type People, readablePhone } from "./people";

export function PeopleChooser({ people, onChosen }: { people: People; onChosen?: () => void }) {
  const { people: words } = useLanguage().texts.simulator;
  const another = () => {
    people.another();
    onChosen?.();
  };
  return (
    <section className="people">
      <h2>{words.heading}</h2>
      <ul>
        {people.people.map((person) => (
          <li key={person.phone}>
            <button
              type="button"
              className="person"
              aria-pressed={person.phone === people.me.phone}
              onClick={() => {
                people.choose(person);
                onChosen?.();
              }}
            >
              <span className="face" aria-hidden="true">
                {initials(person)}
              </span>
              <span>
                {person.name}
                <small>{readablePhone(person)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="quiet" onClick={another}>
        {words.another}
      </button>
    </section>
  );
}
