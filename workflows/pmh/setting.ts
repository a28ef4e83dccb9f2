import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";

const ways = {
  http: "ネットワークで送る",
  file: "ファイルを取り出して送る",
} as const;
/** 医療費助成対象者情報登録の版. Another one is a layout more in `src/formats/pmh`. */
const versions = { "2024-07": "差分履歴版（2024年7月）" } as const;
const reimbursements = { "0": "現物給付", "1": "常に償還払い" } as const;
const notDisclosed = {
  flag: "不開示フラグを付けて登録する",
  "leave-out": "登録しない（紙の受給者証だけを使う）",
} as const;

/** How the certificates of a 事務 are registered in the Public Medical Hub. */
export interface PmhSetting {
  readonly way: keyof typeof ways;
  readonly version: keyof typeof versions;
  /** Of the API, for `http`. */
  readonly address?: string | undefined;
  /** File with client certificate and key, in the folder `pmh` of the data folder. */
  readonly clientCertificate?: string | undefined;
  readonly rowsPerRequest: number;
  /** 機関別受給者証種別ID, as the city has set it up in the hub. */
  readonly certificateType: string;
  /** 受給者証名. */
  readonly certificateName: string;
  readonly reimbursement: keyof typeof reimbursements;
  readonly notDisclosed: keyof typeof notDisclosed;
}

/** Encrypted, or to a relay on the same machine that encrypts. */
const isSendable = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username !== "" || url.password !== "") return false;
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname))
  );
};

const text = (label: string, most: number) =>
  z
    .string({ error: `${label}を入力してください。` })
    .trim()
    .min(1, { error: `${label}を入力してください。` })
    .max(most, { error: `${label}は${most}文字以内で入力してください。` });

const schema: z.ZodType<PmhSetting> = z
  .object({
    way: choiceSchema(ways),
    version: choiceSchema(versions),
    address: z
      .string()
      .max(300, { error: "送り先は300文字以内で入力してください。" })
      .refine(isSendable, {
        error:
          "送り先は https:// で始まる番地を入力してください（同じ機械の中継は http://127.0.0.1）。",
      })
      .optional(),
    clientCertificate: z
      .string()
      .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}$/, {
        error: "ファイルの名前だけを、半角の英数字と . _ - で入力してください。",
      })
      .optional(),
    rowsPerRequest: wholeSchema(1, 1000),
    certificateType: text("機関別受給者証種別ID", 50).regex(/^[A-Za-z0-9_-]+$/, {
      error: "機関別受給者証種別IDは半角の英数字で入力してください。",
    }),
    certificateName: text("受給者証名", 100),
    reimbursement: choiceSchema(reimbursements),
    notDisclosed: choiceSchema(notDisclosed),
  })
  .refine(({ way, address }) => way === "file" || address !== undefined, {
    path: ["address"],
    error: "ネットワークで送るときは、送り先を入力してください。",
  });

/** PMH登録 of a 事務 as a city parameter; without a row it is switched off. */
export const pmhSetting = (program: string, scheme: string): CityParameter<PmhSetting> => ({
  key: `${program}.pmh`,
  title: `${scheme} PMH登録の設定`,
  hint: "受給者証を国のPMHに登録するときの、送り方と送り先です。設定がなければ登録しません。",
  fields: {
    way: choiceField("送り方", ways, "http"),
    version: choiceField("インターフェースの版", versions, "2024-07"),
    address: optional(textField("送り先の番地", "https://pmh.example.lg.jp/medical-subsidy")),
    clientCertificate: optional(textField("クライアント証明書のファイル名", "client.pem")),
    rowsPerRequest: wholeField("一度に送る件数", 100, 1, 1000),
    certificateType: textField("機関別受給者証種別ID", "KODOMO01"),
    certificateName: textField("受給者証名", "受給者証"),
    reimbursement: choiceField("給付の方法", reimbursements, "0"),
    notDisclosed: choiceField("支援措置・自動応答不可の方", notDisclosed, "leave-out"),
  },
  schema,
});
