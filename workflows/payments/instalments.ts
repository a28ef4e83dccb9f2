import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";

/** One part of what is paid back in parts. */
export interface Instalment {
  readonly number: number;
  readonly dueOn: IsoDate;
  /** Whole yen. */
  readonly amount: number;
}

/**
 * Parts that add up to an amount exactly: equal ones, in yen, and what is left over with the first (地方自治法施行令第169条の2 leaves the
 * amounts to the city; it is a proposal that may be typed over). Due on the first day given and the same day of the months after.
 *
 * @param count from 1 to the amount
 */
export function equalInstalments(amount: number, count: number, firstDueOn: IsoDate): Instalment[] {
  const part = Math.floor(amount / count);
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    dueOn: addMonths(firstDueOn, at),
    amount: at === 0 ? amount - part * (count - 1) : part,
  }));
}

/** Why a plan does not pay back an amount; `undefined` where it does. */
export function planFault(
  outstanding: number,
  plan: readonly Pick<Instalment, "dueOn" | "amount">[],
  today: IsoDate,
): string | undefined {
  if (plan.length === 0) return "分納の回を入力してください。";
  if (plan.some(({ amount }) => !Number.isSafeInteger(amount) || amount < 1))
    return "各回の額は、1円以上の整数で入力してください。";
  const sum = plan.reduce((total, { amount }) => total + amount, 0);
  if (sum !== outstanding)
    return `各回の合計が${sum.toLocaleString("ja-JP")}円です。未納額の${outstanding.toLocaleString("ja-JP")}円に合わせてください。`;
  if (plan.some(({ dueOn }, at) => at > 0 && dueOn <= (plan[at - 1]?.dueOn ?? "")))
    return "納期限は、回の順に後の日にしてください。";
  return plan[0] && plan[0].dueOn < today ? "納期限は今日以降にしてください。" : undefined;
}

/** Which parts are unpaid after so much of the plan came in: what is received counts towards the earliest. */
export function unpaidOf(plan: readonly Instalment[], received: number): Instalment[] {
  let left = received;
  return plan.flatMap((one) => {
    const covered = Math.min(left, one.amount);
    left -= covered;
    return covered === one.amount ? [] : [{ ...one, amount: one.amount - covered }];
  });
}
