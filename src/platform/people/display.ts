import type { Person } from "./look.ts";

/** A name as papers and screens show it: the 通称 where one is registered. */
export function shownName(person: Pick<Person, "name">): string {
  return person.name?.commonName ?? person.name?.kanji ?? "";
}

/** Which of a person's names {@link shownName} is; nothing where there is only one to think of. */
export function nameWord(
  person: Pick<Person, "name" | "nationality">,
): "通称" | "本名" | undefined {
  if (person.name?.commonName) return "通称";
  return person.nationality === "foreign" ? "本名" : undefined;
}

/** The names that papers do not show, each with what it is: 本名 beside a 通称, ローマ字 beside kanji. */
export function otherNames({ name }: Pick<Person, "name">): string[] {
  if (!name) return [];
  const { kanji, commonName, alphabetic } = name;
  return [
    ...(commonName ? [`本名 ${kanji}`] : []),
    ...(alphabetic && alphabetic !== kanji ? [`ローマ字 ${alphabetic}`] : []),
  ];
}

/** The reading of {@link shownName}. */
export function shownKana(person: Pick<Person, "name">): string {
  return person.name?.commonKana ?? person.name?.kana ?? "";
}

/** An address on one line as the register writes it, abroad with the country before it; empty where it may not be seen. */
export function addressLine(person: Pick<Person, "address">): string {
  if (!person.address) return "";
  const { town, block, country = "" } = person.address;
  return `${country && `${country}　`}${town}${block}`;
}
