import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "#src/platform/access/index.ts";
import { openSystemSession, signOut } from "#src/platform/access/index.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import { fireDeadlines, runEffects } from "#src/platform/cases/index.ts";
import { eraseOldPackages } from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { openLossesFromRegister } from "#src/programs/child-medical/index.ts";

const minute = 60_000;

/** What is done by the clock, how often, in the name of the system's account. */
const duties: {
  title: string;
  every: number;
  run(platform: Platform, system: Actor): Promise<unknown>;
}[] = [
  { title: "封印", every: minute, run: (platform) => sealRecords(platform) },
  { title: "期限", every: 10 * minute, run: fireDeadlines },
  { title: "残った処理", every: minute, run: (platform, system) => runEffects(platform, system) },
  {
    title: "住民記録の異動による資格の確認",
    every: 60 * minute,
    run: openLossesFromRegister,
  },
  {
    title: "保存期間を過ぎた発送データの消去",
    every: 60 * minute,
    run: (platform, system) =>
      runWork(platform, system, { purpose: "scheduled" }, eraseOldPackages),
  },
];

/** Starts what is done by the clock; each duty waits for its own end before it comes again. */
export async function startSchedule(platform: Platform): Promise<{ stop(): Promise<void> }> {
  const system = await openSystemSession(platform);
  const stopped = new AbortController();
  const running = duties.map(({ title, every, run }) =>
    repeat(every, stopped.signal, async () => {
      try {
        await run(platform, system);
      } catch (error) {
        console.error(`定時処理 ${title}: ${error instanceof Error ? error.name : "error"}`);
      }
    }),
  );
  return {
    stop: async () => {
      stopped.abort();
      await Promise.all(running);
      await signOut(platform, system.sessionToken, "schedule stopped");
    },
  };
}

async function repeat(every: number, stopped: AbortSignal, task: () => Promise<void>) {
  while (!stopped.aborted) {
    await task();
    // Ends at once where the program is stopping, even if that began during the task.
    await sleep(every, undefined, { signal: stopped }).catch(() => {});
  }
}
