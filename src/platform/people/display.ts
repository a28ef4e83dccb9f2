import type { Person } from "./look.ts";

/** A name as papers and screens show it: the 通称 where one is registered. */
export function shownName(person: Pick<Person, "name">): string {
  return person.name?.commonName ?? person.name?.kanji ?? "";
}

/** The reading of {@link shownName}. */
export function shownKana(person: Pick<Person, "name">): string {
  return person.name?.commonKana ?? person.name?.kana ?? "";
}

/** An address on one line as the register writes it; empty where it may not be seen. */
export function addressLine(person: Pick<Person, "address">): string {
  return person.address ? `${person.address.town}${person.address.block}` : "";
}
