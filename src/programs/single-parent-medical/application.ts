import {
  approvalNotice,
  changeNotice,
  inquiryLetter,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  renewalEnd,
  renewalReminder,
  revocationNotice,
  statusReport,
} from "#forms/index.ts";
import {
  remoteCertificate,
  singleParentCertificate,
} from "#forms/single-parent-medical/certificate.ts";
import { remoteReminder } from "#forms/single-parent-medical/remote-reminder.ts";
import {
  application,
  type EvidenceFacts,
  type InquirySubject,
  incomesAsked,
  judgeIncomes,
  looksAt,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import { mailingOn } from "#src/platform/entry-parts/index.ts";
import { documentChecksOf, incomeRows } from "#src/platform/intake/index.ts";
import { commonRenewalReasons } from "#src/platform/renewals/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import {
  categories,
  type EvidenceCode,
  evidence,
  missingEvidence,
} from "#workflows/single-parent-medical/categories.ts";
import {
  applicationV1,
  type SingleParentEventType,
  type SingleParentFacts,
} from "#workflows/single-parent-medical/machine.ts";
import { householdHindrances } from "#workflows/single-parent-medical/opening.ts";
import { acquisitions } from "#workflows/single-parent-medical/period.ts";
import { schemeArea } from "#workflows/single-parent-medical/presets.ts";
import { featuresOf } from "./benefits.ts";
import { householdFaults } from "./dates.ts";
import { type Entered, enteredSchema, entry } from "./entered.ts";
import { certificateUntil, grantingOf } from "./granting.ts";
import { incomeTestOf, incomeYearOf } from "./incomes.ts";

/** What the 事務 prints. */
const papers = {
  program: "single-parent-medical",
  forms: [
    singleParentCertificate,
    remoteCertificate,
    approvalNotice,
    rejectionNotice,
    missingDocumentsNotice,
    changeNotice,
    revocationNotice,
    lossNotice,
    inquiryLetter,
    statusReport,
    renewalReminder,
    renewalEnd,
    remoteReminder,
  ],
};

/** What proves the categories, and what else may be asked for. */
const documents = {
  ...Object.fromEntries(
    Object.entries(evidence).map(([code, paper]) => [
      code,
      { ...paper, standard: code === "family-register" },
    ]),
  ),
  "insurance-proof": {
    title: "申請者と児童の健康保険の資格が分かるもの",
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
    hint: "児童と別居している場合",
    standard: false,
  },
  "income-proof": {
    title: "所得課税証明書",
    hint: "市で税情報を確認できない場合",
    standard: false,
  },
  "child-disability": {
    title: "児童の障害の程度が分かるもの",
    hint: "20歳未満まで延長する場合（障害者手帳、診断書）",
    standard: false,
  },
  "school-proof": { title: "在学証明書", hint: "在学による延長・遠隔地証", standard: false },
};

/** Whether the papers that the category asks for on the day of the application were seen. */
async function isProven(work: Work, found: CaseRow, { category }: Entered): Promise<boolean> {
  const seen = (await documentChecksOf(work, found.id)).flatMap(({ code, status }) =>
    status === "seen" ? [code as EvidenceCode] : [],
  );
  const { value } = rowOn(categories, found.receivedOn as IsoDate);
  return missingEvidence(value[category.code], new Set(seen)).length === 0;
}

async function factsOf(
  work: Work,
  found: CaseRow,
  shared: ApplicationFacts & EvidenceFacts,
  entered: Entered | undefined,
): Promise<SingleParentFacts> {
  const income =
    entered && looksAt(found, ["withinLimits"])
      ? await judgeIncomes(work, singleParent, found, entered)
      : undefined;
  return {
    ...shared,
    categoryProven: entered !== undefined && (await isProven(work, found, entered)),
    // One that is recorded and yet says nothing of the year is not known.
    ...(income ? { incomesUnknown: income.people.filter((one) => !one.income).length } : {}),
    incomesOverLimit: income?.people.filter(({ result }) => result?.within === false).length ?? 0,
  };
}

/** The taxes of who moved in are asked of the municipality of January 1. */
const taxInquiry: InquirySubject = {
  title: "課税状況",
  matter: async (work, found) => `${await incomeYearOf(work, found)}年分の所得と扶養親族等の数`,
  answers: ["給与所得", "公的年金等", "その他の所得", "控除の内訳", "扶養親族等の数"],
  async people(work, found) {
    const { year, personNumbers } = await incomesAsked(work, singleParent, found);
    const known = await incomeRows(work, found.id, year);
    return personNumbers.filter((number) => !known.has(number));
  },
};

