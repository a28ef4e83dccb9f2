import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { coupon, couponEvent } from "#db/schema/vaccination.ts";
import { recordAudit } from "#src/platform/audit/write.ts";
import type { PaperVersion } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

export type Coupon = typeof coupon.$inferSelect;

/** Why a coupon is printed again (再印刷) with the same number. */
export const reprintReasons = {
  spoilt: "汚損・印字不良",
  lost: "紛失",
  undelivered: "未着・返戻",
  "name-changed": "氏名・住所の変更",
} as const;
export type ReprintReason = keyof typeof reprintReasons;

/** Why a coupon is cancelled, so that another may be issued for the dose. */
export const cancelReasons = {
  "wrong-issue": "誤発行",
  "run-cancelled": "一括発送の取消・取下げ",
  withdrawn: "辞退・接種不適",
  replaced: "差替え",
} as const;
export type CancelReason = keyof typeof cancelReasons;

/** 券番号 in the order of issue: nine digits and a check digit (M10W21). */
export async function takeCouponNumbers(work: Work, count: number): Promise<string[]> {
  if (count === 0) return [];
  const [row] = await work.sql<{ first: number }[]>`
    select vaccination.take_numbers(${count}) as first`;
  if (!row) throw new Error("no numbers");
  return Array.from({ length: count }, (_, index) =>
    withCheckDigit(String(row.first + index).padStart(9, "0")),
  );
}

/**
 * The 券番号 in what stands on a coupon: its ten digits, or the 18 of its codes (券種, 回数, 市町村コード, 券番号), with or
 * without the letters by which NW-7 begins and ends; `undefined` where the check digit does not fit.
 */
export function readCouponNumber(code: string): string | undefined {
  const digits = code
    .normalize("NFKC")
    .replace(/^[A-D]|[A-D]$/gi, "")
    .replace(/[\s-]/g, "");
  const [, number = ""] = /^(?:\d{8})?(\d{10})$/.exec(digits) ?? [];
  return number && withCheckDigit(number.slice(0, 9)) === number ? number : undefined;
}

export interface NewCoupon {
  number: string;
  personNumber: string;
  vaccine: string;
  dose: number;
  /** Of a vaccine that is given again: which season, which pregnancy. */
  occasion?: string;
  label: string;
  usableFrom: IsoDate;
  usableTo: IsoDate;
  issuedOn: IsoDate;
  paper: PaperVersion;
}

/**
 * Enters coupons in the issue history. Fails as a whole where one that counts is there already for a
 * person, vaccine and dose.
 */
export async function issueCoupons(
  work: Work,
  coupons: readonly NewCoupon[],
  runId: string | null,
): Promise<void> {
  if (coupons.length === 0) return;
  await work.sql`
    insert into vaccination.coupon
      (number, person_number, vaccine, dose, occasion, label, usable_from, usable_to, issued_on, template_version, form_setting_id, run_id)
    select n, p, v, d, o, l, f, t, i, te, se, ${runId}::uuid
      from unnest(${coupons.map((c) => c.number)}::text[], ${coupons.map((c) => c.personNumber)}::text[],
        ${coupons.map((c) => c.vaccine)}::text[], ${coupons.map((c) => c.dose)}::integer[],
        ${coupons.map(({ occasion = "" }) => occasion)}::text[],
        ${coupons.map((c) => c.label)}::text[],
        ${coupons.map((c) => c.usableFrom)}::date[], ${coupons.map((c) => c.usableTo)}::date[],
        ${coupons.map((c) => c.issuedOn)}::date[], ${coupons.map(({ paper }) => paper.template)}::text[],
        ${coupons.map(({ paper }) => paper.setting)}::integer[]) x(n, p, v, d, o, l, f, t, i, te, se)`;
  const numbers = coupons.map(({ number }) => number);
  await addEvents(work, numbers, { event: "issued", reason: null, runId });
}

async function addEvents(
  work: Work,
  numbers: readonly string[],
  { event, reason, runId }: { event: string; reason: string | null; runId: string | null },
): Promise<void> {
  const { sql } = work;
  const sequence =
    event === "issued"
      ? sql`1`
      : sql`(select count(*) + 1 from vaccination.coupon_event e where e.number = n)`;
  await sql`
    insert into vaccination.coupon_event (number, sequence, event, reason, staff_id, "on", run_id)
    select n, ${sequence},
           ${event}, ${reason}, access.staff_id(), access.business_date(), ${runId}::uuid
      from unnest(${numbers}::text[]) n`;
}

