import { openChange, viewChange } from "#src/platform/applications/index.ts";
import type { Applied } from "#src/platform/cases/index.ts";
import type { Child } from "#src/programs/single-parent-medical/entered.ts";
import {
  type Entered,
  singleParent,
  singleParentChanges,
} from "#src/programs/single-parent-medical/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type At, caseworkOf } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { type Household, householdsOf } from "./households.ts";

const insurance: Entered["insurance"] = {
  insurerNumber: "01430016",
  insurerName: "試験健康保険組合",
  kind: "kyokai",
  symbol: "12345678",
  number: "123",
  branchNumber: "01",
  insuredName: "試験　母子",
  relation: "insured",
  since: "2020-04-01",
};

/** The insurance of a newborn, from a day on. */
export const insuredSince = (since: IsoDate): Pick<Child, "insurance"> => ({
  insurance: { ...insurance, relation: "dependant", since },
});

export const childOf = (personNumber: string, given: Partial<Child> = {}): Child => ({
  role: "child",
  personNumber,
  name: "",
  relation: "child",
  disabled: false,
  pupil: false,
  apart: false,
  insurance: { ...insurance, relation: "dependant" },
  ...given,
});

export const supporterOf = (personNumber: string): Entered["people"][number] => ({
  role: "supporter",
  personNumber,
  name: "",
  relation: "parent",
});

/** What the mother of a household applies for. */
export const householdApplication = (
  { children }: Pick<Household, "children">,
  given: Partial<Entered> = {},
): Entered => ({
  category: { code: "divorce", since: "2026-10-05" },
  applicant: {
    name: "試験　母子",
    kana: "シケン　ハハコ",
    relation: "mother",
    postalCode: "8600004",
    address: "熊本市中央区新町２丁目４番２７号",
    building: "",
    telephone: "096-000-0000",
  },
  agent: null,
  insurance,
  people: children.map((child) => childOf(child)),
  childSupport: 0,
  allowanceNumber: "",
  pension: false,
  account: null,
  mailing: null,
  welfare: false,
  ...given,
});

/** An income as it is keyed, with one dependant: `business` is what is left after the common deductions, and 80,000. */
export const keyed = (personNumber: string, business = 1_000_000, dependants = 1) => ({
  source: "keyed",
  personNumber,
  items: { salary: 0, pension: 0, business: business + 80_000, other: 0, deductions: {} },
  dependants,
  elderlyDependants: 0,
  studentDependants: 0,
});

const seen = { "family-register": "seen", "insurance-proof": "seen", "account-proof": "seen" };

/** The counter of ひとり親 in a test: invented households, and steps made by named staff. */
export function householdCounterOf(test: TestPlatform) {
  const { nextKey, ...casework } = caseworkOf(test, singleParent);
  const { as, open, step } = casework;
  const { household, registerAnew, join } = householdsOf(test);

  /** From the counter to 審査: entered by clerk1, all papers seen, the incomes keyed by clerk1. */
  async function toExamination(
    mother: string,
    application: Entered,
    incomes: readonly object[] = [keyed(mother)],
    receivedOn?: IsoDate,
  ): Promise<Applied> {
    const opened = await open("clerk1", mother, receivedOn);
    let at: At = { caseId: opened.id, revision: 1 };
    at = await step("clerk1", "recordIdentity", at, { input: numberCard });
    at = await step("clerk1", "enter", at, { input: application });
    at = await step("clerk1", "recordDocuments", at, { input: seen });
    if (incomes.length > 0)
      at = await step("clerk1", "recordIncome", at, { input: { people: incomes } });
    return step("clerk1", "submit", at);
  }

  /** Onwards to 決裁: confirmed and proposed by clerk2. */
  async function toApproval(...given: Parameters<typeof toExamination>): Promise<Applied> {
    let at = await toExamination(...given);
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "confirmIncome", at);
    at = await step("clerk2", "propose", at);
    return step("clerk2", "requestDecision", at);
  }

  /** Onwards to 証交付. */
  async function toIssued(...given: Parameters<typeof toExamination>): Promise<Applied> {
    const at = await step("supervisor1", "approve", await toApproval(...given));
    return step("clerk1", "issue", at);
  }

  /** Opens a report on an application, as clerk1. */
  const report = async (
    grantingCaseId: string,
    about: { subject: string; occursOn: IsoDate; reason?: string; personNumber?: string },
    reportedOn: IsoDate = test.platform.clock.today(),
  ) => {
    const { found } = await as("clerk1", (work) =>
      openChange(work, singleParentChanges, {
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
  async function toConfirmed(
    at: At,
    input: object = {},
    documents: Record<string, string> = {},
  ): Promise<Applied> {
    let now = await step("clerk1", "recordIdentity", at, { input: numberCard });
    now = await step("clerk1", "enter", now, { input });
    if (Object.keys(documents).length > 0)
      now = await step("clerk1", "recordDocuments", now, { input: documents });
    now = await step("clerk1", "submit", now);
    return step("clerk2", "confirm", now);
  }

  /** The report as clerk2 sees it. */
  const viewReport = (caseId: string) =>
    as("clerk2", (work) => viewChange(work, singleParentChanges, caseId));

  return {
    ...casework,
    household,
    registerAnew,
    join,
    toExamination,
    toApproval,
    toIssued,
    report,
    toConfirmed,
    viewReport,
  };
}
