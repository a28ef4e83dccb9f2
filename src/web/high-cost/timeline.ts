import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { showMonth } from "../receipts/words.ts";
import { eventTitles } from "./entry-page.tsx";
import type { HighCosts } from "./set.ts";

interface Detail {
  id: string;
  month: string;
  event: string;
  amount: number | null;
}
interface MandateDetail {
  what: "asked" | "received" | "ended";
  insurer: string;
}

const mandateWords = {
  asked: "委任状を依頼した",
  received: "委任状を受け取った",
  ended: "委任状の撤回か、依頼の取消し",
} as const;

/** What 高額療養費 knows of the past of a person: what was found, claimed, paid, and the 委任状. */
export const timelineOfHighCost = ({ program, title, paths }: HighCosts) => [
  {
    kind: timelineKinds.payment,
    rows: ({ sql }, personNumber) => sql`
      select v."on", v.at, v.staff_id, jsonb_build_object('id', e.id, 'month', e.treatment_month, 'event', v.event, 'amount', v.amount)
        from high_cost.entry_event v join high_cost.entry e on e.id = v.entry_id
       where e.persons @> array[${personNumber}]::text[] and e.program = ${program}
         and v.event not in ('query', 'wantMandate', 'awaitMandate', 'ready', 'release', 'change')`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${title}の高額療養費 ${showMonth(one.month)}診療分（${eventTitles[one.event] ?? one.event}）`,
        note: one.amount === null ? undefined : yen(one.amount),
        path: paths.entry(one.id),
      })),
  } satisfies TimelineSource<Detail>,
  {
    kind: timelineKinds.payment,
    rows: ({ sql }, personNumber) => sql`
      select x."on", null::timestamptz, x.by, jsonb_build_object('what', x.what, 'insurer', m.insurer_number)
        from high_cost.mandate m
        cross join lateral (values (m.asked_on, m.asked_by, 'asked'), (m.received_on, m.received_by, 'received'), (m.ended_on, m.ended_by, 'ended')) x("on", by, what)
       where m.person_number = ${personNumber} and m.program = ${program} and x."on" is not null`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${title}の高額療養費の${mandateWords[one.what]}`,
        note: `保険者 ${one.insurer}`,
      })),
  } satisfies TimelineSource<MandateDetail>,
];
