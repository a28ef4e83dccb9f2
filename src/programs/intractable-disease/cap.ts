import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type HouseholdCap,
  type HouseholdCapFacts,
  householdCap,
} from "#workflows/intractable-disease/household-cap.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import type { Entered } from "./entered.ts";

/** 階層 and 自己負担上限月額 of what was entered, as of the day of the application. */
export const capOf = async (
  work: Work,
  { receivedOn }: Pick<CaseRow, "receivedOn">,
  entered: Entered,
): Promise<HouseholdCap> => capOn(work, receivedOn as IsoDate, entered);

/** The same on any day, such as that of a report of change. */
export const capOn = async (work: Work, on: IsoDate, entered: Entered): Promise<HouseholdCap> =>
  householdCap(capFacts(entered, on), await presetOf(work, planArea, on));

function capFacts(entered: Entered, on: IsoDate): HouseholdCapFacts {
  const { applicant, insurance, tax } = entered;
  const people = entered.people.filter(({ left }) => !left);
  const patient = {
    name: applicant.relation === "self" ? applicant.name : "本人",
    insuredOrPatient: true,
    tax,
    patient: null,
  };
  const guardian = people.findIndex((one) => one.guardian);
  return {
    on,
    insurance: insurance.kind,
    welfare: entered.welfare,
    longHighCost: entered.longHighCost,
    ventilator: entered.ventilator,
    incomeUnconfirmed: entered.incomeUnconfirmed,
    welfarePrevention: entered.welfarePrevention,
    ownPediatric: entered.pediatric,
    members: [
      patient,
      ...people.map((one) => ({
        name: one.name,
        insuredOrPatient: one.insured,
        tax: one.tax,
        patient: one.patient === "none" ? null : { of: one.patient, cap: one.patientCap },
      })),
    ],
    incomeOf: guardian + 1,
  };
}
