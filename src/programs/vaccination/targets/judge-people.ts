import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import { usualQuietDays } from "#workflows/vaccination/targets/criteria.ts";
import {
  judgeTarget,
  laterDoses,
  type TargetVerdict,
} from "#workflows/vaccination/targets/judge.ts";
import { bearsCoupons } from "#workflows/vaccination/targets/outputs.ts";
import { historiesOf } from "../shots.ts";
import { circumstancesOf } from "../special/index.ts";
import { ordersOf, type Search } from "./gather.ts";
import type { TargetVaccine } from "./vaccines.ts";

/** A verdict of one person with the vaccine it is about. */
export interface JudgedDose {
  readonly of: TargetVaccine;
  readonly verdict: TargetVerdict;
}

/**
 * Judges people one by one as the records stand now, by the order of an extraction: the same rule as for its groups. Of a booklet with the
 * doses after the next one. People without a day of birth have no verdicts.
 */
export async function judgePeople(
  work: Work,
  search: Search,
  people: readonly Pick<Person, "personNumber" | "bornOn" | "sex">[],
): Promise<Map<string, JudgedDose[]>> {
  const numbers = people.map(({ personNumber }) => personNumber);
  const orders = await ordersOf(work, search);
  const histories = await historiesOf(work, numbers);
  const circumstances = await circumstancesOf(work, numbers);
  const sent = await sentDoses(work, search, numbers);
  return new Map(
    people.map((person) => {
      const { personNumber, bornOn, sex } = person;
      if (!bornOn) return [personNumber, []];
      const judged = orders.flatMap(({ of, order }): JudgedDose[] => {
        const group = {
          born: bornOn,
          sex,
          standing: "lives",
          conditions: conditionsAt(circumstances.get(personNumber) ?? [], search.on),
          history: histories.get(personNumber) ?? [],
          sent: sent.get(`${personNumber} ${of.vaccine.id}`) ?? new Set<string>(),
        };
        const verdict = judgeTarget(group, order);
        if (!verdict) return [];
        const later = wholeCourse(search, verdict) ? laterDoses(group, order, verdict) : [];
        return [verdict, ...later].map((one) => ({ of, verdict: one }));
      });
      return [personNumber, judged];
    }),
  );
}

const wholeCourse = ({ output }: Search, { outcome }: TargetVerdict): boolean =>
  output === "booklet" && outcome === "included";

/** Doses that were sent already, as `1:` or `1:2026`, by person and vaccine. */
async function sentDoses(
  work: Work,
  { criteria, output, on }: Search,
  numbers: readonly string[],
): Promise<Map<string, Set<string>>> {
  const since = addDays(on, -(criteria.quietDays ?? usualQuietDays));
  const rows = await work.sql<{ person: string; vaccine: string; sent: string }[]>`
    with known as (select n as asked, n as number from unnest(${[...numbers]}::text[]) n
                   union select asked, other from people.numbers_for(${[...numbers]}::text[]))
    select k.asked as person, c.vaccine, c.dose || ':' || c.occasion as sent
      from known k join vaccination.coupon c on c.person_number = k.number where ${bearsCoupons(output)} and c.state = 'issued'
    union all
    select k.asked, split_part(n.subject, ':', 1), split_part(n.subject, ':', 2) || ':' || split_part(n.subject, ':', 3)
      from known k join targets.notice n on n.person_number = k.number
     where ${!bearsCoupons(output)} and n.output = ${output} and n.state = 'sent' and n.issued_on >= ${since}`;
  const sent = new Map<string, Set<string>>();
  for (const { person, vaccine, sent: dose } of rows) {
    const key = `${person} ${vaccine}`;
    sent.set(key, (sent.get(key) ?? new Set()).add(dose));
  }
  return sent;
}
