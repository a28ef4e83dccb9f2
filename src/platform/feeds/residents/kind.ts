import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  fingerprintOf,
  type MatchedPerson,
  matchSources,
  type PersonRecord,
  presentPeople,
  writePeople,
} from "../../people/index.ts";
import type { Work } from "../../work.ts";
import type { FeedKind, Finding } from "../kind.ts";
import { residentDifferences } from "./differences.ts";
import { residentItems } from "./items.ts";
import standardLayout from "./layout.json" with { type: "json" };
import { readResident } from "./read.ts";

/** A resident held against the vault. */
interface ResidentFinding extends Finding {
  match?: MatchedPerson | undefined;
}

const changeTitles = {
  name: "氏名",
  "common-name": "通称",
  address: "住所",
  "birth-date": "生年月日",
  sex: "性別",
  household: "世帯",
  residence: "住民となった日・転出・死亡",
  protection: "支援措置",
  other: "続柄・区・番号など",
} as const;
type Change = keyof typeof changeTitles;

const doubtTitles = {
  identity: "氏名と生年月日がともに変わっています。別の方の番号かもしれません。",
  revived: "死亡と記録されている方が、住民として届いています。",
} as const;

/** 住民記録: full and differential files of residents and former residents. */
export const residents: FeedKind<PersonRecord, ResidentFinding> = {
  id: "residents",
  title: "住民記録",
  items: residentItems,
  sourceItem: "sourceId",
  changeTitles,
  doubtTitles,
  standardLayout,
  expectedEveryDays: 1,
  read: readResident,
  subjectOf: ({ sourceId }) => sourceId,
  labelOf: ({ name, birthDate }) => `${name.kanji}（${formatWarekiShort(birthDate)}生）`,
  differencesOf: residentDifferences,
  async compare(work, rows) {
    const known = await matchSources(
      work,
      rows.map(({ sourceId }) => sourceId),
      rows.map((record) => fingerprintOf(work.platform.keys, record)),
    );
    return rows.map((record) => findingOf(work, record, known.get(record.sourceId)));
  },
  write: (work, entries) =>
    writePeople(
      work,
      entries.map(({ row, found: { match } }) => ({
        record: row,
        ...(match && { personNumber: match.personNumber, key: match.key }),
      })),
    ),
  everybody: presentPeople,
};

function findingOf(work: Work, record: PersonRecord, match?: MatchedPerson): ResidentFinding {
  if (!match) return { verdict: "new", revision: 0 };
  const seen = { personNumber: match.personNumber, revision: match.revision, match };
  if (match.fingerprint.equals(fingerprintOf(work.platform.keys, record)))
    return { verdict: "unchanged", ...seen };
  const changes = changesOf(record, match, work.platform.clock.today());
  const doubt =
    changes.includes("name") && changes.includes("birth-date")
      ? "identity"
      : match.diedOn && !record.diedOn
        ? "revived"
        : undefined;
  if (doubt) return { verdict: "doubtful", doubt, changes, ...seen };
  if (record.diedOn && !match.diedOn) return { verdict: "died", changes, ...seen };
  if (record.residence.to && !match.residentTo) return { verdict: "moved-out", changes, ...seen };
  return { verdict: "changed", changes, ...seen };
}

function changesOf(record: PersonRecord, match: MatchedPerson, today: string): Change[] {
  const { name, address } = match.open();
  const { protection, residence } = record;
  const isProtected =
    protection !== undefined && protection.from <= today && (protection.to ?? today) >= today;
  const differs: Record<Exclude<Change, "other">, boolean> = {
    name: record.name.kanji !== name.kanji || record.name.kana !== name.kana,
    "common-name":
      record.name.commonName !== name.commonName ||
      record.name.commonKana !== name.commonKana ||
      record.name.alphabetic !== name.alphabetic,
    address:
      record.address.town !== address.town ||
      record.address.block !== address.block ||
      record.address.building !== address.building,
    "birth-date": record.birthDate !== match.birthDate,
    sex: record.sex !== match.sex,
    household: record.householdNumber !== match.householdNumber,
    residence:
      (residence.to ?? null) !== match.residentTo ||
      (record.diedOn ?? null) !== match.diedOn ||
      residence.movedTo !== address.movedTo,
    protection: isProtected !== match.isProtected,
  };
  const changes = (Object.keys(differs) as (keyof typeof differs)[]).filter((key) => differs[key]);
  return changes.length > 0 ? changes : ["other"];
}
