import { setTimeout as wait } from "node:timers/promises";
import type { HubAnswer } from "#src/formats/pmh/answers.ts";
import type { Actor } from "../access/actor.ts";
import type { JobHandler } from "../jobs/index.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { type HubReply, postRows } from "./client.ts";
import { type RowToSend, takeRows } from "./rows.ts";
import { pmhProgress } from "./runs.ts";
import { hubOf, settingOfRun } from "./setting.ts";

/** How patiently a run is sent, in milliseconds. */
interface Patience {
  /** For one request. With the pauses below it stays under the three minutes for which lines are one sender's own. */
  timeout: number;
  /** Between the attempts of a request. */
  pauses: readonly number[];
  /** Between looks at lines that another sender, perhaps a killed one, still has. */
  look: number;
}
const patient: Patience = { timeout: 30_000, pauses: [2_000, 15_000], look: 3_000 };

/** Which lines the answers are of: by 履歴キー and whether it is a deletion. What the hub tells of anything else is left out. */
export function answersByLine(
  rows: readonly { line: number; historyKey: string; isDeleted: boolean }[],
  answers: readonly HubAnswer[],
) {
  const lines = new Map(rows.map((one) => [`${one.historyKey} ${one.isDeleted}`, one.line]));
  return answers.flatMap(({ historyKey, isDeleted, accepted, code }) => {
    const line = lines.get(`${historyKey} ${isDeleted}`);
    return line === undefined
      ? []
      : [{ line, outcome: accepted ? ("accepted" as const) : ("refused" as const), code }];
  });
}

/** Keeps what was answered. @returns how many lines of the run were settled by it */
export async function recordAnswers(
  work: Work,
  runId: string,
  answers: ReturnType<typeof answersByLine>,
): Promise<number> {
  const [row] = await work.sql<{ answered: number }[]>`
    select pmh.record_answers(${runId}, ${answers.map(({ line }) => line)}::bigint[],
      ${answers.map(({ outcome }) => outcome)}::text[], ${answers.map(({ code }) => code)}::text[]) as answered`;
  return row?.answered ?? 0;
}

/**
 * Sends what of a run is not answered yet, request by request, until nothing is left, it is stopped, or the hub does not answer;
 * then it says why and can be resumed. A row whose answer was lost is sent again under the same 履歴キー.
 */
export async function sendRun(
  platform: Platform,
  actor: Actor,
  runId: string,
  how: { work: WorkOptions; signal: AbortSignal; patience?: Patience },
): Promise<void> {
  const { signal, patience = patient } = how;
  const unit = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, how.work, run);
  const interrupt = async (why: string, rows: readonly RowToSend[] = []) => {
    await unit(async (work) => {
      await work.sql`select pmh.give_back(${runId}, ${rows.map(({ line }) => line)}::bigint[])`;
      await work.sql`select pmh.interrupt(${runId}, ${why})`;
    });
  };
  while (!signal.aborted) {
    const { run, figures } = await unit((work) => pmhProgress(work, runId));
    if (run.state !== "sending" || run.way !== "http") return;
    const setting = await unit((work) => settingOfRun(work, runId));
    const hub = await hubOf(platform, setting);
    if (!hub) return interrupt("files");
    const taken = await unit((work) => takeRows(work, { runId, program: run.program, setting }))
      .then((rows) => ({ rows }))
      .catch((error: unknown) => ({ refused: refusalOf(error) }));
    if ("refused" in taken) {
      if (taken.refused === "moved") continue;
      return interrupt("setting");
    }
    const { rows } = taken;
    if (rows.length === 0) {
      if (!figures.some(({ state }) => state === "ready")) return;
      await wait(patience.look, undefined, { signal }).catch(() => {});
      continue;
    }
    const reply = await post(rows, (batch) =>
      postRows(
        hub,
        batch.map(({ row }) => row),
        { timeout: patience.timeout, signal },
      ),
    );
    if (reply.kind === "failed") {
      if (signal.aborted) return;
      return interrupt(reply.why, rows);
    }
    const answers = answersByLine(
      rows.map(({ line, row }) => ({ line, ...row })),
      reply.answers,
    );
    if (answers.length === 0) return interrupt("unreadable-answer", rows);
    await unit(async (work) => {
      await recordAnswers(work, runId, answers);
      await work.sql`select pmh.give_back(${runId}, ${rows.map(({ line }) => line)}::bigint[])`;
    });
  }

  /** The same rows again, as long as that may help. */
  async function post(
    rows: readonly RowToSend[],
    send: (rows: readonly RowToSend[]) => Promise<HubReply>,
  ): Promise<HubReply> {
    let reply = await send(rows);
    for (const pause of patience.pauses) {
      if (reply.kind === "answered" || !reply.again || signal.aborted) break;
      await wait(pause, undefined, { signal }).catch(() => {});
      reply = await send(rows);
    }
    return reply;
  }
}

/** Why rows were not handed out: the run has moved on, or what is set of the city is not whole. */
function refusalOf(error: unknown): "moved" | "setting" {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "MD011") return "moved";
  if (code === "MD020" || error instanceof Problem) return "setting";
  throw error;
}

/** Sending in the background; goes on where it stopped. */
export const pmhJobs: readonly JobHandler[] = [
  {
    queue: "pmh.send",
    purpose: "feed",
    run: ({ platform, actor, subjectId, options, signal }) =>
      sendRun(platform, actor, subjectId, { work: options, signal }),
    async givenUp({ platform, actor, options, subjectId }) {
      await runWork(platform, actor, options, async (work) => {
        await work.sql`select pmh.interrupt(${subjectId}, 'program')`;
      });
    },
  },
];
