import { and, asc, eq, gt, gte, lte } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import type { Granting } from "#src/platform/applications/index.ts";
import { findPreset } from "#src/platform/city/index.ts";
import type { ParameterTrial } from "#src/platform/parameters/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { period } from "#workflows/child-medical/city-parameters.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import type { PeriodPlan } from "#workflows/child-medical/period.ts";
import { periodArea } from "#workflows/child-medical/presets.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import { replacedBy } from "#workflows/parameters/follow.ts";
import { calculatePeriod } from "./granting.ts";

const CASES_A_ROUND = 200;

/** Tries another 対象期間 on the applications received in its time: open ones and decided ones. */
export const periodTrial: ParameterTrial = {
  key: period.key,
  async round(work, { from, to, after }, row) {
    const cases = await work.tx
      .select({
        id: caseRow.id,
        number: caseRow.number,
        personNumber: caseRow.personNumber,
        receivedOn: caseRow.receivedOn,
      })
      .from(caseRow)
      .where(
        and(
          eq(caseRow.kind, applicationV1.kind),
          gte(caseRow.receivedOn, from),
          to === undefined ? undefined : lte(caseRow.receivedOn, to),
          gt(caseRow.number, after),
        ),
      )
      .orderBy(asc(caseRow.number))
      .limit(CASES_A_ROUND);
    const numbers = [...new Set(cases.map(({ personNumber }) => personNumber))];
    const people = await lookAtPeople(work, numbers, ["facts"]);
    const byNumber = new Map(people.map((person) => [person.personNumber, person]));
    const now = await findPreset(work, periodArea, from);
    const then = replacedBy(now, period.title, [row]) as DatedParameter<PeriodPlan>;
    const differing = cases.flatMap(({ id, personNumber, receivedOn }) => {
      const child = byNumber.get(personNumber);
      // Of whom no full day of birth is known nobody reckons a period.
      if (!child?.bornOn) return [];
      const input = {
        personNumber,
        birth: child.bornOn,
        appliedOn: receivedOn as IsoDate,
        residentFrom: child.residence.from,
        residentTo: child.residence.to,
        diedOn: child.diedOn,
      };
      const parts = differenceOf(now && calculatePeriod(input, now), calculatePeriod(input, then));
      return parts.length === 0 ? [] : [{ caseId: id, parts }];
    });
    return { tried: cases.length, last: cases.at(-1)?.number ?? after, differing };
  },
};

function differenceOf(now: Granting | undefined, then: Granting): string[] {
  if (!now?.granted || !then.granted) return now?.granted === then.granted ? [] : ["認定の可否"];
  const [one] = now.periods;
  const [other] = then.periods;
  return [
    ...(one?.from === other?.from ? [] : ["始期"]),
    ...(one?.to === other?.to ? [] : ["終期"]),
  ];
}
