import type { Actor } from "../access/actor.ts";
import type { ScheduledJob } from "../jobs/index.ts";
import type { Platform } from "../platform.ts";
import { runWork } from "../work.ts";
import { renewalState, renewKeys } from "./renew-keys.ts";

/** After how many days keys are renewed: so long at most what was erased can be read in an old copy of the database. */
const renewAfterDays = 30;

/** Goes on with a renewal under way, and begins one when the last is a month old. */
async function renewWhenDue(platform: Platform, system: Actor): Promise<void> {
  const state = await runWork(platform, system, { purpose: "scheduled" }, renewalState);
  if (!state) return;
  const days = (platform.clock.now().getTime() - state.begunAt.getTime()) / 86_400_000;
  if (!state.done || days >= renewAfterDays) await renewKeys(platform, system);
}

/** In the night; a renewal that was stopped goes on the night after, or with `npm run cli -- keys renew`. */
export const renewalJob: ScheduledJob = {
  name: "vault.renew-keys",
  title: "鍵の更新",
  cron: "40 2 * * *",
  run: renewWhenDue,
};
