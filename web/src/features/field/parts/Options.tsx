import { useId } from 'react';

interface Props<T extends string> {
  legend: string;
  options: readonly (readonly [value: T, label: string])[];
  chosen: T | null;
  onChoose: (value: T) => void;
}

/** One of several, each a row that the whole thumb hits. */
export function Options<T extends string>({ legend, options, chosen, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="options">
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
