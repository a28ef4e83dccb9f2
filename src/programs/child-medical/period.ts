import { childMedicalPeriod, type PeriodPlan } from "#workflows/child-medical/period.ts";
import { reachAge } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { type DatedParameter, valueOn } from "#workflows/parameters/dated.ts";

/** What the period is calculated from. */
export interface PeriodInput {
  birth: IsoDate;
  appliedOn: IsoDate;
  residentFrom: IsoDate;
  /** 住民でなくなった日. */
  residentTo?: IsoDate;
}

/** A line of the calculation as the screen shows it. */
export interface PeriodStep {
  label: string;
  value: string;
}

export type CalculatedPeriod = { steps: PeriodStep[]; basis: readonly string[] } & (
  | { granted: true; from: IsoDate; to: IsoDate }
  | { granted: false; reason: string }
);

/** The period of entitlement by the city's plan, with the steps that led to it. */
export function calculatePeriod(
  input: PeriodInput,
  plans: DatedParameter<PeriodPlan>,
): CalculatedPeriod {
  const { birth, appliedOn, residentFrom, residentTo } = input;
  const { endAge } = valueOn(plans, appliedOn);
  const decision = childMedicalPeriod({ birth, appliedOn, residentFrom }, plans);
  const steps: PeriodStep[] = [
    { label: "生年月日", value: formatWareki(birth) },
    { label: "申請日", value: formatWareki(appliedOn) },
    { label: "住民となった日", value: formatWareki(residentFrom) },
    {
      label: `${endAge}歳に達する日（誕生日の前日）`,
      value: formatWareki(reachAge(birth, endAge)),
    },
  ];
  const { basis } = decision;
  if (residentTo && residentTo <= appliedOn) {
    return { granted: false, reason: "申請日に市の住民ではありません。", steps, basis };
  }
  if ("none" in decision) return { granted: false, reason: decision.none, steps, basis };
  const { from, to } = decision;
  steps.push(
    { label: "始期", value: `${formatWareki(from)}（${decision.reason}）` },
    { label: "終期", value: `${formatWareki(to)}（達する日以後の最初の3月31日）` },
  );
  return { granted: true, from, to, steps, basis };
}
