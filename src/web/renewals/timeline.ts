import { outcomeTitles } from "#src/platform/renewals/index.ts";
import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { type AnswerEventType, answerV1 } from "#workflows/renewals/answer.ts";
import type { Renewals } from "./set.ts";

interface Detail {
  id: string;
  year: number;
  event: string;
  outcome: keyof typeof outcomeTitles | null;
}

/** What the renewals of a 事務 know of the past of a person: received, judged, decided. */
export const timelineOfRenewals = ({
  program,
  title,
  kind,
  paths,
}: Renewals): TimelineSource<Detail> => ({
  kind: timelineKinds.case,
  rows: ({ sql }, personNumber) => sql`
    select e."on", e.at, e.staff_id, jsonb_build_object('id', a.id, 'year', n.year, 'event', e.event,
             'outcome', case when e.event like 'approve-%' then a.outcome end)
      from renewals.answer_event e join renewals.answer a on a.id = e.answer_id join renewals.season n on n.id = a.season_id
     where a.person_number = ${personNumber} and a.program = ${program}`,
  tell: (_, details) =>
    details.map((one) => ({
      what: `${title}の${formatFiscalYear(one.year)} ${kind.title}（${answerV1.events[one.event as AnswerEventType]?.title ?? one.event}）`,
      note: one.outcome ? outcomeTitles[one.outcome] : undefined,
      path: paths.answer(one.id),
    })),
});
