import { showDate } from "#src/web/dates.ts";
import type { SealedRelief } from "../../relief/entry.ts";

/** What was entered of a claim beside its codes and days, in words; nothing of what was entered in another kind of case. */
export function reliefEntryWords(data: object): readonly (readonly [string, string])[] {
  if (!("symptoms" in data)) return [];
  const said = data as SealedRelief;
  const lines: [string, string | undefined][] = [
    ["症状と経過", said.symptoms],
    ["発症日", said.onsetOn && showDate(said.onsetOn)],
    ["受診した医療機関", said.institutions],
    ["接種した医療機関", said.clinic],
    ["ロット番号", said.lot],
    ["電話番号", said.telephone],
    ["備考", said.remark],
  ];
  return lines.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}
