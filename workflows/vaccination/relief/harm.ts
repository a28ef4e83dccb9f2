/** As what a shot was given: it decides which scheme relieves a damage to health (健康被害). */
export const harmClasses = {
  A: "A類疾病の定期接種",
  B: "B類疾病の定期接種",
  temporary: "臨時接種",
  city: "行政措置予防接種（市の制度）",
} as const;
export type HarmClass = keyof typeof harmClasses;

/** Whether the Minister is asked: the city's own scheme (行政措置) goes without the state. */
export const goesToTheState = (of: HarmClass): boolean => of !== "city";

/** Of what the Minister recognises (認定), and of what is denied or kept back. */
export const answerOutcomes = {
  recognised: "認定",
  denied: "否認",
  deferred: "保留",
} as const;
export type AnswerOutcome = keyof typeof answerOutcomes;

/** What the committee advises on the causal relation; it decides nothing. */
export const committeeOpinions = {
  related: "因果関係を否定できない",
  unrelated: "因果関係が認められない",
  undetermined: "判断できない（資料が足りない）",
} as const;
export type CommitteeOpinion = keyof typeof committeeOpinions;
