import type { Work } from "#src/platform/work.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tier } from "#workflows/intractable-disease/caps.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";

interface Held {
  records: {
    number: string;
    disease: number;
    doctor: string;
    writtenOn: IsoDate;
    severeOn: IsoDate | null;
  }[];
  terms: { from: IsoDate; tier: Tier; cap: number; payerNumber: string; diseases: number[] }[];
}

/** 個人票 and the terms of 支給認定 of the person of a request about their own data. */
export async function heldOfPatient(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held }[]>`
    select intractable_disease.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { records, terms } = row.held;
  return [
    ...records.map(
      ({ number, disease, doctor, writtenOn, severeOn }) =>
        `申請 ${number}　臨床調査個人票　${diseaseTitle(disease, writtenOn)}　指定医 ${doctor}　記載 ${showDate(writtenOn)}${severeOn ? `　診断 ${showDate(severeOn)}` : ""}`,
    ),
    ...terms.map(
      ({ from, tier, cap, payerNumber, diseases }) =>
        `${showDate(from)}から　${tier}　自己負担上限月額 ${yen(cap)}　公費負担者番号 ${payerNumber}　${diseases.map((number) => diseaseTitle(number, from)).join("、")}`,
    ),
  ];
}
