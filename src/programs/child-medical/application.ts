import { z } from "zod";
import { findBank, findBranch } from "#db/bank/banks.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";

export const relationTitles = {
  father: "父",
  mother: "母",
  guardian: "後見人",
  other: "その他の養育者",
} as const;
export const insuranceKindTitles = {
  national: "国民健康保険",
  association: "健康保険組合",
  kyokai: "協会けんぽ",
  mutual: "共済組合",
  union: "国保組合",
} as const;
export const insuredRelationTitles = { insured: "被保険者", dependant: "被扶養者" } as const;
export const accountKindTitles = { ordinary: "普通", current: "当座", savings: "貯蓄" } as const;
export const applicationReasonTitles = {
  birth: "出生",
  "move-in": "転入",
  insurance: "保険加入",
  other: "その他",
} as const;

const keys = <T extends object>(titles: T) =>
  Object.keys(titles) as [keyof T & string, ...(keyof T & string)[]];
const required = (what: string) => z.string().trim().min(1, `${what}を入力してください。`).max(200);
const optional = z.string().trim().max(200);
const isoDate = (what: string) =>
  z.string().refine(isIsoDate, `${what}を入力してください。例: R8.11.20`);
const postalCode = z.string().regex(/^\d{7}$/, "郵便番号は7桁の数字で入力してください。");
const kana = (what: string) =>
  required(what).regex(/^[ァ-ヶー゛゜・　 ]+$/u, `${what}は全角カタカナで入力してください。`);

const guardian = z.strictObject({
  name: required("保護者の氏名"),
  kana: kana("保護者のフリガナ"),
  relation: z.enum(keys(relationTitles), "続柄を選んでください。"),
  postalCode,
  address: required("保護者の住所"),
  building: optional,
  telephone: z
    .string()
    .regex(/^[\d-]{10,14}$/, "電話番号は数字とハイフンで入力してください。例: 096-328-0000"),
});

const agent = z.strictObject({
  name: required("代理人の氏名"),
  relation: required("代理人と申請者の関係"),
  address: required("代理人の住所"),
});

const insurance = z.strictObject({
  insurerNumber: z
    .string()
    .refine(
      (text) => checkNumber("insurer", text).valid,
      "保険者番号が正しくありません。桁数と検証番号を確かめてください。",
    )
    .transform((text) => checkNumber("insurer", text).normalized),
  insurerName: required("保険者名"),
  kind: z.enum(keys(insuranceKindTitles), "保険の種類を選んでください。"),
  symbol: optional,
  number: required("被保険者証の番号"),
  branchNumber: z.string().regex(/^\d{0,2}$/, "枝番は2桁までの数字で入力してください。"),
  insuredName: required("被保険者の氏名"),
  relation: z.enum(keys(insuredRelationTitles), "被保険者か被扶養者かを選んでください。"),
  since: isoDate("保険の資格取得日"),
});

const account = z
  .strictObject({
    bankCode: z
      .string()
      .refine((code) => findBank(code) !== undefined, "金融機関コードが見つかりません。"),
    branchCode: z.string().regex(/^\d{3}$/, "店番は3桁の数字で入力してください。"),
    kind: z.enum(keys(accountKindTitles), "口座の種類を選んでください。"),
    number: z.string().regex(/^\d{7}$/, "口座番号は7桁の数字で入力してください。"),
    holderKana: kana("口座名義"),
  })
  .refine((value) => findBranch(value.bankCode, value.branchCode) !== undefined, {
    path: ["branchCode"],
    message: "この金融機関にその店番はありません。",
  });

const mailing = z.strictObject({
  name: required("送付先の宛名"),
  postalCode,
  address: required("送付先の住所"),
  building: optional,
});

/** What is applied for, as it is sealed. Items that are not listed are refused (ACQ-3). */
export const applicationSchema = z.strictObject({
  reason: z.enum(keys(applicationReasonTitles), "申請事由を選んでください。"),
  guardian,
  agent: agent.nullable(),
  insurance,
  account: account.nullable(),
  /** 送付先, where letters do not go to the guardian's address. */
  mailing: mailing.nullable(),
  /** 生活保護を受けている. */
  welfare: z.boolean(),
});
export type Application = z.infer<typeof applicationSchema>;

/** What a report of change may bring, by its subject; a loss brings nothing but its codes. */
export const changeSchemas = {
  guardian: z.strictObject({ guardian }),
  insurance: z.strictObject({ insurance }),
  account: z.strictObject({ account }),
  mailing: z.strictObject({ mailing: mailing.nullable() }),
  loss: z.strictObject({}),
} as const satisfies Record<string, z.ZodType<Partial<Application>>>;

/** Errors by path (`insurance.insurerNumber`), one sentence each. */
export function errorsOf(error: z.ZodError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    found[path] ??=
      issue.code === "unrecognized_keys" ? "受け付けていない項目が含まれています。" : issue.message;
  }
  return found;
}
