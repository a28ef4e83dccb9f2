import { type Actor, openSystemSession } from "#src/platform/access/index.ts";
import {
  cityParameterOf,
  decideParameter,
  parameterTrials,
  proposeParameter,
} from "#src/platform/parameters/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";

/** An invented 一部負担金 for ひとり親家庭等医療費助成, of which the demonstration city has none in stock. */
const copay = planOfCopays([
  { kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 },
  { kind: "inpatient", unit: "day", amount: 500 },
]);

/** What the demonstration city sets before it pays (制度の数値): until when may be claimed, and an invented 一部負担金. */
export async function setCityFigures(
  platform: Platform,
  staff: { sets: Actor; approves: Actor },
): Promise<void> {
  for (const program of ["child-medical", "single-parent-medical"]) {
    const key = `${program}.refund-deadline`;
    await setFigure(platform, staff, key, cityParameterOf(key).templates?.[0]?.known);
  }
  await setFigure(platform, staff, "single-parent-medical.copay-plan", copay);
}

/** Proposed, tried, approved by another person. */
export async function setFigure(
  platform: Platform,
  { sets, approves }: { sets: Actor; approves: Actor },
  key: string,
  value: unknown,
  from: IsoDate = "2020-04-01",
): Promise<void> {
  const id = await runWork(platform, sets, { purpose: "administration" }, (work) =>
    proposeParameter(work, cityParameterOf(key), {
      value,
      from,
      to: null,
      source: "実演のための値",
      certainty: "probable",
    }),
  );
  await parameterTrials([]).run(platform, await openSystemSession(platform));
  await runWork(platform, approves, { purpose: "administration" }, (work) =>
    decideParameter(work, id, "approve"),
  );
}
