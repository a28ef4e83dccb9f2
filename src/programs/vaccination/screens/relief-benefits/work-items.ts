import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import {
  type PensionState,
  reliefPensionV1,
} from "#workflows/vaccination/relief/pension-machine.ts";
import {
  pensionNumber,
  pensionStateMeta,
  pensionsWaiting,
  waitingPensions,
} from "../../relief-benefits/pensions.ts";
import { silentFigures, silentReports } from "../../relief-benefits/reports.ts";
import { runStateMeta, runsWaiting } from "../../relief-benefits/runs.ts";
import { monthInWords, pensionPaths } from "./words.ts";

const held = (right: Right) => (work: Work) => holds(work.actor, right, { program: "vaccination" });

const states = Object.keys(reliefPensionV1.machine.config.states ?? {}) as PensionState[];
const pensions = states.flatMap((state) => {
  const { waits, title } = pensionStateMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: `年金の${waits.title}`,
    for: held(waits.right as Right),
    figures: (work) => pensionsWaiting(work, state),
    read: async (work, lines) =>
      (await waitingPensions(work, state, lines)).map(({ pension, since }) => ({
        title: `健康被害救済の年金 ${pensionNumber(pension)}`,
        path: pensionPaths.one(pension.id),
        since,
        state: title,
      })),
  });
});

const runs = itemsOfKind({
  list: "waiting",
  kind: "年金の支払の承認待ち",
  for: ({ actor }) => holdsForAll(actor, "payment.approve", "vaccination"),
  figures: async (work) => {
    const [run] = await runsWaiting(work);
    return { count: run ? 1 : 0, since: run?.preparedAt ?? null };
  },
  read: async (work) =>
    (await runsWaiting(work)).map((run) => ({
      title: `健康被害救済の年金の支払 ${monthInWords(run.payMonth)}`,
      path: pensionPaths.run(run.id),
      since: run.preparedAt,
      state: runStateMeta(run.state).title,
    })),
});

const silent = itemsOfKind({
  list: "waiting",
  kind: "年金の現況届の未提出（催告の期限後）",
  for: held("case.propose"),
  figures: silentFigures,
  read: async (work, lines) =>
    (await silentReports(work, lines)).map(({ pension, since }) => ({
      title: `健康被害救済の年金 ${pensionNumber(pension)}`,
      path: pensionPaths.one(pension.id),
      since,
      state: "差止めの検討",
    })),
});

/** What waits of the pensions: decisions, the run of a month, and those of whom no 現況届 came. */
export const pensionItems: readonly WorkSource[] = [...pensions, runs, silent];
