import { and, asc, count, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { batchItem, batchRun, handOver } from "#db/schema/mailings.ts";
import { pieceResult } from "#db/schema/targets.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { readCouponNumber } from "../coupons.ts";

/** What a contractor tells of a piece. */
export const pieceResults = { made: "作成", spoilt: "損紙", posted: "発送" } as const;
export type PieceResult = keyof typeof pieceResults;
/** What was done about a spoilt one. */
export const settlements = { "printed-again": "再印刷した", withdrawn: "送らない" } as const;
export type Settlement = keyof typeof settlements;

const byWord = new Map<string, PieceResult>(
  Object.entries(pieceResults).map(([code, title]) => [title, code as PieceResult]),
);

/** `券番号,結果` lines; a heading is passed over. The numbers of lines that are none. */
export function readResults(text: string): {
  results: Map<string, PieceResult>;
  wrong: number[];
} {
  const results = new Map<string, PieceResult>();
  const wrong: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const [code = "", word = ""] = line.replaceAll('"', "").split(/[,\t]/);
    if (code.trim() === "") continue;
    const number = readCouponNumber(figures(code.trim()));
    const result = byWord.get(word.trim());
    if (number && result) results.set(number, result);
    else if (index > 0 || number) wrong.push(index + 1);
  }
  return { results, wrong };
}

/** Keeps what a contractor told of pieces of a run. @throws EntryProblem at the text where a line is wrong or a number is none of the run */
export async function noteResults(
  work: Work,
  { runId, on, text }: { runId: string; on: IsoDate; text: string },
): Promise<number> {
  const { results, wrong } = readResults(text);
  if (wrong.length > 0)
    throw new EntryProblem(
      "file",
      `番号と結果（作成・損紙・発送）が読めない行があります：${wrong.slice(0, 20).join("、")}行目`,
    );
  if (results.size === 0) throw new EntryProblem("file", "結果の行がありません。");
  const [row] = await work.sql<{ strange: string[] }[]>`
    select targets.note_results(${runId}, ${[...results.keys()]}::text[], ${[...results.values()]}::text[], ${on}) as strange`.catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "22023")
        throw new EntryProblem("on", "引渡しの日から今日までの日付を入力してください。");
      throw error;
    },
  );
  if (row && row.strange.length > 0)
    throw new EntryProblem(
      "file",
      `この発送にない番号が含まれています：${row.strange.slice(0, 20).join("、")}`,
    );
  return results.size;
}

/** Runs that were handed over, the newest first: of them results may come. */
export const handedRuns = (work: Work) =>
  work.tx
    .select({ id: batchRun.id, serial: batchRun.serial, title: batchRun.title })
    .from(batchRun)
    .innerJoin(handOver, eq(handOver.runId, batchRun.id))
    .where(and(eq(batchRun.program, "vaccination"), isNotNull(handOver.handedOn)))
    .orderBy(desc(batchRun.serial))
    .limit(200);

/** How many results there are by run and what they say. */
export const countResults = (work: Work) =>
  work.tx
    .select({
      runId: pieceResult.runId,
      serial: batchRun.serial,
      title: batchRun.title,
      result: pieceResult.result,
      pieces: count(),
    })
    .from(pieceResult)
    .innerJoin(batchRun, eq(batchRun.id, pieceResult.runId))
    .groupBy(pieceResult.runId, batchRun.serial, batchRun.title, pieceResult.result)
    .orderBy(desc(batchRun.serial), asc(pieceResult.result))
    .limit(300);

const open = and(eq(pieceResult.result, "spoilt"), isNull(pieceResult.settled));

/** Spoilt pieces of which nothing was done yet, a page of them, with whom they were for. */
export const spoiltPieces = (work: Work, { from, size }: { from: number; size: number }) =>
  work.tx
    .select({
      runId: pieceResult.runId,
      pieceNumber: pieceResult.pieceNumber,
      toldOn: pieceResult.toldOn,
      at: pieceResult.at,
      personNumber: batchItem.personNumber,
      subject: batchItem.subject,
      kind: batchRun.kind,
    })
    .from(pieceResult)
    .innerJoin(batchRun, eq(batchRun.id, pieceResult.runId))
    .innerJoin(
      batchItem,
      and(
        eq(batchItem.runId, pieceResult.runId),
        eq(batchItem.pieceNumber, pieceResult.pieceNumber),
      ),
    )
    .where(open)
    .orderBy(asc(pieceResult.toldOn), asc(pieceResult.pieceNumber))
    .offset(from)
    .limit(size);

/** How many of them there are, and since when. */
export async function spoiltFigures(work: Work): Promise<{ count: number; since: Date | null }> {
  const [row] = await work.sql<{ count: number; since: Date | null }[]>`
    select count(*)::integer as count, min(at) as since from targets.piece_result where result = 'spoilt' and settled is null`;
  return row ?? { count: 0, since: null };
}

/** Says what was done about a spoilt piece. @throws Problem 409 where it is settled, or where nothing was done about it */
export async function settleSpoilt(
  work: Work,
  { runId, pieceNumber, how }: { runId: string; pieceNumber: string; how: Settlement },
): Promise<void> {
  await work.sql`select targets.settle_result(${runId}, ${pieceNumber}, ${how})`.catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "MD014")
        throw conflict("この損紙は、ほかの人が処理しました。");
      if (error instanceof Error && "code" in error && error.code === "MD019")
        throw conflict(
          how === "printed-again"
            ? "まだ再印刷されていません。一括発送の「再印刷」か、券・通知の画面で印刷してから記録してください。"
            : "券がまだ有効か、通知・はがきが再印刷されています。券は取り消してから「送らない」に、再印刷したものは「再印刷した」にしてください。",
        );
      throw error;
    },
  );
}
