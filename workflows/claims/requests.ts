/** What a claimant is asked to hand in or to mend (補正); printed on the letter. */
export const supplementItems = {
  receipt: "領収書の原本",
  certificate: "医療機関の領収証明書",
  "insurer-decision": "保険者の支給決定通知書の写し",
  doctor: "医師の証明書（治療用装具の意見書など）の写し",
  form: "支給申請書の記入",
  account: "振込先の口座が分かるものの写し",
  insurance: "健康保険の資格が分かるものの写し",
} as const;
export type SupplementItem = keyof typeof supplementItems;

/** Whom an inquiry (照会) goes to beside the claimant. */
export const askedTitles = { institution: "医療機関", insurer: "保険者" } as const;
export type Asked = keyof typeof askedTitles;

/** What is asked; each is a column of the answer on the letter. */
export const inquiryItems = {
  visit: "受診した日",
  points: "保険診療の点数",
  paid: "領収した額",
  category: "適用区分",
  "high-cost": "高額療養費の額",
  additional: "附加給付の額",
  reimbursed: "療養費の額",
} as const;
export type InquiryItem = keyof typeof inquiryItems;

/** What an institution can answer, and what an insurer can. */
export const inquiryItemsOf: Readonly<Record<Asked, readonly InquiryItem[]>> = {
  institution: ["visit", "points", "paid"],
  insurer: ["category", "high-cost", "additional", "reimbursed"],
};
