import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import { vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { couponEventTitles, couponReasonTitle } from "./coupon-words.ts";
import { paths } from "./paths.ts";

interface ShotDetail {
  vaccine: VaccineId;
  dose: number;
  product: string | null;
  lot: string | null;
}

interface CouponDetail {
  number: string;
  vaccine: VaccineId;
  label: string;
  event: keyof typeof couponEventTitles;
  reason: string | null;
  byRun: boolean;
}

/** 接種記録. */
const shots: TimelineSource<ShotDetail> = {
  kind: { id: "shot", title: "接種" },
  rows: ({ sql }, personNumber) => sql`
    select s.given_on, null::timestamptz, null::integer,
           jsonb_build_object('vaccine', s.vaccine, 'dose', s.dose, 'product', s.product, 'lot', s.lot)
      from vaccination.shot s where s.person_number = ${personNumber}`,
  tell: (_, details) =>
    details.map(({ vaccine, dose, product, lot }) => ({
      what: `${vaccineLabel(vaccine)} ${dose}回目を接種`,
      note: [product, lot && `ロット ${lot}`].filter(Boolean).join("　") || undefined,
    })),
};

/** 発行履歴 of the coupons. */
const coupons: TimelineSource<CouponDetail> = {
  kind: timelineKinds.paper,
  rows: ({ sql }, personNumber) => sql`
    select e."on", e.at, e.staff_id, jsonb_build_object('number', c.number, 'vaccine', c.vaccine, 'label', c.label, 'event', e.event,
           'reason', e.reason, 'byRun', e.run_id is not null, 'sequence', e.sequence)
      from vaccination.coupon c join vaccination.coupon_event e on e.number = c.number
     where c.person_number = ${personNumber}`,
  tell: (_, details) =>
    details.map(({ number, vaccine, label, event, reason, byRun }) => ({
      what: `接種券 ${number} ${couponEventTitles[event]}`,
      note: [`${vaccineLabel(vaccine)} ${label}`, couponReasonTitle(reason), byRun && "一括発送"]
        .filter(Boolean)
        .join("　"),
      path: paths.coupon(number),
    })),
};

/** What 予防接種 knows of the past of a person beside its mailings. */
export const vaccinationTimeline = [shots, coupons] as const;
