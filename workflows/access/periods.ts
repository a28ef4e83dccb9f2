import type { DatedParameter } from "../parameters/dated.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const assumed = (name: string, value: number): DatedParameter<number> => ({
  name,
  rows: [
    {
      from: "2000-01-01",
      value,
      source: "セキュリティポリシーの一般的な値。市の定めに合わせて確認する",
      certainty: "assumed",
    },
  ],
});

/** Times of sign-ins and sessions in seconds (USE-1 to USE-3). The same rows stand in `access.period`, under these names. */
export const accessPeriods = {
  session: assumed("一度のサインインで使える時間", 12 * hour),
  "unlock-by-password": assumed("パスワードだけでロックを解除できる時間", hour),
  "after-reset": assumed("再設定の後、照会も承認もできない期間", 7 * day),
  "reset-approval": assumed("承認された再設定を行える期間", 3 * day),
  "password-kept": assumed("自分で決めたパスワードを変えられるまでの時間", day),
} as const satisfies Record<string, DatedParameter<number>>;