/** Coupons that count, by person: `mr1:1` and the like. */
export async function sentSubjects(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await work.sql<{ person: string; subjects: string[] }[]>`
    select x.asked as person, array_agg(vaccine || ':' || dose) as subjects
      from (select n as asked, n as number from unnest(${personNumbers}::text[]) n
            union select asked, other from people.numbers_for(${personNumbers}::text[])) x
      join vaccination.coupon c on c.person_number = x.number
     where c.state = 'issued'
     group by x.asked`;
  return new Map(rows.map(({ person, subjects }) => [person, new Set(subjects)]));
}

/** Coupons of a person, newest first. */
export const couponsOf = (work: Work, personNumber: string): Promise<Coupon[]> =>
  work.tx
    .select()
    .from(coupon)
    .where(eq(coupon.personNumber, personNumber))
    .orderBy(desc(coupon.issuedOn), asc(coupon.number));

/** Coupons by number. */
export async function couponsByNumber(
  work: Work,
  numbers: readonly string[],
): Promise<Map<string, Coupon>> {
  const rows = await work.tx
    .select()
    .from(coupon)
    .where(inArray(coupon.number, [...numbers]));
  return new Map(rows.map((row) => [row.number, row]));
}

/** A coupon with its history. @throws Problem 404 */
export async function getCoupon(work: Work, number: string) {
  const [found] = await work.tx.select().from(coupon).where(eq(coupon.number, number));
  if (!found) throw notFound("この券番号の接種券はありません。");
  const { event, reason, at } = couponEvent;
  const events = await work.tx
    .select({ event, reason, at, staffName: staff.displayName })
    .from(couponEvent)
    .innerJoin(staff, eq(staff.id, couponEvent.staffId))
    .where(eq(couponEvent.number, number))
    .orderBy(asc(couponEvent.sequence));
  return { coupon: found, events };
}

/** Counts that a coupon is printed once more, for a reason; the number stays. @throws Problem 404, 422 when it is cancelled */
export async function countReprint(
  work: Work,
  numbers: readonly string[],
  { reason, runId }: { reason: ReprintReason; runId: string | null },
): Promise<void> {
  const counted = await work.tx
    .update(coupon)
    .set({ printCount: sql`${coupon.printCount} + 1` })
    .where(and(inArray(coupon.number, [...numbers]), eq(coupon.state, "issued")))
    .returning({ number: coupon.number, person: coupon.personNumber });
  if (counted.length < numbers.length)
    throw new Problem({ status: 422, message: "取り消された接種券は印刷できません。" });
  await addEvents(work, numbers, { event: "reprinted", reason, runId });
  await recordAudit(work, {
    kind: "print",
    action: "coupon.reprinted",
    persons: counted.map(({ person }) => person),
    detail: { reason, pieces: counted.length },
  });
}

/** Cancels a coupon: the dose may then get another one. @throws Problem 404, 422 */
export async function cancelCoupon(
  work: Work,
  number: string,
  reason: CancelReason,
): Promise<void> {
  const { coupon: found } = await getCoupon(work, number);
  if (found.state === "cancelled")
    throw new Problem({ status: 422, message: "すでに取り消されています。" });
  await work.tx.update(coupon).set({ state: "cancelled" }).where(eq(coupon.number, number));
  await addEvents(work, [number], { event: "cancelled", reason, runId: null });
  await recordAudit(work, {
    kind: "change",
    action: "coupon.cancelled",
    persons: [found.personNumber],
    detail: { number, reason },
  });
}

/** A run that was to print coupons once more was cancelled or withdrawn: what was counted stays counted, and its end with it. */
export async function withdrawReprints(work: Work, runId: string): Promise<void> {
  const printed = await work.tx
    .select({ number: couponEvent.number })
    .from(couponEvent)
    .where(and(eq(couponEvent.runId, runId), eq(couponEvent.event, "reprinted")));
  await addEvents(
    work,
    printed.map(({ number }) => number),
    { event: "reprint-withdrawn", reason: "run-cancelled", runId },
  );
}

/** A run was cancelled or withdrawn before it was handed over: its coupons never reached anybody. */
export async function withdrawRun(work: Work, runId: string): Promise<void> {
  const withdrawn = await work.tx
    .update(coupon)
    .set({ state: "cancelled" })
    .where(and(eq(coupon.runId, runId), eq(coupon.state, "issued")))
    .returning({ number: coupon.number });
  await addEvents(
    work,
    withdrawn.map(({ number }) => number),
    { event: "cancelled", reason: "run-cancelled", runId },
  );
}
