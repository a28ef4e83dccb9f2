import { FieldFrame } from "./field-frame.tsx";

/** Somebody or something known, and the fields of the form that it fills in. */
export interface Pick {
  label: string;
  /** By name of the field. */
  fill: Readonly<Record<string, string>>;
}

/** Fills in other fields of the form with what is known of the one chosen; is itself not sent. */
export function PickField(props: {
  id: string;
  label: string;
  /** Shown while nobody is chosen. */
  empty: string;
  options: readonly Pick[];
}) {
  const { id, label, empty, options } = props;
  return (
    <FieldFrame id={id} label={label} error={undefined}>
      <select id={id} class="input select" data-pick>
        <option value="">{empty}</option>
        {options.map((option, n) => (
          <option key={n} value={String(n)} data-fill={JSON.stringify(option.fill)}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
