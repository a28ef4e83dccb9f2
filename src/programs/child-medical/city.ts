import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import {
  approvalNotice,
  changeNotice,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";

const notEstablished = "熊本市の値は確認できていない。実証用の値であり、導入時に市が登録する";

/** 公費負担者番号 of the scheme. */
export const payerNumber: DatedParameter<string> = {
  name: "こども医療費助成 公費負担者番号",
  rows: [{ from: "2019-04-01", value: "83430017", source: notEstablished, certainty: "assumed" }],
};

/** 一部負担金 as the certificate prints it, one short line each. */
export const copayLines: DatedParameter<readonly string[]> = {
  name: "こども医療費助成 自己負担額の表示",
  rows: [
    {
      from: "2019-04-01",
      value: ["入院　なし", "通院・調剤　市の定める額"],
      source: notEstablished,
      certainty: "assumed",
    },
  ],
};

/** What stands on every paper of the scheme. */
export const papers = {
  program: "こども医療費助成",
  numberPrefix: "熊こ医第",
  certificatePrefix: "熊こ医証第",
  basis: "熊本市のこども医療費助成に関する定め",
  appeal: { reviewAuthority: "熊本市長", defendant: "熊本市", representative: "熊本市長" },
} as const;

/** What the scheme prints, and who issues it until the city has set its own (帳票の設定). */
export const childMedicalPapers: ProgramPapers = {
  program: "child-medical",
  issuer: { title: "熊本市長", name: "実証　太郎" },
  forms: [
    childMedicalCertificate,
    approvalNotice,
    rejectionNotice,
    missingDocumentsNotice,
    changeNotice,
    revocationNotice,
    lossNotice,
  ],
  city: "熊本市",
  hours: "平日 8時30分から17時15分まで",
};
