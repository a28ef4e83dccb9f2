import "#src/programs/vaccination/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { reliefAmountParameters } from "#workflows/vaccination/city-parameters-relief.ts";
import type { ReliefAmounts } from "#workflows/vaccination/relief/amounts.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import { documentsAsked } from "#workflows/vaccination/relief/documents.ts";
import type { TestPlatform } from "./database.ts";
import { paymentsOf } from "./payments.ts";
import { noticeOfMinister, reliefOf } from "./relief.ts";

/** One institution's month, as it is keyed. */
export const keyedVisit = (given: Record<string, unknown> = {}) => ({
  month: "2024-05",
  institutionName: "例示市民病院",
  way: "outpatient",
  days: [7, 8],
  paid: 3_000,
  meals: 0,
  reimbursed: 0,
  certificate: true,
  hospitalEquivalent: false,
  ...given,
});

/** A claim of 医療費 and 医療手当 for a person. */
export const keyedBenefits = (medicalPayee: string, given: Record<string, unknown> = {}) => ({
  visits: [keyedVisit()],
  medicalPayee,
  allowanceMonths: [{ month: "2024-05" }],
  benefits: [],
  disabilityMonths: 0,
  ...given,
});

/** A pension for a person, as it is keyed. */
export const keyedPension = (payeeNumber: string, given: Record<string, unknown> = {}) => ({
  benefit: "disability-pension",
  payeeNumber,
  grade: 2,
  causeOn: "2023-04-20",
  homeCare: false,
  otherBenefits: 0,
  ...given,
});

/** Benefits of relief in a test: recognised claims whose payees have accounts, and decisions on them. */
export function reliefBenefitsOf(test: TestPlatform) {
  const relief = reliefOf(test);
  const payments = paymentsOf(test, "vaccination");

  /** A claim of a person for these benefits, recognised by the Minister. */
  async function recognisedOf(
    person: string,
    benefits: readonly ReliefBenefit[],
    given: Record<string, unknown> = {},
  ) {
    const entered = await relief.entered(
      { shotOn: "2023-04-20", claimantNumber: person, benefits, ...given },
      person,
    );
    const received = await relief.step("clerk1", "receive", entered);
    const complete = await relief.step("clerk1", "recordDocuments", received, {
      input: Object.fromEntries(documentsAsked(benefits).map((code) => [code, "seen"])),
    });
    const inCommittee = await relief.step("clerk2", "toCommittee", complete);
    const taken = await relief.step("clerk2", "takeReport", await relief.reported(inCommittee));
    const forwarded = await relief.step("clerk2", "forward", await relief.packaged(taken), {
      input: { forwardedOn: test.platform.clock.today() },
    });
    return relief.step("clerk2", "recognise", forwarded, {
      input: {
        ...noticeOfMinister,
        answeredOn: test.platform.clock.today(),
        arrivedOn: test.platform.clock.today(),
        benefits: Object.fromEntries(benefits.map((one) => [one, { recognised: true }])),
      },
    });
  }

  /** The same for somebody new, who has an account. */
  async function recognised(
    benefits: readonly ReliefBenefit[],
    given: Record<string, unknown> = {},
    born: IsoDate = "2020-05-10",
  ) {
    const person = await relief.person({ birthDate: born });
    await payments.account(person);
    return { person, at: await recognisedOf(person, benefits, given) };
  }

  /** What two people set of the amounts, by SQL: trials need no cases here. */
  async function setAmounts(
    of: keyof typeof reliefAmountParameters,
    from: string,
    value: ReliefAmounts,
  ) {
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, tried_cases, tried_at, decision, decided_by, decided_at)
      select ${reliefAmountParameters[of].key}, ${JSON.stringify(value)}::text::jsonb, ${from}, '厚生労働省の通知', 'established',
             (select min(id) from access.staff), now(), 0, now(), 'approved', (select max(id) from access.staff), now()`;
  }

  return { ...relief, payments, recognised, recognisedOf, setAmounts };
}
