import type { RowError, RowErrorCode } from "./errors.ts";
import type { RowItems } from "./items.ts";

/** What is asked of the items of a row by themselves. */
export interface FieldRules<Item extends string> {
  /** Never empty. */
  required: readonly Item[];
  /** Longest text of any item, in UTF-16 units. */
  longest: number;
  /** Numbers of another system: letters, digits and hyphens, at most 20. */
  foreignNumbers: readonly Item[];
}

/** Collects the faults of a row, the first of each item; begins with those that the rules find. */
export function fieldFaults<Item extends string>(
  row: RowItems,
  { required, longest, foreignNumbers }: FieldRules<Item>,
) {
  const errors: RowError[] = [];
  const refuse = (when: boolean, field: Item, code: RowErrorCode) => {
    if (when && !errors.some((error) => error.field === field)) errors.push({ field, code });
  };
  for (const field of required) refuse(!row[field], field, "missing");
  for (const [field, value] of Object.entries(row))
    refuse(value.length > longest, field as Item, "too-long");
  for (const field of foreignNumbers)
    refuse(!/^[0-9A-Za-z-]{1,20}$/.test(row[field] ?? ""), field, "not-a-number");
  return { errors, refuse };
}
