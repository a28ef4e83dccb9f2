import type { AnswerState } from "#workflows/renewals/answer.ts";
import type { Work } from "../work.ts";

/** How a season stands: answers by state and office, what was found, letters, and what happened by day; of the offices that may be seen. */
export interface Progress {
  states: { office: string; state: AnswerState; answers: number }[];
  findings: { finding: string; answers: number }[];
  letters: { kind: "form" | "reminder" | "warning" | "notice"; letters: number; lastOn: string }[];
  days: { on: string; received: number; decided: number }[];
}

/** Counted by the database. */
export async function progressOf(work: Work, seasonId: string): Promise<Progress> {
  const { sql } = work;
  const states = await sql<Progress["states"]>`
    select office_code as office, state, count(*)::integer as answers from renewals.answer where season_id = ${seasonId} group by 1, 2 order by 1, 2`;
  const findings = await sql<Progress["findings"]>`
    select f as finding, count(*)::integer as answers from renewals.answer a cross join lateral unnest(a.findings) f
     where a.season_id = ${seasonId} and a.state = 'exception' group by 1 order by 2 desc, 1`;
  const letters = await sql<Progress["letters"]>`
    select l.kind, count(*)::integer as letters, max(l.made_on)::text as "lastOn" from renewals.letter l join renewals.answer a on a.id = l.answer_id
     where a.season_id = ${seasonId} and l.withdrawn_on is null group by 1`;
  const days = await sql<Progress["days"]>`
    select e."on"::text as on, count(*) filter (where e.event = 'receive')::integer as received, count(*) filter (where e.event like 'approve-%')::integer as decided
      from renewals.answer_event e join renewals.answer a on a.id = e.answer_id
     where a.season_id = ${seasonId} and (e.event = 'receive' or e.event like 'approve-%') group by 1 order by 1`;
  return { states: [...states], findings: [...findings], letters: [...letters], days: [...days] };
}
