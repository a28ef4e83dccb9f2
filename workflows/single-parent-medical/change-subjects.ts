/** What becomes of the entitlements: their data change, they end, one is added, what they cover changes, or their days. */
export type ChangeOutcome = "particulars" | "loss" | "addition" | "benefit" | "days";

/** What a report is about. `decision`: whether somebody decides on it; `city` leaves it to the city's setting. */
interface ChangeSubject {
  readonly title: string;
  readonly outcome: ChangeOutcome;
  readonly decision: "never" | "always" | "city";
}

/** 変更届・喪失届 by what they are about; each has 異動日, 届出日 and, where it is a loss, a reason. */
export const changeSubjects = {
  address: { title: "住所の変更", outcome: "particulars", decision: "never" },
  name: { title: "氏名の変更", outcome: "particulars", decision: "never" },
  insurance: { title: "健康保険の変更", outcome: "particulars", decision: "never" },
  account: { title: "振込先口座の変更", outcome: "particulars", decision: "never" },
  mailing: { title: "送付先の変更", outcome: "particulars", decision: "never" },
  "household-loss": { title: "世帯の喪失", outcome: "loss", decision: "always" },
  "child-loss": { title: "児童の喪失", outcome: "loss", decision: "always" },
  "child-addition": { title: "児童の追加", outcome: "addition", decision: "always" },
  suspension: { title: "世帯の資格の停止", outcome: "days", decision: "always" },
  "person-suspension": { title: "一人の資格の停止", outcome: "days", decision: "always" },
  resumption: { title: "世帯の資格の再開", outcome: "days", decision: "always" },
  "person-resumption": { title: "一人の資格の再開", outcome: "days", decision: "always" },
  correction: { title: "資格の期間の訂正", outcome: "days", decision: "always" },
  "benefit-class": { title: "給付区分の変更", outcome: "benefit", decision: "city" },
  "severe-disability": {
    title: "児童重度障害医療の該当・非該当",
    outcome: "benefit",
    decision: "city",
  },
  "remote-certificate": { title: "遠隔地証の該当・非該当", outcome: "benefit", decision: "city" },
  category: { title: "制度該当区分の変更", outcome: "benefit", decision: "city" },
  office: { title: "区間異動（所管区の変更）", outcome: "benefit", decision: "never" },
  household: { title: "世帯の異動（配偶者・扶養義務者）", outcome: "benefit", decision: "never" },
  income: { title: "所得更正", outcome: "benefit", decision: "city" },
  pension: { title: "年金受給の変更", outcome: "benefit", decision: "never" },
  allowance: { title: "児童扶養手当証書の変更", outcome: "benefit", decision: "never" },
  disaster: { title: "被災者の該当・非該当", outcome: "benefit", decision: "never" },
  unregistered: { title: "住登外の該当・非該当", outcome: "benefit", decision: "never" },
} as const satisfies Record<string, ChangeSubject>;

export type ChangeSubjectCode = keyof typeof changeSubjects;

/** Whether a report has to be decided; `cityDecides` holds the subjects for which the city has set so. */
export function needsDecision(
  code: ChangeSubjectCode,
  cityDecides: ReadonlySet<ChangeSubjectCode>,
): boolean {
  const { decision } = changeSubjects[code];
  return decision === "always" || (decision === "city" && cityDecides.has(code));
}
