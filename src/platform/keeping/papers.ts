import type { Work } from "../work.ts";

/** Applications on paper past their years: those of a 事務 that ended in one 年度. */
export interface OldPapers {
  program: string;
  fiscalYear: number;
  applications: number;
  /** The first and the last of their numbers. */
  from: string;
  to: string;
}

/** What is to be destroyed by now (廃棄対象), the oldest first. */
export const papersToDestroy = (work: Work): Promise<OldPapers[]> =>
  work.sql<OldPapers[]>`
    select program, fiscal_year as "fiscalYear", applications, first_number as "from", last_number as "to"
      from keeping.papers_to_destroy()`;

/** Papers that were destroyed, with who entered it, the newest first. */
export const destroyedPapers = (work: Work) =>
  work.sql<
    {
      program: string;
      fiscalYear: number;
      applications: number;
      destroyedOn: string;
      enteredBy: string;
    }[]
  >`
    select p.program, p.fiscal_year as "fiscalYear", p.applications, p.destroyed_on::text as "destroyedOn", s.display_name as "enteredBy"
      from keeping.destroyed_papers p join access.staff s on s.id = p.entered_by order by p.destroyed_on desc, p.fiscal_year, p.program`;

/** Enters that the papers of a 年度 were destroyed. */
export async function enterDestroyed(
  work: Work,
  { program, fiscalYear, on }: { program: string; fiscalYear: number; on: string },
): Promise<void> {
  await work.sql`select keeping.enter_destroyed(${program}, ${fiscalYear}, ${on}::date)`;
}
