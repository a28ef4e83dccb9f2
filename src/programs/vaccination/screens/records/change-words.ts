import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { routeTitles } from "#workflows/vaccination/records/channels.ts";
import { doseTitle } from "./parts.tsx";

/** What happened to a record. */
export const changeTitles = {
  completed: "別の経路で補った",
  corrected: "訂正した",
  cancelled: "取り消した",
  "told-by-feed": "連携ファイルで変わった",
} as const;

/** The columns of a record. */
export const columnTitles: Readonly<Record<string, string>> = {
  vaccine: "予防接種",
  dose: "回数",
  given_on: "接種日",
  product: "製品名",
  lot: "ロット",
  volume: "接種量",
  route: "個別・集団",
  clinic_code: "医療機関コード",
  clinic_name: "医療機関名",
  interview_on: "予診票の日付",
};

/** What stood there before, in words: `接種日 R8.7.10　ロット AB1`. */
export function beforeWords(before: Readonly<Record<string, string | number | null>>): string {
  const words = Object.entries(before).flatMap(([name, value]) => {
    const title = columnTitles[name];
    if (!title) return [];
    return [`${title} ${valueWord(name, value)}`];
  });
  return words.join("　") || "―";
}

/** What a column of a record holds, in a word. */
export function valueWord(name: string, value: string | number | null): string {
  if (value === null || value === "") return "（なし）";
  if (name === "vaccine") return doseTitle(String(value));
  if (name === "route") return value === "group" ? routeTitles.group : routeTitles.individual;
  return name.endsWith("_on") ? showDateShort(String(value) as IsoDate) : String(value);
}
