// A whole number within bounds. While it is not one, the last good one counts and the form does not go out.
import { useState } from "react";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function Count({ label, value, min, max, onChange }: Props) {
  const [text, setText] = useState(String(value));
  return (
    <label className="count">
      {label}
      <input
        type="number"
        inputMode="numeric"
        required
        min={min}
        max={max}
        step={1}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.validity.valid) onChange(event.target.valueAsNumber);
        }}
      />
    </label>
  );
}
