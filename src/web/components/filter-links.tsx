import type { Choice } from "./choices.tsx";

/** A choice by which a list is narrowed, each an address that can be gone back to. */
export function FilterLinks(props: {
  label: string;
  /** The value chosen now; nothing for all. */
  present: string | undefined;
  choices: readonly Choice[];
  href: (value: string | undefined) => string;
  /** One of the values is always chosen: the list is never shown whole. */
  always?: boolean;
}) {
  const all = props.always
    ? props.choices
    : [{ value: undefined, label: "すべて" }, ...props.choices];
  return (
    <nav class="filter-links" aria-label={props.label}>
      <span aria-hidden="true">{props.label}</span>
      <ul>
        {all.map(({ value, label }) => (
          <li key={label}>
            <a href={props.href(value)} aria-current={value === props.present ? "true" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
