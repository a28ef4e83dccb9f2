import type { MistakeCategory } from "../mistakes/categories.ts";

/** What a doubt means for the record. */
export interface DoubtRule {
  /** In words for staff, where no rule of its own says it better. */
  readonly title: string;
  /** Whether it may be recorded all the same, with a reason. */
  readonly acceptable: boolean;
  /** 態様 of the 間違い接種 that it is then; none where it is a question of papers alone. */
  readonly mistake?: MistakeCategory;
}

const blocked = (title: string): DoubtRule => ({ title, acceptable: false });
const accepted = (title: string, mistake?: MistakeCategory): DoubtRule => ({
  title,
  acceptable: true,
  ...(mistake && { mistake }),
});

/**
 * What may be wrong with what a slip tells, by code. Those of `vaccination.check` have its codes. Which 態様 each is follows the
 * words of the yearly report; whoever judges the incident may say another one.
 */
export const doubtRules = {
  "no-person": blocked("だれの記録か分かりません。"),
  "two-people": blocked("同じくらい一致する人が、ほかにもいます。"),
  "person-differs": blocked("番号の人と、予診票の氏名・生年月日・性別が一致しません。"),
  "bad-number": blocked("番号の検査数字が合いません。"),
  "unknown-coupon": blocked("発行していない券番号です。"),
  "unknown-vaccine": blocked("ワクチンの種類が分かりません。"),
  "other-person": blocked("別の人の記録だったため、取り消されました。"),
  "before-birth": blocked("生年月日より前の接種日です。"),
  "after-death": blocked("死亡日より後の接種日です。"),
  future: blocked("今日より後の接種日です。"),
  "moved-out": accepted("接種日に、市の住民ではありません。"),
  "no-birth-day": accepted("生年月日が不詳のため、対象年齢と間隔を判定できません。"),
  "cancelled-coupon": accepted("取り消された接種券です。"),
  "other-coupon": accepted("接種券の予防接種と違います。", 1),
  "earlier-missing": accepted("前の回の接種記録がありません。"),
  "dose-taken": accepted("同じ回が、別の日に記録されています。", 3),
  "same-day": accepted("同じ日に、同じ種類のワクチンの別の回が記録されています。", 3),
  "unknown-lot": accepted("登録されているロット番号にありません。"),
  "expired-lot": accepted("有効期限を過ぎたロットです。", 9),
  "before-target-age": accepted("対象年齢に達していません。", 11),
  "after-target-age": accepted("対象年齢を過ぎています。", 11),
  "interval-too-short": accepted("接種間隔が足りません。", 4),
  "live-interval-too-short": accepted("生ワクチンとの間隔が足りません。", 4),
  "not-in-schedule": accepted("定期接種の対象ではありません。", 11),
  "already-complete": accepted("必要な回数を終えています。", 3),
  "wrong-sex": accepted("定期接種の対象の性別ではありません。", 2),
  "product-mismatch": accepted("はじめに接種した製品と違います。", 1),
} as const satisfies Record<string, DoubtRule>;

export type DoubtCode = keyof typeof doubtRules;

/** A doubt about one slip, in words. */
export interface Doubt {
  readonly code: DoubtCode;
  readonly message: string;
  readonly acceptable: boolean;
}

/** A doubt, with a sentence of its own or the usual one. */
export const doubt = (code: DoubtCode, message: string = doubtRules[code].title): Doubt => ({
  code,
  message,
  acceptable: doubtRules[code].acceptable,
});

/** The sentences of doubts that were kept by their codes; one that is not known any more is named as it is. */
export const doubtWords = (codes: readonly string[]): string[] =>
  codes.map((code) => (isDoubtCode(code) ? doubtRules[code].title : code));

const isDoubtCode = (code: string): code is DoubtCode => Object.hasOwn(doubtRules, code);

/** The gravest first: what is reported at once, then what is another vaccine or person, then the rest. */
const gravest: readonly MistakeCategory[] = [8, 9, 5, 6, 2, 1, 3, 4, 10, 7, 11];

/** The 態様 of doubts that are recorded all the same; nothing where none of them is a 間違い接種. */
export function mistakeOf(doubts: readonly Pick<Doubt, "code">[]): MistakeCategory | undefined {
  const found = new Set(
    doubts.flatMap(({ code }) => {
      const rule: DoubtRule = doubtRules[code];
      return rule.mistake ?? [];
    }),
  );
  return gravest.find((category) => found.has(category));
}
