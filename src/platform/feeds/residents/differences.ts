import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  detailLines,
  type Person,
  type PersonRecord,
  relationshipTitle,
} from "../../people/index.ts";
import type { Difference } from "../kind.ts";

const masked = "非表示（支援措置）";
const sexTitles = { female: "女", male: "男", unknown: "不明" } as const;
const leaving = { "move-out": "転出", death: "死亡", other: "消除" } as const;

/**
 * What a row would change of a person, item by item. Of somebody under 支援措置, before or after, the
 * address is masked for those who may not see it.
 */
export function residentDifferences(
  record: PersonRecord,
  known: Person,
  maySeeProtected: boolean,
): Difference[] {
  const rows: [string, string | undefined, string | undefined][] = [
    ["氏名", known.name?.kanji, record.name.kanji],
    ["カナ", known.name?.kana, record.name.kana],
    ["通称", known.name?.commonName, record.name.commonName],
    ["ローマ字氏名", known.name?.alphabetic, record.name.alphabetic],
    ["生年月日", formatWarekiShort(known.birthDate), formatWarekiShort(record.birthDate)],
    ["性別", sexTitles[known.sex], sexTitles[record.sex]],
    ["世帯番号", known.householdNumber, record.householdNumber],
    ["続柄", relationshipTitle(known.relationship), relationshipTitle(record.relationship)],
    ["転出・死亡", departure(known.residence), departure(record.residence)],
    [
      "支援措置",
      known.isProtected ? "あり" : "なし",
      record.protection ? protectionText(record) : "なし",
    ],
  ];
  const differences = rows
    .filter(([, before, after]) => (before ?? "") !== (after ?? ""))
    .map(([title, before, after]) => ({ title, before: before ?? "なし", after: after ?? "なし" }));
  const hidden = known.addressMasked || (record.protection !== undefined && !maySeeProtected);
  const withheld = [
    { title: "住所", before: lineOf(known.address), after: lineOf(record.address) },
    { title: "届出・電話番号・在留など", before: detailsText(known), after: detailsText(record) },
  ].filter(({ before, after }) => before !== after);
  return [
    ...differences,
    ...withheld.map((row) => (hidden ? { ...row, before: masked, after: masked } : row)),
  ];
}

const lineOf = (address: Person["address"]): string =>
  [`${address?.town ?? ""}${address?.block ?? ""}`, address?.building].filter(Boolean).join(" ");

const detailsText = ({ details }: Pick<Person, "details">): string =>
  detailLines(details)
    .filter(([title]) => title !== "最新異動")
    .map(([title, value]) => `${title} ${value}`)
    .join("、") || "なし";

const departure = ({ to, toReason }: PersonRecord["residence"]): string | undefined =>
  to && `${leaving[toReason ?? "other"]} ${formatWarekiShort(to)}`;

const protectionText = ({ protection }: PersonRecord): string =>
  protection
    ? `${formatWarekiShort(protection.from)}から${protection.to ? formatWarekiShort(protection.to) : ""}`
    : "なし";
