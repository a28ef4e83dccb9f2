import { type BirthDate, birthDigits } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type Address, addressElsewhere } from "./addresses.ts";
import type { FullName, Sex } from "./names.ts";
import { Random } from "./random.ts";

/** 異動事由 of the feed. */
export const reasons = {
  birth: "01",
  moveIn: "02",
  moveWithin: "03",
  moveOut: "04",
  death: "05",
  nameChange: "06",
  correction: "07",
} as const;
export type Reason = keyof typeof reasons;

/** 続柄 of the feed: steps of two digits, such as `2012` wife of a child. */
export const relations = {
  "02": "世帯主",
  "11": "夫",
  "12": "妻",
  "14": "妻（未届）",
  "20": "子",
  "2012": "子の妻",
  "2020": "子の子",
  "31": "父",
  "32": "母",
  "54": "妹",
  "99": "同居人",
} as const;
export type Relation = keyof typeof relations;

/** A resident (or former resident) of the demonstration city. */
export interface Resident {
  /** 住民番号. */
  id: string;
  household: string;
  name: FullName;
  born: IsoDate;
  /** Birth date as the register tells it, where it knows no day; what happened to them goes by `born`. */
  toldBirth?: BirthDate;
  sex: Sex;
  relation: Relation;
  address: Address;
  arrived: IsoDate;
  arrivedBy: "birth" | "moveIn";
  event: { date: IsoDate; reason: Reason };
  movedTo?: string;
  foreign: boolean;
  protection?: { from: IsoDate; to: IsoDate };
  /** 個人番号, synthetic; a child just born has none yet. */
  individualNumber: string;
}

/** Whether the resident lives in the city as far as the register knows. */
export function livesHere({ event }: Resident): boolean {
  return event.reason !== "moveOut" && event.reason !== "death";
}

const compact = (date: IsoDate | undefined) => date?.replaceAll("-", "") ?? "";

/** The columns of the residents file, in order, as `docs/feeds.md` describes them. */
const residentColumns: readonly (readonly [string, (resident: Resident) => string])[] = [
  ["世帯番号", ({ household }) => household],
  ["住民番号", ({ id }) => id],
  ["氏名", ({ name }) => name.kanji],
  ["氏名カナ", ({ name }) => name.kana],
  ["通称", ({ name }) => name.commonName ?? ""],
  ["通称カナ", ({ name }) => name.commonKana ?? ""],
  ["ローマ字氏名", ({ name }) => name.alphabetic ?? ""],
  ["生年月日", ({ born, toldBirth }) => birthDigits(toldBirth ?? born)],
  ["性別", ({ sex }) => (sex === "male" ? "1" : "2")],
  ["続柄コード", ({ relation }) => relation],
  ["続柄", ({ relation }) => relations[relation]],
  ["世帯主", ({ relation }) => (relation === "02" ? "1" : "0")],
  ["郵便番号", ({ address }) => address.postalCode],
  ["町名", ({ address }) => address.town],
  ["番地", ({ address }) => address.block],
  ["方書", ({ address }) => address.building],
  ["町字コード", ({ address }) => address.townCode],
  ["区コード", ({ address }) => address.officeCode],
  ["住民となった日", ({ arrived }) => compact(arrived)],
  ["住民となった事由", ({ arrivedBy }) => reasons[arrivedBy]],
  ["異動日", ({ event }) => compact(event.date)],
  ["異動事由", ({ event }) => reasons[event.reason]],
  ["転出先", ({ movedTo }) => movedTo ?? ""],
  ["国籍区分", ({ foreign }) => (foreign ? "2" : "1")],
  ["支援措置", ({ protection }) => (protection ? "1" : "0")],
  ["支援措置開始日", ({ protection }) => compact(protection?.from)],
  ["支援措置終了日", ({ protection }) => compact(protection?.to)],
  ["個人番号", ({ individualNumber }) => individualNumber],
  // Movements are reported on their day, births some days later: when is left open.
  ["異動届出日", ({ event }) => (event.reason === "birth" ? "" : compact(event.date))],
  ["取消区分", () => "0"],
  [
    "転入前住所",
    (resident) => (resident.arrivedBy === "moveIn" ? addressElsewhere(invent(resident)) : ""),
  ],
  ["電話番号", phone],
  ["外国人住民となった日", ({ foreign, arrived }) => (foreign ? compact(arrived) : "")],
  ["在留資格", (resident) => stay(resident)?.status ?? ""],
  ["在留期間", (resident) => stay(resident)?.period ?? ""],
  ["30条45規定区分", (resident) => stay(resident)?.section ?? ""],
  ["在留カード等番号", (resident) => stay(resident)?.card ?? ""],
];

/** A generator of the resident's own, beside the stream of the city: what follows from it changes nobody else. */
const invent = ({ id }: Resident) => new Random(0x0e1d, Number(id) % 2_147_483_647);

/** Of adults, most have told one; no number begins with two zeros. */
function phone(resident: Resident): string {
  const random = invent(resident);
  return resident.relation === "20" || random.chance(0.4)
    ? ""
    : `00-${String(random.between(0, 9999)).padStart(4, "0")}-${String(random.between(0, 9999)).padStart(4, "0")}`;
}

/** Status and period of residence, 区分 and number of the card of a foreign resident. */
function stay(resident: Resident) {
  if (!resident.foreign) return undefined;
  const random = invent(resident);
  const [status, period, section] = random.pick([
    ["永住者", "無期限", "1"],
    ["特別永住者", "無期限", "2"],
    ["技術・人文知識・国際業務", "3年", "1"],
    ["家族滞在", "1年", "1"],
  ] as const);
  return { status, period, section, card: `ZZ${resident.id.slice(-8).padStart(8, "0")}ZZ` };
}

/** A line of a CSV file (RFC 4180): quotes where they are needed. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\r\n`;
}

/** The first line of the residents file. */
export const residentHeader = csvLine(residentColumns.map(([title]) => title));

/** The line of a resident. */
export function residentLine(resident: Resident): string {
  return csvLine(residentColumns.map(([, value]) => value(resident)));
}
