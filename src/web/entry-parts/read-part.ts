import type { EntryPart } from "#src/platform/entry-parts/index.ts";
import type { Values } from "../values.ts";

/**
 * The fields of a part as its readers read them; the schema judges them. A part that its box does not ask for is `null`.
 *
 * @param prefix beginning of the field names where it is not the part's own: `children.0.insurance`
 */
export function readPart<T>(
  form: Values,
  part: EntryPart<T>,
  prefix: string = part.name,
): Record<string, string> {
  const readers = Object.entries<(text: string) => string>(part.readers);
  return Object.fromEntries(
    readers.map(([item, read]) => [item, read(form.text(`${prefix}.${item}`))]),
  );
}

/** Name of the box by which a part that need not be there is asked for. */
export const boxOf = (prefix: string): string => `${prefix}.given`;

/** The same of a part with a box of its own: `null` where the box is not ticked. */
export const readOptionalPart = <T>(
  form: Values,
  part: EntryPart<T>,
  prefix: string = part.name,
): Record<string, string> | null => (form.has(boxOf(prefix)) ? readPart(form, part, prefix) : null);