/** Last day of 遠隔地証: the one that was reported, within that of the entitlement. */
async function remoteUntil(
  work: Work,
  granted: readonly Pick<Entitlement, "id" | "validFrom" | "validTo">[],
  on: IsoDate,
): Promise<ReadonlyMap<string, IsoDate>> {
  const until = await certificateUntil(work, granted, on);
  const features = await featuresOf(
    work,
    granted.map(({ id }) => id),
  );
  const said = Map.groupBy(
    features.filter(({ kind }) => kind === "remote-certificate"),
    ({ entitlementId }) => entitlementId,
  );
  return new Map(
    [...until].map(([id, day]) => {
      const set = said.get(id)?.at(-1)?.until as IsoDate | null | undefined;
      return [id, set && set < day ? set : day];
    }),
  );
}

const guardian = ({ applicant }: Entered) => applicant.name;

/** The application of a household for ひとり親家庭等医療費助成. */
export const singleParent = application<Entered, SingleParentFacts, SingleParentEventType>({
  program: papers.program,
  title: "ひとり親家庭等医療費助成",
  versions: [applicationV1],
  schema: enteredSchema,
  words: {
    subject: "申請者（ひとり親・養育者）",
    subjectInLetters: "申請者",
    receivedOn: "申請日",
  },
  documents,
  reasons: {
    grant: acquisitions,
    rejection: {
      income: "所得が限度額以上であるため",
      category: "ひとり親家庭等の要件に該当しないため",
      age: "児童の対象年齢の要件を満たしていないため",
      residence: "市内に住所を有していないため",
      insurance: "医療保険各法の被保険者又は被扶養者でないため",
      welfare: "生活保護法による保護を受けているため",
      facility: "児童が施設に入所し、又は里親に委託されているため",
      documents: "審査に必要な書類が期限までに提出されなかったため",
      duplicate: "既に受給資格の認定を受けているため",
    },
    revocation: {
      mistake: "認定の要件を満たしていなかったことが判明したため",
      fraud: "偽りその他不正の手段により認定を受けたため",
    },
    renewal: {
      ...commonRenewalReasons,
      "renewal-category": "ひとり親家庭等の要件に該当しないため",
      "renewal-insurance": "医療保険各法の被保険者又は被扶養者でないため",
      "renewal-welfare": "生活保護法による保護を受けているため",
    },
  },
  ...entry,
  hindrances: async (_work, facts) => householdHindrances(facts),
  addressee: ({ mailing, applicant }, on) => mailingOn(mailing, on) ?? applicant,
  faults: householdFaults,
  granting: grantingOf,
  facts: factsOf,
  incomes: {
    roles: ["applicant", "spouse", "supporter"],
    year: incomeYearOf,
    test: incomeTestOf,
  },
  needs: {
    tax: ["applicant", "spouse", "supporter"],
    welfare: ["subject", "beneficiary"],
  },
  inquiries: { tax: taxInquiry },
  letters: { papers, title: "ひとり親家庭等医療費助成", sign: "ひ医", daysToReturn: 14 },
  scheme: schemeArea,
  letterFacts: ({ entered, granted }) =>
    granted.map(({ personNumber, from, to, recipientNumber, neverHeld }) => {
      const child = entered.people.find((one) => one.personNumber === personNumber);
      const number = recipientNumber ? `　受給者番号 ${recipientNumber}` : "";
      const period = neverHeld
        ? "はじめから資格がなかったものとして取り消します"
        : `${formatWareki(from)}から${formatWareki(to)}まで`;
      return {
        label: child ? "対象の児童" : "対象の親・養育者",
        value: `${child?.name ?? entered.applicant.name}${number}\n${period}`,
        purpose: "name" as const,
      };
    }),
  certificate: {
    title: "受給者証",
    form: singleParentCertificate,
    statement: { prefix: "SP1", program: papers.program },
    guardian,
    until: certificateUntil,
  },
  certificates: {
    "remote-certificate": {
      title: "遠隔地証",
      form: remoteCertificate,
      statement: { prefix: "SPR1", program: papers.program },
      guardian,
      until: remoteUntil,
    },
  },
});
