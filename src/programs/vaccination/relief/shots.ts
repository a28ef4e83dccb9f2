import { asc, eq } from "drizzle-orm";
import { shot } from "#db/schema/vaccination.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** A shot as the record has it. */
export interface RecordedShot {
  id: string;
  vaccine: VaccineId;
  dose: number;
  on: IsoDate;
}

/** What somebody was given as the record has it, with the ids of its rows. */
export async function shotsWithIds(work: Work, personNumber: string): Promise<RecordedShot[]> {
  const rows = await work.tx
    .select()
    .from(shot)
    .where(eq(shot.personNumber, personNumber))
    .orderBy(asc(shot.givenOn));
  return rows.map(({ id, vaccine, dose, givenOn }) => ({
    id,
    vaccine: vaccine as VaccineId,
    dose,
    on: givenOn as IsoDate,
  }));
}
