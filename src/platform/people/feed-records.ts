import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { hex } from "../vault/bytes.ts";
import type { KeyRing } from "../vault/key-ring.ts";
import { feedPlace } from "../vault/places.ts";
import { seal, unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import { canonical } from "./canonical.ts";
import { allOf, numbersOf } from "./links.ts";
import type { NeededKind } from "./needs.ts";

/** What a feed tells of somebody under a subject, such as the income year `2025`. */
export interface FeedRecord {
  personNumber: string;
  subject: string;
  content: object;
}

/** Keyed token of a subject of a person. */
export const subjectToken = (
  keys: KeyRing,
  kind: NeededKind,
  { personNumber, subject }: Pick<FeedRecord, "personNumber" | "subject">,
): string => keys.token(`${kind}:${personNumber}:${subject}`).toString();

/** Keyed hash of a record; two people with the same content have different ones. */
export const recordFingerprint = (keys: KeyRing, kind: NeededKind, record: FeedRecord): Buffer =>
  keys.fingerprint(canonical({ kind, ...record }));

/** What stands last under a subject, without its content. */
export interface MatchedRecord {
  toldOn: IsoDate;
  fingerprint: Buffer;
}

/** What stands last under each of some subjects, by their tokens; for the review of a feed. */
export async function matchRecords(
  work: Work,
  kind: NeededKind,
  tokens: string[],
): Promise<Map<string, MatchedRecord>> {
  const rows = await work.sql<{ subject: string; told_on: IsoDate; fingerprint: Buffer }[]>`
    select subject::text, told_on::text, fingerprint
      from vault.match_feed_records(${kind}, ${tokens}::bigint[])`;
  return new Map(
    rows.map(({ subject, told_on: toldOn, fingerprint }) => [subject, { toldOn, fingerprint }]),
  );
}

/** A record to write, with the key of its person as matched. */
export interface RecordToWrite extends FeedRecord {
  toldOn: IsoDate;
  key: Buffer;
}

/** Writes records of a file that is being committed, beside the earlier ones. Refused for people whom nobody needs. */
export async function writeRecords(
  work: Work,
  kind: NeededKind,
  importId: string,
  records: readonly RecordToWrite[],
): Promise<void> {
  const { keys } = work.platform;
  const tokens = records.map((record) => subjectToken(keys, kind, record));
  const sealed = records.map(({ key, personNumber, toldOn, content }, at) =>
    seal(
      key,
      feedPlace(kind, personNumber, { token: tokens[at] ?? "", toldOn }),
      JSON.stringify(content),
    ),
  );
  const fingerprints = records.map(({ personNumber, subject, content }) =>
    recordFingerprint(keys, kind, { personNumber, subject, content }),
  );
  await work.sql`select vault.write_feed_records(${importId}, ${records.map((r) => r.personNumber)}::text[],
    ${tokens}::bigint[], ${records.map((r) => r.toldOn)}::date[], ${sealed.map(hex)}::text[]::bytea[],
    ${fingerprints.map(hex)}::text[]::bytea[])`;
}

/** What is known of somebody from a feed. */
export interface KnownRecords<Content> {
  records: { content: Content; toldOn: IsoDate; knownFrom: IsoDate }[];
  /** Date of the last full file that would have told of the person; nothing before the first since they are needed. */
  coveredOn: IsoDate | null;
}

/**
 * Looks at what a feed told of people whom the 事務 of the work needs: everything, or what stands under some
 * subjects, as it was known on a day. Each look is checked and logged by the database, which refuses people whom
 * the 事務 does not need.
 */
export async function lookAtRecords<Content>(
  work: Work,
  kind: NeededKind,
  personNumbers: readonly string[],
  { subject, knownOn }: { subject?: string | undefined; knownOn?: IsoDate | undefined },
): Promise<Map<string, KnownRecords<Content>>> {
  const { keys } = work.platform;
  // What was told under any of a person's numbers.
  const numbers = await numbersOf(work, personNumbers);
  const all = [...new Set(personNumbers.flatMap((number) => allOf(numbers, number)))];
  const tokens =
    subject === undefined
      ? null
      : all.map((personNumber) => subjectToken(keys, kind, { personNumber, subject }));
  const rows = await work.sql<LookRow[]>`
    select person_number, subject::text, told_on::text, known_from::text, sealed, wrapped_key, covered_on::text
      from vault.look_at_feed_records(${kind}, ${all}::text[], ${tokens}::bigint[],
        ${knownOn ?? null}::date)`;
  const known = new Map<string, KnownRecords<Content>>();
  for (const row of rows) {
    const person = known.get(row.person_number) ?? { records: [], coveredOn: row.covered_on };
    known.set(row.person_number, person);
    if (row.subject === null) continue;
    const place = feedPlace(kind, row.person_number, { token: row.subject, toldOn: row.told_on });
    const plain = unseal(keys.unwrap(row.wrapped_key), place, row.sealed);
    person.records.push({
      content: JSON.parse(plain.toString()) as Content,
      toldOn: row.told_on,
      knownFrom: row.known_from,
    });
  }
  return new Map(
    personNumbers.flatMap((number) => {
      const parts = allOf(numbers, number).flatMap((one) => known.get(one) ?? []);
      const [first, ...others] = parts;
      if (!first) return [];
      return [
        [
          number,
          {
            records: parts.flatMap(({ records }) => records),
            coveredOn: others.reduce(
              (latest, { coveredOn }) =>
                coveredOn && (!latest || coveredOn > latest) ? coveredOn : latest,
              first.coveredOn,
            ),
          },
        ] as const,
      ];
    }),
  );
}

type LookRow = { person_number: string; covered_on: IsoDate | null } & (
  | { subject: null }
  | { subject: string; told_on: IsoDate; known_from: IsoDate; sealed: Buffer; wrapped_key: Buffer }
);
