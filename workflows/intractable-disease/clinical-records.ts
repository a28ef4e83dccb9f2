import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { diseaseOn } from "./diseases.ts";

/** What of 臨床調査個人票 its date and its disease are judged by. */
export interface JudgedRecord {
  readonly disease: number;
  readonly writtenOn: IsoDate;
  readonly denied: boolean;
}

/** The first day on which a record may be written for an application of a day. */
export const oldestRecord = (appliedOn: IsoDate, months: number): IsoDate =>
  addMonths(appliedOn, -months);

/** What does not hold up of the records of an application, a sentence each; the place of the record where it is of one. */
export function recordFaults(
  records: readonly JudgedRecord[],
  { appliedOn, months }: { readonly appliedOn: IsoDate; readonly months: number },
): readonly { readonly at?: number; readonly reason: string }[] {
  const oldest = oldestRecord(appliedOn, months);
  const faults: { at?: number; reason: string }[] = [];
  for (const [at, { disease, writtenOn }] of records.entries()) {
    if (!diseaseOn(disease, appliedOn))
      faults.push({ at, reason: `告示番号${disease}の指定難病はありません。` });
    if (writtenOn < oldest)
      faults.push({
        at,
        reason: `個人票の記載日（${formatWareki(writtenOn)}）が、申請日の${months}か月前（${formatWareki(oldest)}）より前です。`,
      });
    if (writtenOn > appliedOn) faults.push({ at, reason: "個人票の記載日が、申請日より後です。" });
  }
  if (records.length > 0 && records.every(({ denied }) => denied))
    faults.push({ reason: "認定する疾病がありません。" });
  return faults;
}
