import { isFullBirth, mayBeSameBirth } from "#workflows/dates/birth-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { canonical } from "../../people/canonical.ts";
import {
  fingerprintOf,
  type MatchedPerson,
  matchSources,
  type PersonRecord,
  presentPeople,
  type RegisterDetails,
  writePeople,
} from "../../people/index.ts";
import { type Compared, compareByKey } from "../compare-by-key.ts";
import type { FeedKind, Finding } from "../kind.ts";
import { peopleBySource } from "../people-by-source.ts";
import { residentDifferences } from "./differences.ts";
import { residentItems } from "./items.ts";
import standardLayout from "./layout.json" with { type: "json" };
import { readResident, surplusOfResident } from "./read.ts";

/** A resident held against the vault. */
interface ResidentFinding extends Finding<keyof typeof verdictTitles> {
  match?: MatchedPerson | undefined;
  /** Of the row. */
  fingerprint?: Buffer | undefined;
}

/** Changes that end somebody's residence. */
const verdictTitles = { "moved-out": "転出", died: "死亡" } as const;

const changeTitles = {
  name: "氏名",
  "common-name": "通称",
  address: "住所",
  "birth-date": "生年月日",
  sex: "性別",
  household: "世帯",
  residence: "住民となった日・転出・死亡",
  protection: "支援措置",
  details: "届出・電話番号・在留など",
  other: "続柄・区・番号など",
} as const;
type Change = keyof typeof changeTitles;

const doubts = {
  identity: {
    title: "氏名と生年月日がともに変わっています。別の方の番号かもしれません。",
    acceptable: true,
  },
  "birth-lost": {
    title: "生年月日が分かっていた方が、不詳として届いています。",
    acceptable: true,
  },
  revived: { title: "死亡と記録されている方が、住民として届いています。", acceptable: true },
} as const;

/** 住民記録: full and differential files of residents and former residents. */
export const residents: FeedKind<PersonRecord, ResidentFinding> = {
  id: "residents",
  title: "住民記録",
  items: residentItems,
  verdictTitles,
  changeTitles,
  doubts,
  standardLayout,
  expectedEveryDays: 1,
  surplusIn: surplusOfResident,
  read: readResident,
  subjectOf: ({ sourceId }) => sourceId,
  labelOf: ({ name, birthDate }) => `${name.kanji}（${formatWarekiShort(birthDate)}生）`,
  differencesOf: residentDifferences,
  peopleOf: peopleBySource("sourceId"),
  async compare(work, rows) {
    const { keys, clock } = work.platform;
    const fingerprints = rows.map((record) => fingerprintOf(keys, record));
    const said = new Map(rows.map((record, at) => [record, fingerprints[at]]));
    const known = await matchSources(
      work,
      rows.map(({ sourceId }) => sourceId),
      fingerprints,
    );
    const compared = compareByKey(rows, {
      keyOf: ({ sourceId }) => sourceId,
      known,
      same: (record, match) => said.get(record)?.equals(match.fingerprint) ?? false,
      differs: differsOn(clock.today()),
    });
    return rows.map((record, at) => ({
      ...findingOf(record, compared[at]),
      fingerprint: fingerprints[at],
    }));
  },
  write: (work, entries, file) =>
    writePeople(
      work,
      file,
      entries.map(({ row, found: { match, fingerprint } }) => ({
        record: row,
        fingerprint,
        ...(match && { personNumber: match.personNumber, key: match.key }),
      })),
    ),
  expected: {
    hint: "この市に住んでいるのに、全件のファイルにない人です。自動では何も変わりません。送付元へ確認してください。",
    people: presentPeople,
  },
};

function findingOf(record: PersonRecord, compared?: Compared<MatchedPerson>): ResidentFinding {
  if (!compared || compared.verdict === "new") return { verdict: "new", revision: 0 };
  const { verdict, known: match } = compared;
  const seen = { personNumber: match.personNumber, revision: match.revision, match };
  if (verdict === "unchanged") return { verdict, ...seen };
  const changes = compared.changes.length > 0 ? compared.changes : ["other"];
  const doubt =
    // A birth date that is known better now may be that of the same person.
    changes.includes("name") && !mayBeSameBirth(record.birthDate, match.birthDate)
      ? "identity"
      : isFullBirth(match.birthDate) && !isFullBirth(record.birthDate)
        ? "birth-lost"
        : match.diedOn && !record.diedOn
          ? "revived"
          : undefined;
  if (doubt) return { verdict: "doubtful", doubt, changes, ...seen };
  if (record.diedOn && !match.diedOn) return { verdict: "died", changes, ...seen };
  if (record.residence.to && !match.residentTo) return { verdict: "moved-out", changes, ...seen };
  return { verdict, changes, ...seen };
}

/** What may differ between a row and the person as known; names and addresses are those of today. */
function differsOn(
  today: string,
): Record<Exclude<Change, "other">, (record: PersonRecord, match: MatchedPerson) => boolean> {
  const isProtected = ({ protection }: PersonRecord) =>
    protection !== undefined && protection.from <= today && (protection.to ?? today) >= today;
  return {
    name: ({ name }, match) => differIn(["kanji", "kana"], name, match.open().name),
    "common-name": ({ name }, match) =>
      differIn(["commonName", "commonKana", "alphabetic"], name, match.open().name),
    address: ({ address }, match) =>
      differIn(["town", "block", "building"], address, match.open().address),
    "birth-date": (record, match) => record.birthDate !== match.birthDate,
    sex: (record, match) => record.sex !== match.sex,
    household: (record, match) => record.householdNumber !== match.householdNumber,
    residence: ({ residence, diedOn }, match) =>
      (residence.to ?? null) !== match.residentTo ||
      (diedOn ?? null) !== match.diedOn ||
      residence.movedTo !== match.open().address.movedTo,
    protection: (record, match) => isProtected(record) !== match.isProtected,
    details: ({ details = {} }, match) =>
      canonical(told(details)) !== canonical(told(match.open().details)),
  };
}

/** Beyond the day and sort of the last 異動, which every 異動 changes beside what it is about. */
const told = ({ event, ...others }: RegisterDetails = {}) => ({
  ...others,
  reportedOn: event?.reportedOn,
  cancels: event?.cancels,
});

const differIn = <Key extends string>(
  keys: readonly Key[],
  one: { readonly [K in Key]?: string },
  other: { readonly [K in Key]?: string },
) => keys.some((key) => one[key] !== other[key]);
