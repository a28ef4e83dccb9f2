import { randomUUID } from "node:crypto";
import type { Work } from "#src/platform/work.ts";
import { doubt } from "#workflows/vaccination/records/doubts.ts";
import { foreseeTold, judgeTold, knownOfTold } from "./judge-told.ts";
import { keepJudged, sealDetails } from "./keep.ts";
import { matchTold } from "./match.ts";
import type { TakenRecord, ToldRecord } from "./told.ts";

export type { TakenRecord, ToldRecord } from "./told.ts";

/** How many are taken by one call of the database. */
const lot = 1000;

/**
 * Takes records as a channel tells them: each becomes a record, is found to be known by another channel, or waits in a work list
 * with what is doubtful about it. Nothing is dropped. In the order given, a fixed number of statements a thousand, within the
 * unit of work of whoever calls.
 *
 * @returns what became of each; of a reference that was told before, what became of it then
 * @throws Problem 409 where somebody else entered the same dose at the same moment
 */
export async function takeRecords(work: Work, told: readonly ToldRecord[]): Promise<TakenRecord[]> {
  const taken: TakenRecord[] = [];
  for (let from = 0; from < told.length; from += lot)
    taken.push(...(await takeLot(work, told.slice(from, from + lot))));
  return taken;
}

/** Judges one record without keeping anything: what entry is told before it says what is to be done. */
export async function judgeRecord(work: Work, told: ToldRecord) {
  const [matched = { doubts: [] }] = await matchTold(work, [told]);
  const [judged] = await foreseeTold(work, [{ told, matched }]);
  if (!judged) throw new Error("nothing was judged");
  return judged;
}

async function takeLot(work: Work, told: readonly ToldRecord[]): Promise<TakenRecord[]> {
  const known = await takenBefore(work, told);
  const fresh = new Map<string, ToldRecord>();
  // A reference counts once within a lot too.
  const keys = told.map((one, at) => referenceKey(one) ?? `#${at}`);
  keys.forEach((key, at) => {
    const one = told[at];
    if (one && !known.has(key) && !fresh.has(key)) fresh.set(key, one);
  });
  const records = [...fresh.values()];
  const matched = await matchTold(work, records);
  const found = records.map((one, at) => ({
    id: randomUUID() as string,
    told: one,
    matched: matched[at] ?? { doubts: [] },
  }));
  const facts = await knownOfTold(work, found);
  // Before others have to wait for these people.
  const details = await sealDetails(work, found, facts.people);
  const judged = await judgeTold(work, found, facts);
  const kept = await keepJudged(
    work,
    judged.map((one, at) => ({ ...one, id: found[at]?.id ?? "", detailsId: details[at] ?? null })),
  );
  [...fresh.keys()].forEach((key, at) => {
    const one = kept[at];
    if (one) known.set(key, one);
  });
  return keys.map((key) => {
    const one = known.get(key);
    if (!one) throw new Error("a told record was dropped");
    return one;
  });
}

const referenceKey = ({ channel, reference }: ToldRecord): string | undefined =>
  reference === undefined ? undefined : `${channel} ${reference}`;

async function takenBefore(
  work: Work,
  told: readonly ToldRecord[],
): Promise<Map<string, TakenRecord>> {
  const named = told.filter(({ reference }) => reference !== undefined);
  if (named.length === 0) return new Map();
  const rows = await work.sql<
    {
      id: string;
      key: string;
      state: TakenRecord["state"];
      shot_id: string | null;
      person_number: string | null;
      doubts: Parameters<typeof doubt>[0][];
    }[]
  >`
    select s.id, s.channel || ' ' || s.reference as key, s.state, s.shot_id, s.person_number, s.doubts
      from unnest(${named.map(({ channel }) => channel)}::text[], ${named.map(({ reference }) => reference ?? "")}::text[]) x(channel, reference)
      join vaccination.slip s on s.channel = x.channel and s.reference = x.reference`;
  return new Map(
    rows.map((row) => [
      row.key,
      {
        slipId: row.id,
        state: row.state,
        shotId: row.shot_id ?? undefined,
        personNumber: row.person_number ?? undefined,
        doubts: row.doubts.map((code) => doubt(code)),
      },
    ]),
  );
}
