/** An amount of whole yen as people read it: 1,234円. */
export const yen = (amount: number): string => `${amount.toLocaleString("ja-JP")}円`;
