import type { Work } from "../work.ts";
import type { RowItems } from "./items.ts";
import type { FeedKind, PersonOfRow } from "./kind.ts";

/** Whether each of some rows is to be taken: everyone's where the kind takes everybody, else those of people whom a 事務 needs. */
export async function needOf(
  work: Work,
  kind: FeedKind,
  rows: readonly { items: RowItems }[],
): Promise<{ person: PersonOfRow; needed: boolean }[]> {
  const { needed, peopleOf } = kind;
  if (!needed || !peopleOf) return rows.map(() => ({ person: undefined, needed: true }));
  const people = await peopleOf(
    work,
    rows.map(({ items }) => items),
  );
  const known = new Set(people.filter((person) => typeof person === "string"));
  const some = await needed(work, [...known]);
  return people.map((person) => ({ person, needed: person ? some.has(person) : false }));
}
