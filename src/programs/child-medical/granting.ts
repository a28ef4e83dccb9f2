import { birthUnknown, type Granting } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { reachesBack } from "#workflows/child-medical/opening.ts";
import { childMedicalPeriod, type PeriodPlan } from "#workflows/child-medical/period.ts";
import { periodArea } from "#workflows/child-medical/presets.ts";
import { reachAge } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { type DatedParameter, valueOn } from "#workflows/parameters/dated.ts";
import type { Entered } from "./entered.ts";

/** What the period is calculated from. */
export interface PeriodInput {
  personNumber: string;
  birth: IsoDate;
  appliedOn: IsoDate;
  residentFrom: IsoDate;
  /** 住民でなくなった日. */
  residentTo?: IsoDate | undefined;
  /** 申請事由, a code; it stands with the 取得 of the entitlement. */
  reason?: string | undefined;
  diedOn?: IsoDate | undefined;
}

/** The period of entitlement by the city's plan, with the steps that led to it. */
export function calculatePeriod(
  { personNumber, birth, appliedOn, residentFrom, residentTo, diedOn, ...input }: PeriodInput,
  plans: DatedParameter<PeriodPlan>,
): Granting {
  const { endAge } = valueOn(plans, appliedOn);
  const decision = childMedicalPeriod({ birth, appliedOn, residentFrom }, plans);
  const { basis } = decision;
  const steps = [
    { label: "生年月日", value: formatWareki(birth) },
    { label: "申請日", value: formatWareki(appliedOn) },
    { label: "住民となった日", value: formatWareki(residentFrom) },
    {
      label: `${endAge}歳に達する日（誕生日の前日）`,
      value: formatWareki(reachAge(birth, endAge)),
    },
  ];
  const lastDay = diedOn ?? (residentTo && addDays(residentTo, -1));
  const gone = lastDay !== undefined && lastDay < appliedOn;
  // Who applies in time is entitled from birth or in-move on, and so as long as the child lived here.
  const late = reachesBack({ receivedOn: appliedOn, birth, residentFrom }, plans);
  if (gone && !late)
    return { granted: false, reason: "申請日に市の住民ではありません。", steps, basis };
  if ("none" in decision) return { granted: false, reason: decision.none, steps, basis };
  const { from, reason } = decision;
  const to = gone && lastDay < decision.to ? lastDay : decision.to;
  const ended = to === decision.to ? "達する日以後の最初の3月31日" : "市の住民であった最後の日";
  steps.push(
    { label: "始期", value: `${formatWareki(from)}（${reason}）` },
    { label: "終期", value: `${formatWareki(to)}（${ended}）` },
  );
  return {
    granted: true,
    periods: [{ personNumber, from, to, reason: input.reason ?? "application" }],
    steps,
    basis,
  };
}

/** The period as the city's rules give it for an application; asks the register for dates only. */
export async function grantingOf(
  work: Work,
  found: CaseRow,
  entered: Entered | undefined,
): Promise<Granting> {
  const { personNumber } = found;
  const child = await lookAtPerson(work, personNumber, ["facts"]);
  if (!child) throw new Error("the child of an application is in the register");
  const appliedOn = found.receivedOn as IsoDate;
  const { bornOn: birth, residence, diedOn } = child;
  if (!birth) return birthUnknown([child]);
  const { from: residentFrom, to: residentTo } = residence;
  return calculatePeriod(
    { personNumber, birth, appliedOn, residentFrom, residentTo, diedOn, reason: entered?.reason },
    await presetOf(work, periodArea, appliedOn),
  );
}
