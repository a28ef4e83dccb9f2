import type { Work } from "../work.ts";
import type { FeedKind } from "./kind.ts";
import type { BadRecord, LotRow } from "./lot.ts";

/**
 * Keeps why rows cannot be taken, and whom they speak of where that can be read. `unread` are rows of
 * whom nobody could tell whether they are needed: nothing else of them is kept anywhere.
 */
export async function keepBadRows(
  work: Work,
  kind: FeedKind,
  lot: Pick<LotRow, "importId" | "number">,
  bad: readonly BadRecord[],
  unread = false,
): Promise<void> {
  if (bad.length === 0) return;
  const people = unread
    ? []
    : ((await kind.peopleOf?.(
        work,
        bad.map(({ items }) => items),
      )) ?? []);
  const faults = bad.flatMap(({ number, errors }, at) =>
    errors.map(({ field, code }) => ({ number, field, code, person: people[at] ?? null })),
  );
  const of = <T>(pick: (fault: (typeof faults)[number]) => T) => faults.map(pick);
  await work.sql`select feeds.keep_bad_rows(${lot.importId}, ${lot.number}, ${of((f) => f.number)}::integer[],
    ${of((f) => f.field)}::text[], ${of((f) => f.code)}::text[], ${of((f) => f.person)}::text[])`;
}
