import {
  approvalNotice,
  changeNotice,
  inquiryLetter,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { intractableCertificate } from "#forms/intractable-disease/certificate.ts";
import { institutionNotice } from "#forms/intractable-disease/institution-notice.ts";
import { limitSheet } from "#forms/intractable-disease/limit-sheet.ts";
import { panelInvitationOfIntractable } from "#forms/intractable-disease/panel-invitation.ts";
import { panelPapersOfIntractable } from "#forms/intractable-disease/panel-papers.ts";
import { pendingNotice } from "#forms/intractable-disease/pending.ts";
import { registrationCertificate } from "#forms/intractable-disease/registration.ts";
import {
  registrationIssued,
  registrationRefused,
} from "#forms/intractable-disease/registration-notice.ts";
import {
  renewalInvitation,
  renewalInvitationReminder,
} from "#forms/intractable-disease/renewal.ts";
import {
  application,
  type EvidenceFacts,
  enteredOf,
  looksAt,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { mailingOn } from "#src/platform/entry-parts/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { intractableDeadlines } from "#workflows/intractable-disease/deadlines.ts";
import { applicationV1 } from "#workflows/intractable-disease/machine.ts";
import {
  applicationV2,
  type IntractableEventType,
  type IntractableFacts2,
} from "#workflows/intractable-disease/machine-v2.ts";
import { schemeArea } from "#workflows/intractable-disease/presets.ts";
import { awaitsHeadOffice, recordArrival } from "./arrival.ts";
import { capOf } from "./cap.ts";
import { certificateData } from "./certificate-data.ts";
import { documentLimits, documents } from "./documents.ts";
import { type Entered, enteredSchema, entry } from "./entered.ts";
import { faultsOfRecords, keepEntry } from "./entry-codes.ts";
import { grantingOf } from "./granting.ts";
import { inquiries } from "./inquiries.ts";
import { noticeOf } from "./notice.ts";
import { pendingLetter } from "./pending-letter.ts";
import { grantTerms, proposeOfApplication } from "./proposed-terms.ts";
import { checkRecords, panelFactsOf, refer } from "./review.ts";
import { sortTitles } from "./titles.ts";

const program = "intractable-disease";

/** What the 事務 prints. */
const papers = {
  program,
  forms: [
    intractableCertificate,
    limitSheet,
    registrationCertificate,
    registrationIssued,
    registrationRefused,
    panelInvitationOfIntractable,
    panelPapersOfIntractable,
    approvalNotice,
    rejectionNotice,
    missingDocumentsNotice,
    changeNotice,
    revocationNotice,
    lossNotice,
    inquiryLetter,
    pendingNotice,
    renewalInvitation,
    renewalInvitationReminder,
    institutionNotice,
  ],
};

async function factsOf(
  work: Work,
  found: CaseRow,
  shared: ApplicationFacts & EvidenceFacts,
  entered: Entered | undefined,
): Promise<IntractableFacts2> {
  const receivedOn = found.receivedOn as IsoDate;
  const looks = entered !== undefined && looksAt(found, ["capKnown", "clinicalRecordsSound"]);
  const cap = looks ? await capOf(work, found, entered) : undefined;
  return {
    ...shared,
    awaitsHeadOffice: await awaitsHeadOffice(work, found),
    clinicalRecordFaults: looks ? (await faultsOfRecords(work, receivedOn, entered)).length : 0,
    capKnown: cap?.known ?? false,
    ...(await panelFactsOf(work, found)),
  };
}

const guardian = ({ applicant }: Entered) => (applicant.relation === "self" ? "" : applicant.name);

/** The application for 支給認定 of 指定難病: 新規, 更新 and 転入. */
export const intractable = application<Entered, IntractableFacts2, IntractableEventType>({
  program,
  title: "指定難病医療給付",
  versions: [applicationV1, applicationV2],
  schema: enteredSchema,
  words: { subject: "患者", subjectInLetters: "受診者", receivedOn: "申請日" },
  documents,
  documentLimits,
  reasons: {
    grant: sortTitles,
    rejection: {
      severity: "病状の程度が、厚生労働大臣の定める程度に当たらないため",
      diagnosis: "指定難病の診断基準を満たさないため",
      evidence: "個人票の内容から、指定難病にかかっていることを確認できないため",
    },
    dismissal: {
      documents: "審査に必要な書類が期限までに提出されなかったため",
      residence: "市内に住所を有していないため",
      insurance: "医療保険の資格を確認できないため",
      duplicate: "既に支給認定を受けているため",
      record: "臨床調査個人票が、指定医の作成したものでないため",
    },
    revocation: {
      recovered: "特定医療を受ける必要がなくなったため",
      "moved-out": "市外に住所を移したため",
      refused: "正当な理由なく、診断の命令等に応じなかったため",
      fraud: "偽りその他不正の手段により認定を受けたため",
      mistake: "認定の要件を満たしていなかったことが判明したため",
    },
  },
  ...entry,
  addressee: ({ mailing, applicant }, on) => mailingOn(mailing, on) ?? applicant,
  granting: grantingOf,
  facts: factsOf,
  carryOut: {
    enter: keepEntry,
    recordArrival,
    checkRecords,
    refer,
    async propose(work, step) {
      await proposeOfApplication(work, step, await enteredOf(work, intractable, step.found));
      return {};
    },
  },
  granted: grantTerms,
  renewedByApplication: true,
  inNotice: noticeOf,
  ownLetters: { pending: pendingLetter },
  needs: { tax: ["subject", "applicant", "household"], welfare: ["subject"] },
  inquiries,
  letters: { papers, title: "特定医療費（指定難病）", sign: "難", daysToReturn: 14 },
  deadlines: intractableDeadlines,
  scheme: schemeArea,
  certificate: {
    title: "受給者証",
    form: intractableCertificate,
    data: certificateData,
    statement: { prefix: "NA1", program },
    guardian,
  },
});
