import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import {
  approvalNotice,
  certificateReminder,
  changeNotice,
  expiryNotice,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { application } from "#src/platform/applications/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { insuranceFaults, mailingOn } from "#src/platform/entry-parts/index.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { ApplicationEventType } from "#workflows/cases/events.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { childHindrances } from "#workflows/child-medical/opening.ts";
import { periodArea, schemeArea } from "#workflows/child-medical/presets.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { applicationReasonTitles, type Entered, enteredSchema } from "./entered.ts";
import { grantingOf } from "./granting.ts";

/** What the 事務 prints. */
const papers = {
  program: "child-medical",
  forms: [
    childMedicalCertificate,
    approvalNotice,
    rejectionNotice,
    missingDocumentsNotice,
    changeNotice,
    revocationNotice,
    lossNotice,
    expiryNotice,
    certificateReminder,
  ],
};

/** The application for こども医療費助成. */
export const childMedical = application<Entered, ApplicationFacts, ApplicationEventType>({
  program: papers.program,
  title: "こども医療費助成",
  versions: [applicationV1],
  schema: enteredSchema,
  words: { subject: "対象の子ども", subjectInLetters: "対象のお子さま", receivedOn: "申請日" },
  documents: {
    "insurance-proof": {
      title: "子どもの健康保険の資格が分かるもの",
      hint: "資格確認書、資格情報のお知らせ 等",
      standard: true,
    },
    "account-proof": {
      title: "振込先口座が分かるもの",
      hint: "通帳・キャッシュカードの写し",
      standard: true,
    },
    "guardianship-proof": {
      title: "監護の状況が分かる申立書",
      hint: "子どもと別居している場合",
      standard: false,
    },
    "income-proof": {
      title: "所得課税証明書",
      hint: "市で税情報を確認できない場合",
      standard: false,
    },
  },
  reasons: {
    grant: applicationReasonTitles,
    rejection: {
      age: "対象年齢の要件を満たしていないため",
      residence: "市内に住所を有していないため",
      insurance: "医療保険各法の被保険者又は被扶養者でないため",
      welfare: "生活保護法による保護を受けているため",
      documents: "審査に必要な書類が期限までに提出されなかったため",
      duplicate: "既に受給資格の認定を受けているため",
    },
    revocation: {
      mistake: "認定の要件を満たしていなかったことが判明したため",
      fraud: "偽りその他不正の手段により認定を受けたため",
    },
  },
  addressee: ({ mailing, guardian }, on) => mailingOn(mailing, on) ?? guardian,
  hindrances: async (work, facts) =>
    childHindrances(facts, await presetOf(work, periodArea, facts.receivedOn)),
  faults: ({ insurance }, { personNumber, birthOf, today }) =>
    insuranceFaults(insurance, bornBounds(birthOf(personNumber), today)),
  granting: grantingOf,
  letters: { papers, title: "こども医療費助成", sign: "こ医", daysToReturn: 14 },
  scheme: schemeArea,
  certificate: {
    title: "受給者証",
    form: childMedicalCertificate,
    statement: { prefix: "KM1", program: papers.program },
    guardian: ({ guardian }) => guardian.name,
  },
});
