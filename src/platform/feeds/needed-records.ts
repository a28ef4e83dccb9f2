import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type FeedRecord,
  matchRecords,
  matchSources,
  type NeededKind,
  neededAmong,
  neededPeople,
  recordFingerprint,
  subjectToken,
  writeRecords,
} from "../people/index.ts";
import type { Work } from "../work.ts";
import { compareByKey } from "./compare-by-key.ts";
import type { FeedKind, Finding } from "./kind.ts";
import { peopleBySource } from "./people-by-source.ts";

/** A row of what another office tells of somebody. */
export interface RecordRow<Content extends object> {
  sourceId: string;
  /** What it is about, such as the income year: once a person in a full file. */
  subject: string;
  /** Day from which it counts, where the row says so; otherwise the date of the file. */
  toldOn?: IsoDate | undefined;
  content: Content;
}

interface RecordFinding extends Finding {
  /** The record with its person, and the person's key. */
  record?: FeedRecord & { key: Buffer };
}

const doubts = {
  "unknown-person": { title: "住民番号の方が見つかりません。", acceptable: false },
  older: { title: "もう届いている更正より前の更正日です。", acceptable: false },
} as const;

/** What a kind of records says of itself; the rest they have in common. */
export type RecordKind<Content extends object> = Pick<
  FeedKind<RecordRow<Content>>,
  "title" | "items" | "standardLayout" | "expectedEveryDays" | "read" | "labelOf"
> & {
  id: NeededKind;
  /** What has changed where a row says something else under the same subject. */
  contentTitle: string;
  /** What is to be done about a needed person who is not in a full file; left out where not all needed people are in it. */
  missingHint?: string;
};

/**
 * A kind of feed that takes only people whom a 事務 needs (ACQ-5), keeps what it tells sealed in the vault, and
 * keeps what it told before.
 */
export function neededRecords<Content extends object>({
  id: kind,
  contentTitle,
  missingHint,
  ...own
}: RecordKind<Content>): FeedKind<RecordRow<Content>, RecordFinding> {
  return {
    ...own,
    id: kind,
    changeTitles: { determination: "更正日", content: contentTitle },
    doubts,
    subjectOf: ({ sourceId, subject }) => `${sourceId} ${subject}`,
    peopleOf: peopleBySource("sourceId"),
    needed: (work, personNumbers) => neededAmong(work, kind, personNumbers),
    compare: (work, rows) => compareRecords(work, kind, rows),
    write: (work, entries, { importId, fileDate }) =>
      writeRecords(
        work,
        kind,
        importId,
        entries.map(({ row, found: { record } }) => {
          if (!record) throw new Error("a record of nobody");
          return { ...record, toldOn: row.toldOn ?? fileDate };
        }),
      ),
    ...(missingHint && {
      expected: { hint: missingHint, people: (work) => neededPeople(work, kind) },
    }),
  };
}

async function compareRecords<Content extends object>(
  work: Work,
  kind: NeededKind,
  rows: RecordRow<Content>[],
): Promise<RecordFinding[]> {
  const { keys } = work.platform;
  const people = await matchSources(work, [...new Set(rows.map(({ sourceId }) => sourceId))]);
  const found = rows.map(({ sourceId, subject, toldOn, content }) => {
    const person = people.get(sourceId);
    if (!person) return { token: "", toldOn };
    const { personNumber } = person;
    const record = { personNumber, subject, content };
    return {
      token: subjectToken(keys, kind, record),
      fingerprint: recordFingerprint(keys, kind, record),
      toldOn,
      record: { ...record, key: person.key.key },
    };
  });
  const known = await matchRecords(
    work,
    kind,
    found.flatMap(({ record, token }) => (record ? [token] : [])),
  );
  const compared = compareByKey(found, {
    keyOf: ({ token }) => token,
    known,
    differs: {
      determination: ({ toldOn }, last) => toldOn !== undefined && toldOn !== last.toldOn,
      content: ({ fingerprint }, last) => fingerprint?.equals(last.fingerprint) === false,
    },
  });
  return found.map(({ record, toldOn }, at): RecordFinding => {
    const { verdict = "new", known: last, changes } = compared[at] ?? {};
    if (!record) return { verdict: "doubtful", doubt: "unknown-person" };
    const { personNumber } = record;
    if (last && toldOn && toldOn < last.toldOn)
      return { verdict: "doubtful", doubt: "older", personNumber };
    return { verdict, personNumber, changes, record };
  });
}
