import { isFullBirth } from "#workflows/dates/birth-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { addressLine, type Person, shownKana, shownName } from "../people/index.ts";

/** What may be listed in a rule and provided; the same words stand in `provision.register_items`. */
export const provisionItems = {
  name: "氏名・カナ",
  "birth-date": "生年月日",
  sex: "性別",
  address: "住所",
  residence: "住民となった日・住民でなくなった日",
} as const;
/** What a file by period may hold of the 資格情報 of a 事務; the same words stand in `provision.entitlement_items`. */
export const entitlementItems = {
  "recipient-number": "受給者番号",
  qualification: "資格区分",
  "entitled-from": "資格の始まる日",
  "entitled-to": "資格の終わる日",
  "entitlement-status": "資格の状態",
} as const;
/** Of one person, by the part that holds them; the same words stand in `provision.record_items`. */
const recordItems = { "vaccination-records": "予防接種の記録" } as const;
export type ProvisionItem = keyof typeof provisionItems;
export type FileItem = ProvisionItem | keyof typeof entitlementItems | keyof typeof recordItems;
export type EntitlementItem = keyof typeof entitlementItems;
/** What may be asked for of one person; the 資格情報 by rows for 情報提供ネットワークシステム alone. */
export type AskedItem = ProvisionItem | EntitlementItem | keyof typeof recordItems;
export const allItems = Object.keys(provisionItems) as ProvisionItem[];
/** Those of the register, then those of the 資格情報, then records. */
export const fileItems = { ...provisionItems, ...entitlementItems, ...recordItems };
export const allFileItems = Object.keys(fileItems) as FileItem[];

/** A line of what is provided: the item in words and its value. */
export interface ProvidedLine {
  title: string;
  value: string;
}

const sexes = { female: "女", male: "男", unknown: "不明" } as const;

/** What is provided of a person, the items in the order of the list and nothing else. Dates as YYYY-MM-DD. */
export function linesOf(person: Person, items: readonly ProvisionItem[]): ProvidedLine[] {
  const { residence } = person;
  const values: Record<ProvisionItem, [string, string][]> = {
    name: [
      ["氏名", shownName(person)],
      ["カナ", shownKana(person)],
    ],
    "birth-date": [
      [
        "生年月日",
        isFullBirth(person.birthDate) ? person.birthDate : formatWareki(person.birthDate),
      ],
    ],
    sex: [["性別", sexes[person.sex]]],
    address: [
      ["郵便番号", person.address?.postalCode ?? ""],
      ["住所", addressLine(person)],
      ["方書", person.address?.building ?? ""],
    ],
    residence: [
      ["住民となった日", residence.from],
      ["住民でなくなった日", residence.to ?? ""],
    ],
  };
  return allItems
    .filter((item) => items.includes(item))
    .flatMap((item) => values[item].map(([title, value]) => ({ title, value })));
}
