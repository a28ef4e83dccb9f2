import { and, isNull } from "drizzle-orm";
import { parameter } from "#db/schema/city.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";
import type { ScheduledJob } from "../jobs/index.ts";
import { runWork, type Work } from "../work.ts";
import { cityParameters } from "./known.ts";
import { rowOf } from "./rows.ts";

/** What a round of a trial came to: the cases it reckoned, and of those that differ the parts of the result, in words. */
export interface TrialRound {
  readonly tried: number;
  readonly last: string;
  readonly differing: readonly { readonly caseId: string; readonly parts: readonly string[] }[];
}

/** How a 事務 tries a proposed row on its cases. */
export interface ParameterTrial {
  /** Key of the parameter. */
  readonly key: string;
  /**
   * Reckons some cases of the time in which the row would hold, open and decided ones, by the rows that hold and with the
   * proposed one. `after` is the number of the last case of the round before; a round in which none was reckoned is the last.
   */
  round(
    work: Work,
    time: { readonly from: IsoDate; readonly to: IsoDate | undefined; readonly after: string },
    row: DatedRow<never>,
  ): Promise<TrialRound>;
}

const options = { purpose: "scheduled" } as const;

/** Tries what waits for it, once a minute; a round is a unit of work, and a stopped trial begins anew. */
export const parameterTrials = (trials: readonly ParameterTrial[]): ScheduledJob => ({
  name: "city.parameter-trials",
  title: "制度の数値の試算",
  cron: "* * * * *",
  async run(platform, system) {
    const waiting = await runWork(platform, system, options, (work) =>
      work.tx
        .select()
        .from(parameter)
        .where(and(isNull(parameter.triedAt), isNull(parameter.decision)))
        .orderBy(parameter.id),
    );
    for (const proposed of waiting) {
      const differing = new Map<string, string>();
      let tried = 0;
      const one = cityParameters.find(({ key }) => key === proposed.key);
      const trial = trials.find(({ key }) => key === proposed.key);
      if (one && trial) {
        const row = rowOf(one, proposed) as DatedRow<never>;
        for (let after = ""; ; ) {
          const time = { from: row.from, to: row.to, after };
          const found = await runWork(platform, system, options, (work) =>
            trial.round(work, time, row),
          );
          if (found.tried === 0) break;
          tried += found.tried;
          after = found.last;
          for (const { caseId, parts } of found.differing) differing.set(caseId, parts.join(","));
        }
      }
      await runWork(platform, system, options, async (work) => {
        await work.sql`select city.record_trial(${proposed.id}, ${tried}, ${[...differing.keys()]}::uuid[],
          ${[...differing.values()]}::text[])`;
      });
    }
  },
});
