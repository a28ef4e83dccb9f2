import { addDays, addMonths, type IsoDate, later, monthStart } from "#workflows/dates/iso-date.ts";

/** What becomes of the entitlement: its data change, its terms, it ends, or its days. */
type ChangeOutcome = "particulars" | "terms" | "loss" | "days";

interface ChangeSubject {
  readonly title: string;
  readonly outcome: ChangeOutcome;
}

/** 変更申請・変更届・喪失 by what they are about. What sets other terms is decided (難病法第10条). */
export const changeSubjects = {
  tier: { title: "階層区分の変更", outcome: "terms" },
  member: { title: "支給認定基準世帯員の変更", outcome: "terms" },
  "long-high-cost": { title: "高額かつ長期の該当・非該当", outcome: "terms" },
  ventilator: { title: "人工呼吸器等装着の該当・非該当", outcome: "terms" },
  disease: { title: "疾病の追加・変更", outcome: "terms" },
  insurance: { title: "健康保険の変更", outcome: "terms" },
  institution: { title: "指定医療機関の変更", outcome: "particulars" },
  name: { title: "氏名の変更", outcome: "particulars" },
  address: { title: "住所・申請者の変更", outcome: "particulars" },
  account: { title: "振込先口座の変更", outcome: "particulars" },
  mailing: { title: "送付先の変更", outcome: "particulars" },
  loss: { title: "資格の喪失", outcome: "loss" },
  correction: { title: "資格の期間の訂正", outcome: "days" },
} as const satisfies Record<string, ChangeSubject>;

export type ChangeSubjectCode = keyof typeof changeSubjects;

/** Subjects that set other terms. */
export type TermsSubject = {
  [Code in ChangeSubjectCode]: (typeof changeSubjects)[Code]["outcome"] extends "terms"
    ? Code
    : never;
}[ChangeSubjectCode];

export interface TermsDay {
  readonly reportedOn: IsoDate;
  /** 異動日. */
  readonly occursOn: IsoDate;
  /** First day of the entitlement. */
  readonly entitledFrom: IsoDate;
}

/**
 * The first day of the terms that a change sets. 階層, 高額かつ長期 and 呼吸器: the first of the month after the application, that
 * very month where it came in on its first day (practice; not in the law's words). 疾病 and 健康保険: the day on which it
 * happened. Never before the entitlement begins.
 */
export function termsFromDay(
  subject: TermsSubject,
  { reportedOn, occursOn, entitledFrom }: TermsDay,
): IsoDate {
  if (subject === "disease" || subject === "insurance") return later(occursOn, entitledFrom);
  const first = addMonths(monthStart(addDays(reportedOn, -1)), 1);
  return later(first, entitledFrom);
}
