import type { Lines } from "#src/platform/lines.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { birthsOf, type CohortChoice } from "#workflows/vaccination/reports/cohort.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** Of which dose, whom and when a coverage rate is. */
export interface CoverageAsked {
  vaccine: VaccineId;
  dose: number;
  choice: CohortChoice;
  /** The day on which people live here and by which they were vaccinated. */
  on: IsoDate;
}

/** 対象者 and those of them who have the dose: in all, by office, by month (or 年度) of birth, by the month of the shot. */
export interface CoverageFigures {
  dimension: "all" | "office" | "cohort" | "month";
  value: string | null;
  people: number;
  done: number;
}

const asked = ({ vaccine, dose, choice, on }: CoverageAsked) => ({
  vaccine,
  dose,
  ...birthsOf(choice, on),
  on,
  sex: getVaccine(vaccine).sex ?? null,
});

/**
 * Coverage of a dose; rounded for whoever could not see the people, and then of whole months, of a 年度 or of an age alone.
 *
 * @throws 42501 without `statistics.read`; EntryProblem of the days where rounding would not hide one person
 */
export async function readCoverage(
  { sql }: Work,
  of: CoverageAsked,
): Promise<readonly CoverageFigures[]> {
  const { vaccine, dose, from, to, on, sex } = asked(of);
  try {
    return await sql<CoverageFigures[]>`
      select dimension, value, people, done from vaccination_reports.coverage(${vaccine}, ${dose}, ${from}, ${to}, ${on}, ${sex}) order by dimension, value`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD020")
      throw new EntryProblem(
        of.choice.kind === "born" ? "born-from" : "on",
        "概数で見る場合は、生年月日は月の初日から末日まで、基準日は今日か月の末日にしてください。",
      );
    throw error;
  }
}

/** Whom of a cohort a list shows. */
export interface CohortPart {
  /** Those who have the dose, those who do not; all where it is left out. */
  done?: boolean | undefined;
  office?: string | undefined;
}

/** People of a cohort, a page of them; each page is recorded. @throws 42501 without `statistics.read` and `person.read` */
export async function readCohortPeople(
  { sql }: Work,
  of: CoverageAsked,
  { done, office }: CohortPart,
  lines: Lines,
): Promise<{ total: number; rows: CohortRow[] }> {
  const { vaccine, dose, from, to, on, sex } = asked(of);
  const rows = await sql<(CohortRow & { total: number })[]>`
    select total, person_number as "personNumber", office_code as "officeCode", done_on::text as "doneOn"
      from vaccination_reports.people(${vaccine}, ${dose}, ${from}, ${to}, ${on}, ${sex}, ${done ?? null}, ${office ?? null}, ${lines.from}, ${lines.size})`;
  return { total: rows[0]?.total ?? 0, rows };
}

/** Somebody of a cohort, and since when they have the dose. */
export interface CohortRow {
  personNumber: string;
  officeCode: string;
  doneOn: IsoDate | null;
}
