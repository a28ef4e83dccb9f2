import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { defaultDataFolder } from "#src/platform/data-folder.ts";
import { listenAddress, requireFree } from "./listen-address.ts";
import { databaseOfPart, partOf } from "./part.ts";
import { tellProblem } from "./tell-problem.ts";

/** Longest wait before the program is started again, and how long it has to stand until the wait begins anew. */
const longestWait = 30_000;
const standsAfter = 60_000;
/** Node keeps three times 32 MB for what has just been made, a third of all that the program holds; pages need 8. */
const lean = ["--max-semi-space-size=8"];
/** How long a program that was told to end may take. */
const patience = 20_000;

/**
 * Runs the program in a process of its own and starts it again when it ends without being told to, after 1, 2, 4 … 30
 * seconds. The embedded database belongs to this process: it stands while the program is started again, is started again
 * itself, and is stopped last. What keeps the program from starting the first time ends it with a sentence.
 *
 * @param program file of the program
 * @param word which part of it runs (`web`, `worker`); both without one
 * @returns the exit status
 */
export async function supervise(program: string, word?: string): Promise<number> {
  const ended = Promise.withResolvers<void>();
  let ending = false;
  const end = () => {
    ending = true;
    ended.resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  try {
    const part = partOf(word);
    if (part !== "both") databaseOfPart(part, process.env);
    if (part !== "worker") await requireFree(listenAddress(process.env));
    const database = process.env.DATABASE_URL
      ? null
      : await openEmbeddedServer(defaultDataFolder(), { alone: true });
    database?.keepRunning(log);
    try {
      let served = false;
      for (let wait = 1000; !ending; ) {
        const begun = Date.now();
        const execArgv = [...process.execArgv, ...lean];
        const child = fork(program, [part], { stdio: "inherit", execArgv });
        child.once("message", () => {
          served = true;
        });
        const exited = once(child, "exit") as Promise<[number | null, string | null]>;
        await Promise.race([exited, ended.promise]);
        if (ending) {
          await stop(child, exited);
          break;
        }
        const [status, signal] = await exited;
        // What stands in the way of a first start does not go by waiting; later it may, as when the database is away.
        if (status !== null && !served) return 1;
        if (Date.now() - begun > standsAfter) wait = 1000;
        log(
          `プログラムが予期せず終わりました（${signal ?? `終了コード ${status}`}）。${wait / 1000}秒後にもう一度始めます。`,
        );
        await Promise.race([delay(wait), ended.promise]);
        wait = Math.min(wait * 2, longestWait);
      }
    } finally {
      await database?.stop();
    }
    return 0;
  } catch (error) {
    tellProblem(error);
    return 1;
  }
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), patience);
  await exited;
  clearTimeout(late);
}

const log = (line: string) => console.error(`${new Date().toISOString()} ${line}`);
