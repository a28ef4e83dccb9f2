import { and, asc, eq, inArray } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { intoEnvelopes } from "./bundles.ts";
import { judgePieces } from "./judge.ts";
import { mailingKind } from "./kind.ts";
import { envelopesIn } from "./prepare-file.ts";
import { printPieces } from "./print.ts";
import { getRun, runNumber } from "./run.ts";
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
  // Of envelopes with several pieces some are shown whole.
  const whole = found.bundling === "none" ? [] : await bundlesAt(work, runId, places.slice(0, 4));
  const chosen = await work.tx
    .select()
    .from(batchItem)
    .where(
      and(
        eq(batchItem.runId, runId),
        whole.length > 0
          ? and(eq(batchItem.state, "ready"), inArray(batchItem.bundle, whole))
          : inArray(batchItem.place, places),
      ),
    )
    .orderBy(asc(batchItem.place));
  const of = { kind: mailingKind(found.kind), run: await runOfKind(work, found), sample: true };
  const going = (await judgePieces(work, of, chosen)).flatMap(({ ready, item, reason }) =>
    ready ? [{ piece: ready, bundle: item.bundle, isProtected: reason !== null }] : [],
  );
  if (going.length === 0) throw notFound("見本にできるものがありません。");
  const groups = intoEnvelopes(found.bundling, going);
  const envelopes = await envelopesIn(work, found, { name: `${runNumber(found)}-0000`, groups });
  return (await printPieces(groups.flat(), envelopes)).pdf;
}

async function bundlesAt(work: Work, runId: string, places: readonly number[]): Promise<number[]> {
  const rows = await work.tx
    .selectDistinct({ bundle: batchItem.bundle })
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), inArray(batchItem.place, [...places])));
  return rows.flatMap(({ bundle }) => bundle ?? []);
}
