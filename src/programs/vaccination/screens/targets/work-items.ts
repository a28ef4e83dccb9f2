import { holds } from "#src/platform/access/actor.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { fewItems, itemsOfKind } from "#src/platform/work-sources.ts";
import { monthStart } from "#workflows/dates/iso-date.ts";
import { monthlyLeft } from "../../targets/definitions.ts";
import { spoiltFigures, spoiltPieces } from "../../targets/results.ts";
import { paths } from "../paths.ts";

const prepares = (work: Work) => holds(work.actor, "mailing.prepare", { program: "vaccination" });

/** Monthly extractions that were not run this month, and spoilt pieces of which nothing was done. */
export const targetItems: readonly WorkSource[] = [
  fewItems(async (work) => {
    if (!prepares(work)) return [];
    const today = work.platform.clock.today();
    return (await monthlyLeft(work, today)).map(({ id, title }) => ({
      list: "waiting" as const,
      kind: "毎月の抽出（今月は未実行）",
      title,
      path: `${paths.targetNew}?definition=${id}` as const,
      since: new Date(`${monthStart(today)}T00:00:00+09:00`),
      state: "未実行",
    }));
  }),
  itemsOfKind({
    list: "waiting",
    kind: "委託先の損紙",
    for: prepares,
    figures: spoiltFigures,
    read: async (work, lines) =>
      (await spoiltPieces(work, lines)).map(({ pieceNumber, at }) => ({
        title: `損紙 ${pieceNumber}`,
        path: paths.pieceResults,
        since: at,
        state: "損紙",
      })),
  }),
];
