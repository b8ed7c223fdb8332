// Choosing where: a tap on the map, the arrow keys, or a place that everybody knows.
import { useState } from "react";
import { useLanguage } from "../../text/language";
import type { Said } from "../api";
import { Sheet } from "../phone/Sheet";
import { coloniaAt, inMunicipality, MIDDLE, onEarth, type Point, SPOTS, type Spot } from "./map";
import { TownMap } from "./TownMap";

interface Props {
  onClose: () => void;
  onSend: (said: Said) => void;
}

export function PlaceSheet({ onClose, onSend }: Props) {
  const { texts } = useLanguage();
  const { place } = texts.simulator;
  const [pin, setPin] = useState<Point>(SPOTS[0]?.at ?? MIDDLE);
  const spot = SPOTS.find(({ at }) => at === pin);
  const where = spot?.name ?? coloniaAt(pin) ?? (inMunicipality(pin) ? place.around : place.outside);
  const send = () => onSend({ type: "location", ...onEarth(pin), ...(spot && { name: spot.name }) });

  return (
    <Sheet title={place.heading} onClose={onClose}>
      <p className="soft">{place.lead}</p>
      <TownMap pin={pin} label={place.map(where)} gulf={place.gulf} onMove={setPin} />
      <Spots chosen={spot} heading={place.spots} onChoose={({ at }) => setPin(at)} />
      <p className="where" aria-live="polite">
        📍 {where}
      </p>
      <button type="button" className="primary wide" onClick={send}>
        {place.send}
      </button>
    </Sheet>
  );
}

interface SpotsProps {
  chosen: Spot | undefined;
  heading: string;
  onChoose: (spot: Spot) => void;
}

function Spots({ chosen, heading, onChoose }: SpotsProps) {
  return (
    <fieldset className="chips">
      <legend className="unseen">{heading}</legend>
      {SPOTS.map((spot) => (
        <button
          key={spot.id}
          type="button"
          className="chip"
          aria-pressed={spot === chosen}
          onClick={() => onChoose(spot)}
        >
          {spot.name}
        </button>
      ))}
    </fieldset>
  );
}
