import {
  birthUnknown,
  type CalculationStep,
  type Granting,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import { lookAtPeople, type Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { type DatedParameter, valueOn } from "#workflows/parameters/dated.ts";
import {
  type HouseholdPeriod,
  type HouseholdPeriodPlan,
  householdPeriod,
  renewalAfter,
} from "#workflows/single-parent-medical/period.ts";
import { periodArea } from "#workflows/single-parent-medical/presets-period.ts";
import { type Child, childrenOf, type Entered } from "./entered.ts";

/** What the periods of a household are calculated from. */
export interface Asked {
  /** The parent, or who brings the children up. */
  subject: string;
  entered: Pick<Entered, "applicant" | "people">;
  appliedOn: IsoDate;
  /** 事由の生じた日. */
  categoryFrom: IsoDate;
}

/** The periods of the parent and of each child by the city's plan; asks the register for dates only. */
export function grantingOf(
  work: Work,
  { personNumber: subject, receivedOn }: CaseRow,
  entered: Entered | undefined,
): Promise<Granting> {
  const categoryFrom = entered?.category.since as IsoDate;
  return entered
    ? periodsOf(work, { subject, entered, appliedOn: receivedOn as IsoDate, categoryFrom })
    : Promise.resolve({
        granted: false,
        reason: "申請内容がまだ入力されていません。",
        steps: [],
        basis: [],
      });
}

/** The same for any household; nobody is granted anything unless everybody is. */
export async function periodsOf(work: Work, asked: Asked): Promise<Granting> {
  const { subject, entered, appliedOn } = asked;
  const children = childrenOf(entered);
  const plans = await presetOf(work, periodArea, appliedOn);
  const numbers = [subject, ...children.map(({ personNumber }) => personNumber)];
  const found = await lookAtPeople(work, numbers, ["facts"]);
  const people = new Map(found.map((person) => [person.personNumber, person]));
  // The parent's own birth is asked for nothing: the period goes by the children.
  const needed = found.filter((one) => !one.bornOn && one.personNumber !== subject);
  if (needed.length > 0) return birthUnknown(needed);
  const considered = [
    { personNumber: subject, group: entered.applicant.name, own: children },
    ...children.map((child) => ({
      personNumber: child.personNumber,
      group: child.name,
      own: [child],
      child,
    })),
  ].map((one) => ({ ...one, period: periodOf(asked, plans, people, one) }));

  const steps = considered.flatMap(({ group, period }) =>
    linesOf(period).map((line) => ({ ...line, group })),
  );
  const basis = [...new Set(considered.flatMap(({ period }) => period.basis))];
  const periods = considered.flatMap(({ personNumber, period }) =>
    "none" in period
      ? []
      : [{ personNumber, from: period.from, to: period.to, reason: period.acquisition }],
  );
  if (periods.length === considered.length) return { granted: true, periods, steps, basis };
  const reason =
    "対象期間のない方がいます。計算の過程を確かめ、その方を外して入力し直すか、却下を起案してください。";
  return { granted: false, reason, steps, basis };
}

function periodOf(
  { appliedOn, categoryFrom }: Asked,
  plans: DatedParameter<HouseholdPeriodPlan>,
  people: ReadonlyMap<string, Person>,
  one: { personNumber: string; own: readonly Child[]; child?: Child },
): HouseholdPeriod {
  const person = people.get(one.personNumber);
  const { from, fromReason, to } = person?.residence ?? {};
  const hindrance =
    one.child && !one.child.insurance
      ? "健康保険が入力されていません。"
      : !one.child?.apart && (!from || (to && to <= appliedOn))
        ? "申請日に市の住民ではありません。"
        : undefined;
  if (hindrance) return { none: hindrance, basis: [] };
  return householdPeriod(
    {
      children: one.own.flatMap(({ personNumber, disabled, pupil }) => {
        const birth = people.get(personNumber)?.bornOn;
        return birth ? [{ birth, disabled, pupil }] : [];
      }),
      appliedOn,
      categoryFrom,
      residentFrom: fromReason === "move-in" && !one.child?.apart ? from : undefined,
    },
    plans,
  );
}

const linesOf = (period: HouseholdPeriod): CalculationStep[] =>
  "none" in period
    ? [{ label: "対象期間", value: period.none }]
    : [
        ...period.steps.map(({ label, date }) => ({ label, value: formatWareki(date) })),
        { label: "始まる理由", value: period.reason },
      ];

/** Last day that certificates say: that of the benefit year, where the entitlement goes on after it. */
export async function certificateUntil(
  work: Work,
  granted: readonly Pick<Entitlement, "id" | "validFrom" | "validTo">[],
  on: IsoDate,
): Promise<ReadonlyMap<string, IsoDate>> {
  const { renewal } = valueOn(await presetOf(work, periodArea, on), on);
  return new Map(
    granted.map(({ id, validFrom, validTo }) => {
      const [from, to] = [validFrom as IsoDate, validTo as IsoDate];
      return [id, renewalAfter(later(from, on), to, renewal) ?? to];
    }),
  );
}
