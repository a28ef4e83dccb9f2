import { incomesAsked } from "#src/platform/applications/index.ts";
import { determinedIncome, taxesOf } from "#src/platform/intake/index.ts";
import {
  addressLine,
  hasReached,
  lookAtHousehold,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { type Entered, singleParent } from "#src/programs/single-parent-medical/index.ts";
import { addMonths } from "#workflows/dates/iso-date.ts";
import type { PlayedKind } from "./counter.ts";

const insurance = {
  insurerNumber: "01430016",
  insurerName: "全国健康保険協会　熊本支部",
  kind: "kyokai",
  symbol: "12345678",
  number: "101",
  branchNumber: "02",
  since: "2020-04-01",
} as const;

/** ひとり親家庭等医療費助成 as it is played: a parent with the children of the household. */
export const playedSingleParent: PlayedKind = {
  kind: singleParent,
  documents: (proof) => ({
    "family-register": "seen",
    "insurance-proof": proof,
    "account-proof": "not-needed",
  }),
  async invent(work, personNumber): Promise<Entered> {
    const { subject, household } = await lookAtHousehold(work, personNumber);
    const today = work.platform.clock.today();
    const name = shownName(subject);
    const children = household.filter((one) => hasReached(one, 18, today) === false);
    return {
      category: { code: "divorce", since: addMonths(today, -2) },
      applicant: {
        name,
        kana: shownKana(subject),
        relation: subject.sex === "male" ? "father" : "mother",
        postalCode: subject.address?.postalCode ?? "",
        address: addressLine(subject),
        building: subject.address?.building ?? "",
        telephone: "096-000-0002",
      },
      agent: null,
      insurance: { ...insurance, insuredName: name, relation: "insured" },
      people: children.map((child) => ({
        role: "child",
        personNumber: child.personNumber,
        name: "",
        relation: "child",
        disabled: false,
        pupil: false,
        apart: false,
        insurance: { ...insurance, insuredName: name, relation: "dependant" },
      })),
      childSupport: 0,
      allowanceNumber: "",
      pension: false,
      account: null,
      mailing: null,
      welfare: false,
    };
  },
  async incomes(work, found) {
    const asked = await incomesAsked(work, singleParent, found);
    const told = await taxesOf(work, found, asked);
    const people = asked.personNumbers.map((personNumber) =>
      determinedIncome(told.get(personNumber)?.facts)
        ? { source: "tax-feed", personNumber }
        : { ...keyed, personNumber },
    );
    return { people };
  },
  overLimit: { reason: "income", check: "withinLimits" },
};

/** Off a certificate of income, of somebody whom the tax office does not know. */
const keyed = {
  source: "keyed",
  items: { salary: 900_000, pension: 0, business: 0, other: 0, deductions: {} },
  dependants: 1,
  elderlyDependants: 0,
  studentDependants: 0,
} as const;
