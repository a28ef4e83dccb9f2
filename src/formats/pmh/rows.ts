import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A certificate as it is told to the hub: personal data, in the moment of sending alone. */
export interface CertificateToTell {
  certificateType: string;
  certificateName: string;
  /** 公費負担者番号. */
  payerNumber: string;
  reimbursement: "0" | "1";
  individualNumber: string;
  /** 氏名 and カナ, parts separated by U+3000. */
  name: string;
  kana: string;
  address: string;
  birthDate: IsoDate;
  sex: "male" | "female";
  notDisclosed: boolean;
  recipientNumber: string;
  validFrom: IsoDate;
  validTo: IsoDate;
  historyKey: string;
  isDeleted: boolean;
}

/**
 * A row of 医療費助成対象者情報登録, 差分履歴版 of 2024-07 (出典 デジタル庁, 項目名は公表のもの). Of the sex the code 2 (女) is in the published example, 1 (男) the
 * usual one beside it. What is printed on the certificate (`certificationDetail`) has item codes that a city sets up in the
 * hub first; none are sent.
 */
export const registrationRow = (told: CertificateToTell) => ({
  orgSpecificCertificateTypeId: told.certificateType,
  myNumber: told.individualNumber,
  basicFiveInfo: {
    name: told.name,
    nameKana: told.kana.replaceAll("　", " "),
    address: told.address,
    dateOfBirth: told.birthDate,
    sex: told.sex === "male" ? "1" : "2",
  },
  isNotDisclosed: told.notDisclosed,
  medicalSubsidyInsurerNumber: told.payerNumber,
  certificationName: told.certificateName,
  medicalSubsidyRecipientNumber: told.recipientNumber,
  isAlwaysReimbursement: told.reimbursement,
  validFrom: told.validFrom,
  validTo: told.validTo,
  historyKey: told.historyKey,
  isDeleted: told.isDeleted,
  certificationDetail: [],
});
export type RegistrationRow = ReturnType<typeof registrationRow>;
