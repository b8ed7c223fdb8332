// The keys of a telephone. Each goes out as it is pressed; the town decides when it has enough of them.
import { type KeyboardEvent, useEffect, useState } from "react";
import { useLanguage } from "../../text/language";
import type { Call } from "./api";
import { isKey, KEYS, type Key } from "./keys";

interface Props {
  call: Call;
  onPress: (key: Key) => void;
}

export function Keypad({ call, onPress }: Props) {
  const words = useLanguage().texts.simulator.call;
  const [pressed, setPressed] = useState("");
  const newest = call.heard.at(-1)?.seq;
  // The town took them, or asks something else by now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: something new was heard
  useEffect(() => setPressed(""), [newest]);
  const press = (key: Key) => {
    setPressed(pressed + key);
    onPress(key);
  };
  const type = (event: KeyboardEvent) => {
    if (isKey(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) press(event.key);
  };
  const ends = call.listening?.finish_on_key;
  return (
    <fieldset className="keypad" onKeyDown={type}>
      <legend className="unseen">{words.keypad}</legend>
      <p className="keys-pressed">
        <output aria-label={words.keysPressed}>{pressed}</output>
        {pressed && ends && <small>{words.endKeys(ends)}</small>}
      </p>
      <div className="keys">
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className="key"
            aria-label={words.key(key)}
            onClick={() => press(key)}
          >
            {key}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
