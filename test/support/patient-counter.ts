import { openChange, viewChange } from "#src/platform/applications/index.ts";
import type { Applied } from "#src/platform/cases/index.ts";
import type { ClinicalRecord, Member, Tax } from "#src/programs/intractable-disease/entered.ts";
import {
  type Entered,
  intractable,
  intractableChanges,
} from "#src/programs/intractable-disease/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type At, caseworkOf } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { householdsOf } from "./households.ts";

/** 市町村民税 of 令和8年度: not taxed, unless told otherwise. */
export const taxOf = (given: Partial<Tax> = {}): Tax => ({
  fiscalYear: 2026,
  assessment: "exempt",
  incomeLevy: 0,
  perCapitaLevy: 0,
  totalIncome: 0,
  pensionReceipts: 0,
  otherBenefits: 0,
  ...given,
});

export const taxedOf = (incomeLevy: number): Tax =>
  taxOf({ assessment: "taxed", incomeLevy, perCapitaLevy: 5_000, totalIncome: 3_000_000 });

/** 臨床調査個人票 of パーキンソン病 by the designated doctor of the tests. */
export const recordOf = (given: Partial<ClinicalRecord> = {}): ClinicalRecord => ({
  disease: 6,
  nameOnPaper: "",
  main: true,
  denied: false,
  doctor: "T0001",
  writtenOn: "2026-11-10",
  severeOn: "2026-11-05",
  source: "paper",
  accessKey: "",
  note: "",
  ...given,
});

export const memberOf = (personNumber: string, given: Partial<Member> = {}): Member => ({
  role: "household",
  personNumber,
  name: "",
  relation: "parent",
  insured: false,
  guardian: false,
  patient: "none",
  left: false,
  patientCap: 0,
  tax: taxOf(),
  ...given,
});

/** What a patient applies for at the head office: 国保, taxed below 71,000 yen. */
export const patientApplication = (given: Partial<Entered> = {}): Entered => ({
  sort: "new",
  reception: "head",
  method: "self",
  applicant: {
    name: "試験　母子",
    kana: "シケン　ハハコ",
    relation: "self",
    postalCode: "8600004",
    address: "熊本市中央区新町２丁目４番２７号",
    building: "",
    telephone: "096-000-0000",
  },
  agent: null,
  insurance: {
    insurerNumber: "430017",
    insurerName: "熊本市国民健康保険",
    kind: "national",
    symbol: "熊01",
    number: "1234",
    branchNumber: "01",
    insuredName: "試験　母子",
    relation: "insured",
    since: "2020-04-01",
  },
  insurerConsent: true,
  limitCategory: "エ",
  insurerNote: "",
  records: [recordOf()],
  researchConsent: true,
  costs: [],
  onset: "",
  mildHighCost: false,
  mildHighCostMetOn: "",
  longHighCost: false,
  ventilator: false,
  hindered: false,
  certifiedBefore: false,
  severeBefore: false,
  welfare: false,
  welfarePrevention: null,
  incomeUnconfirmed: false,
  pediatric: null,
  tax: taxedOf(70_000),
  people: [],
  institutions: [],
  anyInstitution: true,
  former: null,
  account: null,
  mailing: null,
  note: "",
  ...given,
});

const seen = {
  "application-form": "seen",
  "clinical-record": "seen",
  "insurance-proof": "seen",
  "insurer-consent": "seen",
  "number-declaration": "seen",
};

/** The counter of 指定難病 in a test: invented patients, doctors of the list, and steps made by named staff. */
export function patientCounterOf(test: TestPlatform) {
  const { nextKey, ...casework } = caseworkOf(test, intractable);
  const { as, open, step } = casework;
  const households = householdsOf(test);

  /** 難病指定医 T0001 and 協力難病指定医 T0002, both until the end of 2027. */
  const listDoctors = () =>
    as(
      "clerk1",
      (work) => work.sql`
      select intractable_disease.keep_doctors(${["T0001", "T0002"]}, ${["2023-01-01", "2023-01-01"]}::date[], ${["2027-12-31", "2027-12-31"]}::date[],
        ${["試験 医師", "試験 協力"]}, ${["神経内科", "内科"]}, ${["見本病院", "見本医院"]}, ${["designated", "cooperating"]})`,
    );

  /** From the counter to 審査, entered by clerk1, all papers seen. */
  async function toExamination(
    patient: string,
    application: Entered = patientApplication(),
    received?: { on?: IsoDate; insisted?: string },
  ): Promise<Applied> {
    const opened = await open("clerk1", patient, received?.on, received?.insisted);
    let at: At = { caseId: opened.id, revision: 1 };
    at = await step("clerk1", "recordIdentity", at, { input: numberCard });
    at = await step("clerk1", "enter", at, { input: application });
    at = await step("clerk1", "recordDocuments", at, { input: seen });
    return step("clerk1", "submit", at);
  }

  /** Onwards to 決裁: confirmed and proposed by clerk2. */
  async function toApproval(...given: Parameters<typeof toExamination>): Promise<Applied> {
    let at = await step("clerk2", "confirm", await toExamination(...given));
    at = await step("clerk2", "propose", at);
    return step("clerk2", "requestDecision", at);
  }

  /** Onwards to 認定. */
  const toCertified = async (...given: Parameters<typeof toExamination>): Promise<Applied> =>
    step("supervisor1", "approve", await toApproval(...given));

  /** Opens a report on an application, as clerk1. */
  const report = async (
    grantingCaseId: string,
    about: { subject: string; occursOn: IsoDate; reason?: string },
    reportedOn: IsoDate = test.platform.clock.today(),
  ): Promise<At> => {
    const { found } = await as("clerk1", (work) =>
      openChange(work, intractableChanges, {
        grantingCaseId,
        reportedOn,
        origin: "report",
        idempotencyKey: nextKey("report"),
        ...about,
      }),
    );
    return { caseId: found.id, revision: 1 };
  };

  /** A report from the counter to a confirmed entry; by clerk1 and clerk2. */
  async function toConfirmed(at: At, input: object = {}): Promise<Applied> {
    let now = await step("clerk1", "recordIdentity", at, { input: numberCard });
    now = await step("clerk1", "enter", now, { input });
    const { documentChecks } = await viewReport(at.caseId);
    if (documentChecks.length > 0)
      now = await step("clerk1", "recordDocuments", now, {
        input: Object.fromEntries(documentChecks.map(({ code }) => [code, "seen"])),
      });
    now = await step("clerk1", "submit", now);
    return step("clerk2", "confirm", now);
  }

  const viewReport = (caseId: string) =>
    as("clerk2", (work) => viewChange(work, intractableChanges, caseId));

  return {
    ...casework,
    ...households,
    listDoctors,
    toExamination,
    toApproval,
    toCertified,
    report,
    toConfirmed,
    viewReport,
  };
}
