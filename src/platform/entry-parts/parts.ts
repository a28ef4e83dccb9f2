import type { EntryItem, EntryPart } from "./part.ts";

type Parts<Entered> = {
  readonly [Key in keyof Entered & string]?: EntryPart<NonNullable<Entered[Key]>>;
};

/** Items of those parts of an application that were entered, in the order of `parts`. */
export function itemsOfParts<Entered>(
  entered: Partial<Entered>,
  parts: Parts<Entered>,
): EntryItem[] {
  return (Object.keys(parts) as (keyof Entered & string)[]).flatMap((key) => {
    const value = entered[key];
    return value == null ? [] : (parts[key]?.items(value) ?? []);
  });
}

/**
 * An entry with every address in it replaced by a word, however deep it stands: for those who may not see where a protected
 * person lives. The postal code, 方書 and telephone beside an address go with it.
 */
export function withoutAddresses<Entered>(entered: Entered, word: string): Entered {
  if (Array.isArray(entered)) return entered.map((one) => withoutAddresses(one, word)) as Entered;
  if (typeof entered !== "object" || entered === null) return entered;
  const place: Record<string, string> =
    "address" in entered ? { address: word, postalCode: word, building: "", telephone: word } : {};
  return Object.fromEntries(
    Object.entries(entered).map(([key, value]) => [
      key,
      Object.hasOwn(place, key) ? place[key] : withoutAddresses(value, word),
    ]),
  ) as Entered;
}
