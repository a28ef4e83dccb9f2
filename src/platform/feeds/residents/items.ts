import {
  birthItem,
  codeItem,
  dateItem,
  type FeedItem,
  individualNumberItem,
  textItem,
} from "../items.ts";

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
  householdNumber: textItem("世帯番号", true),
  sourceId: textItem("住民番号", true),
  kanji: textItem("氏名", true),
  kana: textItem("氏名カナ", true),
  commonName: textItem("通称"),
  commonKana: textItem("通称カナ"),
  alphabetic: textItem("ローマ字氏名"),
  birthDate: birthItem("生年月日"),
  sex: codeItem("性別", ["male", "female", "unknown"]),
  relationship: textItem("続柄コード", true),
  relationshipTitle: textItem("続柄"),
  isHead: codeItem("世帯主", ["yes", "no"]),
  postalCode: textItem("郵便番号", true),
  town: textItem("町名", true),
  block: textItem("番地", true),
  building: textItem("方書"),
  townCode: textItem("町字コード", true),
  officeCode: textItem("区コード", true),
  residentFrom: dateItem("住民となった日", true),
  fromReason: codeItem("住民となった事由", ["birth", "move-in", "other"]),
  eventDate: dateItem("異動日", true),
  eventReason: codeItem("異動事由", eventReasons),
  movedTo: textItem("転出先", true),
  nationality: codeItem("国籍区分", ["jp", "foreign"]),
  protected: codeItem("支援措置", ["yes", "no"]),
  protectedFrom: dateItem("支援措置開始日", true),
  protectedTo: dateItem("支援措置終了日", true),
  individualNumber: individualNumberItem("個人番号"),
} as const satisfies Record<string, FeedItem>;

export type ResidentItem = keyof typeof residentItems;
