/** The city's account as it stands on a claim. */
export interface ClaimAccount {
  readonly bank: string;
  readonly branch: string;
  readonly type: "ordinary" | "current";
  /** Seven digits. */
  readonly number: string;
  readonly holder: string;
}

/** Where an insurer is written to. */
export interface InsurerAddress {
  /** Six or eight digits with check digit. */
  readonly number: string;
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
  readonly building?: string | undefined;
}

export const bankFault = "口座番号は7桁の数字で入力してください。";

/** An insurer that stands there twice: which row, and in words. */
export function addressesFault(
  rows: readonly InsurerAddress[],
): { path: (string | number)[]; message: string } | undefined {
  const twice = rows.findIndex(
    ({ number }, at) => rows.findIndex((one) => one.number === number) < at,
  );
  return twice < 0
    ? undefined
    : { path: [twice, "number"], message: "同じ保険者番号が、前の行にあります。" };
}

/** 見本銀行 本店営業部 普通 7654321 見本市会計管理者 */
export const accountLine = ({ bank, branch, type, number, holder }: ClaimAccount): string =>
  [bank, branch, type === "ordinary" ? "普通" : "当座", number, holder].join(" ");
