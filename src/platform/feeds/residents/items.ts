import type { FeedItem } from "../kind.ts";

const text = (title: string, required = false): FeedItem => ({ title, type: "text", required });
const date = (title: string, required = false): FeedItem => ({ title, type: "date", required });
const code = (title: string, values: readonly string[], required = true): FeedItem => ({
  title,
  type: values,
  required,
});

/** 異動事由. */
export const eventReasons = [
  "birth",
  "move-in",
  "move-within",
  "move-out",
  "death",
  "name-change",
  "correction",
  "other",
] as const;

/** What the resident register hands over, and nothing else (ACQ-3). */
export const residentItems = {
  householdNumber: text("世帯番号", true),
  sourceId: text("住民番号", true),
  kanji: text("氏名", true),
  kana: text("氏名カナ", true),
  commonName: text("通称"),
  commonKana: text("通称カナ"),
  alphabetic: text("ローマ字氏名"),
  birthDate: date("生年月日", true),
  sex: code("性別", ["male", "female", "unknown"]),
  relationship: text("続柄コード", true),
  relationshipTitle: text("続柄"),
  isHead: code("世帯主", ["yes", "no"]),
  postalCode: text("郵便番号", true),
  town: text("町名", true),
  block: text("番地", true),
  building: text("方書"),
  townCode: text("町字コード", true),
  officeCode: text("区コード", true),
  residentFrom: date("住民となった日", true),
  fromReason: code("住民となった事由", ["birth", "move-in", "other"]),
  eventDate: date("異動日", true),
  eventReason: code("異動事由", eventReasons),
  movedTo: text("転出先", true),
  nationality: code("国籍区分", ["jp", "foreign"]),
  protected: code("支援措置", ["yes", "no"]),
  protectedFrom: date("支援措置開始日", true),
  protectedTo: date("支援措置終了日", true),
  individualNumber: text("個人番号"),
} as const satisfies Record<string, FeedItem>;

export type ResidentItem = keyof typeof residentItems;
