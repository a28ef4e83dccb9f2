/** What may be corrected beside the machine, by the type of its event. */
export const correctionTitles = {
  "correct-received": "受付日を訂正する",
  "correct-limit": "補正期限を訂正する",
} as const;
export type CorrectionType = keyof typeof correctionTitles;
