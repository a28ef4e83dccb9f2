import { and, desc, eq, ne } from "drizzle-orm";
import { entitlement } from "#db/schema/entitlements.ts";
import type { CalculationStep, Granting } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { citeDiseases } from "#workflows/intractable-disease/diseases.ts";
import {
  entitlementEnd,
  entitlementStart,
} from "#workflows/intractable-disease/high-cost-months.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import { capOf } from "./cap.ts";
import type { Entered } from "./entered.ts";

const law = "難病の患者に対する医療等に関する法律";

/** From when until when the patient would be entitled, with the steps of the period and of the cap. */
export async function grantingOf(
  work: Work,
  found: CaseRow,
  entered: Entered | undefined,
): Promise<Granting> {
  if (!entered)
    return { granted: false, reason: "申請内容がまだ入力されていません。", steps: [], basis: [] };
  const { personNumber } = found;
  const receivedOn = found.receivedOn as IsoDate;
  const cap = await capOf(work, found, entered);
  const capSteps: CalculationStep[] = [
    ...cap.steps,
    ...(cap.known ? [] : [{ label: "決まらない理由", value: cap.reason }]),
  ].map((step) => ({ ...step, group: "自己負担上限月額" }));
  const plan = rowOn(await presetOf(work, planArea, receivedOn), receivedOn).value;
  const start = await startOf(work, found, entered);
  const basis = [`${law}第7条`, `${law}第9条`, citeDiseases(receivedOn), ...cap.basis];
  if ("reason" in start) return { granted: false, reason: start.reason, steps: capSteps, basis };
  const { from, steps } = start;
  const to = entitlementEnd(from, plan.fixedEnd, plan.mostMonths);
  if (to < from)
    return {
      granted: false,
      reason: "有効期間の終わりの日が、始まりより前になります。市の設定を確かめてください。",
      steps: [...steps, ...capSteps],
      basis,
    };
  return {
    granted: true,
    periods: [{ personNumber, from, to, reason: entered.sort }],
    steps: [
      ...[...steps, { label: "有効期間の終わり", value: formatWareki(to) }].map((step) => ({
        ...step,
        group: "有効期間",
      })),
      ...capSteps,
    ],
    basis,
  };
}

/** The first day: of 更新 the day after the period that ends; otherwise with the look-back, not before the patient lives here. */
async function startOf(
  work: Work,
  { id, personNumber, receivedOn }: CaseRow,
  entered: Entered,
): Promise<{ from: IsoDate; steps: CalculationStep[] } | { reason: string }> {
  const appliedOn = receivedOn as IsoDate;
  const applied = { label: "申請日", value: formatWareki(appliedOn) };
  if (entered.sort === "renewal") {
    const ends = await lastDayHeld(work, personNumber, id);
    if (!ends || ends < appliedOn)
      return {
        reason: ends
          ? `前の有効期間は${formatWareki(ends)}に終わっています。更新は最後の日まで受け付けられます。申請区分を新規にして入力し直してください。`
          : "更新する受給資格がありません。申請区分を確かめてください。",
      };
    return {
      from: addDays(ends, 1),
      steps: [applied, { label: "前の有効期間の終わり", value: formatWareki(ends) }],
    };
  }
  const severe = entered.records
    .filter(({ denied, severeOn }) => !denied && severeOn !== "")
    .map(({ severeOn }) => severeOn as IsoDate)
    .toSorted()[0];
  const mild = entered.mildHighCost ? (entered.mildHighCostMetOn as IsoDate) : undefined;
  const first = entitlementStart({
    appliedOn,
    severeOn: severe,
    mildHighCostMetOn: mild,
    hindered: entered.hindered,
  });
  if (!first) return { reason: "診断年月日も、軽症高額の基準該当日も入力されていません。" };
  const [person] = await lookAtPeople(work, [personNumber], ["facts"]);
  const movedIn = person?.residence.fromReason === "move-in" ? person.residence.from : undefined;
  const from = movedIn ? later(first, movedIn) : first;
  return {
    from,
    steps: [
      applied,
      ...(severe ? [{ label: "診断年月日", value: formatWareki(severe) }] : []),
      ...(mild ? [{ label: "軽症高額の基準該当日", value: formatWareki(mild) }] : []),
      {
        label: "遡り",
        value: entered.hindered ? "やむを得ない理由があり、3か月まで" : "申請日から1か月まで",
      },
      ...(movedIn && movedIn > first
        ? [{ label: "市の住民となった日", value: formatWareki(movedIn) }]
        : []),
      { label: "有効期間の始まり", value: formatWareki(from) },
    ],
  };
}

/** The last day of what somebody holds by another application. */
async function lastDayHeld(
  work: Work,
  personNumber: string,
  without: string,
): Promise<IsoDate | undefined> {
  const [row] = await work.tx
    .select({ validTo: entitlement.validTo })
    .from(entitlement)
    .where(
      and(
        eq(entitlement.program, "intractable-disease"),
        eq(entitlement.personNumber, personNumber),
        ne(entitlement.caseId, without),
        ne(entitlement.status, "revoked"),
      ),
    )
    .orderBy(desc(entitlement.validTo))
    .limit(1);
  return row?.validTo as IsoDate | undefined;
}
