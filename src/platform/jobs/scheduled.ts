import type { PgBoss } from "pg-boss";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { withoutPersonalData } from "./failure.ts";

/** What is done by the clock, in the name of the system's account. */
export interface ScheduledJob {
  /** Its queue, such as `child-medical.register-losses`; unique in the program. */
  name: string;
  /** What administrators read in the log: 住民記録の異動による資格の確認. */
  title: string;
  /** Minute, hour, day, month, weekday in Japan's time; no more often than once a minute. */
  cron: string;
  /**
   * Never runs twice at once, in however many processes; may be stopped at any point and is then run again. What it
   * throws goes to the log without its text, and the next time comes all the same.
   */
  run(platform: Platform, system: Actor): Promise<unknown>;
}

/** Takes up what has come due until the queue is stopped. */
export async function workScheduled(
  boss: PgBoss,
  platform: Platform,
  system: Actor,
  scheduled: readonly ScheduledJob[],
): Promise<void> {
  const options = { pollingIntervalSeconds: 2, heartbeatRefreshSeconds: 3 };
  for (const { name, title, run } of scheduled)
    await boss.work(name, options, async () => {
      try {
        await run(platform, system);
      } catch (error) {
        const message = withoutPersonalData(error);
        console.error(`定時処理 ${title}: ${message}`);
        // pg-boss keeps what is thrown with the job.
        throw new Error(message);
      }
    });
}
