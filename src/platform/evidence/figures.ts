import type { Sql } from "postgres";
import { fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";

/** How often something was recorded in a fiscal year. */
export interface Figure {
  /** Code of the kind of audit record. */
  action: string;
  /** Records; of looks, one a person. */
  records: number;
  /** Different staff, and different people concerned. */
  staff: number;
  people: number;
}

/** What the log of a 事務 holds of a fiscal year, by kind of record. @param year the year in which it begins */
export async function figuresOf(admin: Sql, program: string, year: number): Promise<Figure[]> {
  return admin<Figure[]>`
    select action, count(*)::int as records, count(distinct staff_id)::int as staff,
           count(distinct person_number)::int as people
      from audit.record
     where program = ${program} and business_date between ${fiscalYearStart(year)} and ${fiscalYearEnd(year)}
     group by action order by action`;
}
