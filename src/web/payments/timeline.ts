import { failureTitles, repaymentCauseTitles } from "#src/platform/payments/index.ts";
import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import { payableV1 } from "#workflows/payments/payable.ts";
import { repaymentV1 } from "#workflows/payments/repayment.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Payments } from "./set.ts";

interface PaymentDetail {
  id: string;
  serial: number;
  event: string;
  amount: number;
  reason: string | null;
}
interface RepaymentDetail {
  id: string;
  event: string;
  amount: number | null;
  cause: keyof typeof repaymentCauseTitles;
}

const titleOf = (events: Readonly<Record<string, { title: string }>>, event: string) =>
  events[event]?.title ?? { owe: "支払を決定する", propose: "返還を起案する" }[event] ?? event;

/** What the payments of a 事務 know of the past of a person: decided, paid, failed, returned; and what was owed back. */
export const timelineOfPayments = ({ program, title, paths }: Payments) => [
  {
    kind: timelineKinds.payment,
    rows: ({ sql }, personNumber) => sql`
      select e."on", e.at, e.staff_id, jsonb_build_object('id', p.id, 'serial', p.serial, 'event', e.event, 'amount', p.amount, 'reason', e.reason)
        from payments.payable_event e join payments.payable p on p.id = e.payable_id
       where p.person_number = ${personNumber} and p.program = ${program} and e.event not in ('gather', 'release')`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${title}の支払 ${yen(one.amount)}（${titleOf(payableV1.events, one.event)}）`,
        note: one.reason ? failureTitles[one.reason] : undefined,
        path: paths.payable(one.id),
      })),
  } satisfies TimelineSource<PaymentDetail>,
  {
    kind: timelineKinds.payment,
    rows: ({ sql }, personNumber) => sql`
      select e."on", e.at, e.staff_id, jsonb_build_object('id', r.id, 'event', e.event, 'amount', coalesce(e.amount, r.amount), 'cause', r.cause)
        from repayments.repayment_event e join repayments.repayment r on r.id = e.repayment_id
       where r.person_number = ${personNumber} and r.program = ${program}`,
    tell: (_, details) =>
      details.map((one) => ({
        what: `${title}の返還金（${titleOf(repaymentV1.events, one.event)}）`,
        note: `${repaymentCauseTitles[one.cause]}${one.amount === null ? "" : ` ${yen(one.amount)}`}`,
        path: paths.repayment(one.id),
      })),
  } satisfies TimelineSource<RepaymentDetail>,
];
