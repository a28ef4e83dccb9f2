import { and, asc, eq } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import { cutBundlesIntoLots, cutIntoLots } from "#workflows/mailings/lots.ts";
import { runWork, type Work } from "../work.ts";
import { enterFile } from "./enter-file.ts";
import { mailingKind } from "./kind.ts";
import { applyRunEvent } from "./move-run.ts";
import { pack } from "./pack.ts";
import { type PreparedFile, prepareNextFile } from "./prepare-file.ts";
import { pressOf, printFiles } from "./print-files.ts";
import { lockRun } from "./run.ts";
import type { Maker } from "./working-files.ts";

/**
 * Makes the files of an approved run and packs them. What is kept of a file is one transaction, so that a process may die
 * at any moment: what was committed stays, the rest is made by the next call, byte for byte as it would have been.
 */
export async function makeRun(maker: Maker): Promise<void> {
  const { platform, actor, options, runId } = maker;
  await runWork(platform, actor, options, (work) => numberPieces(work, runId));
  let ended: "made" | "stopped" | "overtaken";
  do ended = await makeFiles(maker);
  while (ended === "overtaken");
  if (ended === "made") await pack(maker);
}

async function makeFiles(maker: Maker): Promise<"made" | "stopped" | "overtaken"> {
  const { platform, actor, options, runId, signal } = maker;
  const inWork = <T>(work: (work: Work) => Promise<T>) => runWork(platform, actor, options, work);
  async function* prepared(): AsyncGenerator<PreparedFile> {
    for (let after = 0; ; ) {
      const next = await inWork((work) => prepareNextFile(work, runId, after));
      if (!next) return;
      after = next.file;
      yield next;
    }
  }
  const press = await inWork((work) => pressOf(work, runId));
  for await (const file of printFiles(prepared(), press)) {
    // The task fails then, so that it is taken up again.
    signal?.throwIfAborted();
    const entered = await inWork((work) => enterFile(work, runId, file));
    if (entered !== "entered") return entered;
  }
  return "made";
}

/** Gives every piece its number and its file, in postal order. */
async function numberPieces(work: Work, runId: string): Promise<void> {
  const run = await lockRun(work, runId);
  const numbered = run.fileCount > 0;
  if (numbered || (run.state !== "approved" && run.state !== "making")) return;
  const pieces = await work.tx
    .select({
      personNumber: batchItem.personNumber,
      subject: batchItem.subject,
      number: batchItem.pieceNumber,
      bundle: batchItem.bundle,
    })
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), eq(batchItem.state, "ready")))
    .orderBy(asc(batchItem.place));
  const { id, number } = mailingKind(run.kind);
  const wanted = pieces.filter(({ number }) => number === null).length;
  const taken = wanted === 0 ? [] : ((await number.take?.(work, wanted)) ?? []);
  if (taken.length < wanted) throw new Error(`${id} has no numbers for its pieces`);
  const numbers = pieces.map(({ number }) => number ?? taken.shift() ?? "");
  const lots =
    run.bundling === "none"
      ? cutIntoLots(pieces.length)
      : cutBundlesIntoLots(
          [...Map.groupBy(pieces, ({ bundle }) => bundle).values()].map(({ length }) => length),
        );
  const files = lots.flatMap(({ file, first, last }) => Array<number>(last - first + 1).fill(file));
  await work.sql`
    select mailings.number_pieces(${runId}, ${pieces.map((p) => p.personNumber)}::text[],
      ${pieces.map((p) => p.subject)}::text[], ${numbers}::text[], ${files}::integer[])`;
  if (run.state === "approved") await applyRunEvent(work, { runId, type: "make" });
}
