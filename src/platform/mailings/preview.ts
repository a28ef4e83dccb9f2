import { and, asc, eq, inArray } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { judgePieces } from "./judge.ts";
import { mailingKind } from "./kind.ts";
import { printPieces } from "./print.ts";
import { getRun } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

/** Real pieces of a run, spread over it, to be looked at before it is approved. @throws Problem 404 when there are none */
export async function previewRun(work: Work, runId: string, pieces = 10): Promise<Uint8Array> {
  const found = await getRun(work, runId);
  const spread = await work.sql<{ place: number }[]>`
    select min(place) as place
      from (select place, ntile(${pieces}) over (order by place) as part
              from mailings.batch_item where run_id = ${runId} and state = 'ready') x
     group by part`;
  const places = spread.map(({ place }) => place);
  const chosen = await work.tx
    .select()
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), inArray(batchItem.place, places)))
    .orderBy(asc(batchItem.place));
  const of = { kind: mailingKind(found.kind), run: await runOfKind(work, found), sample: true };
  const ready = (await judgePieces(work, of, chosen)).flatMap(({ ready }) => ready ?? []);
  if (ready.length === 0) throw notFound("見本にできるものがありません。");
  return (await printPieces(ready)).pdf;
}
