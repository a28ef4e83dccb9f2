import {
  mailingKind,
  type ReturnOutcome,
  type ReturnReason,
  returnOutcomes,
  returnReasons,
} from "#src/platform/mailings/index.ts";
import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import type { Mailings } from "./set.ts";

interface SentDetail {
  runId: string;
  kind: string;
  subject: string;
  number: string | null;
  how: "handed-over" | "made" | "withdrawn";
}

interface ReturnedDetail {
  kind: string;
  subject: string;
  number: string;
  reason: ReturnReason;
  outcome: ReturnOutcome | null;
}

const sentWords = {
  "handed-over": "を発送",
  made: "の発送データを作成（引渡し前）",
  withdrawn: "の発送を取下げ",
} as const;

const contentOf = ({ kind, subject }: { kind: string; subject: string }) =>
  `${mailingKind(kind).title} ${mailingKind(kind).subjectTitle(subject)}`;

/** What the mailings of a 事務 know of the past of a person: pieces that were sent, and those that came back. */
export const timelineOfMailings = ({ program, paths }: Mailings) => [
  sent(program, paths),
  returned(program),
];

function sent(program: string, paths: Mailings["paths"]): TimelineSource<SentDetail> {
  return {
    kind: timelineKinds.mailing,
    rows: ({ sql }, personNumber) => sql`
      select coalesce(h.handed_on, h.withdrawn_on, r.dated_on, (r.approved_at at time zone 'Asia/Tokyo')::date), null::timestamptz,
             coalesce(h.handed_by, h.withdrawn_by), jsonb_build_object('runId', r.id, 'kind', r.kind, 'subject', i.subject, 'number', i.piece_number,
             'how', case when h.handed_on is not null then 'handed-over' when r.state = 'withdrawn' then 'withdrawn' else 'made' end)
        from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id left join mailings.hand_over h on h.run_id = r.id
       where i.person_number = ${personNumber} and i.state = 'made' and r.program = ${program}`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${contentOf(one)}${sentWords[one.how]}`,
        note: one.number ? `番号 ${one.number}` : undefined,
        path: paths.run(one.runId),
      })),
  };
}

function returned(program: string): TimelineSource<ReturnedDetail> {
  return {
    kind: timelineKinds.mailing,
    rows: ({ sql }, personNumber) => sql`
      select p.entered_on, p.entered_at, p.entered_by, jsonb_build_object('kind', p.kind, 'subject', p.subject, 'number', p.piece_number,
             'reason', p.reason, 'outcome', p.outcome)
        from mailings.returned_piece p
       where p.person_number = ${personNumber} and p.program = ${program} and not p.taken_back`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${contentOf(one)}が返戻（${returnReasons[one.reason]}）`,
        note: [`番号 ${one.number}`, one.outcome && `確認: ${returnOutcomes[one.outcome]}`]
          .filter(Boolean)
          .join("　"),
      })),
  };
}
