import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { singleParent } from "./application.ts";

/** Ends what has run out by the clock (遠隔地証, 被災者); gives how many. Run again it ends nothing twice. */
export const endExpired = (platform: Platform, system: Actor): Promise<number> =>
  byTheClock(platform, system, "expire");

/** 区間異動: households whose day has come go over to their new office; gives how many. */
export const handOverHouseholds = (platform: Platform, system: Actor): Promise<number> =>
  byTheClock(platform, system, "hand_over_reports");

const byTheClock = (platform: Platform, system: Actor, what: "expire" | "hand_over_reports") =>
  runWork(platform, system, { purpose: "case", program: singleParent.program }, async ({ sql }) => {
    const [row] = await sql<{ done: number }[]>`select ${sql(`single_parent.${what}`)}() as done`;
    return row?.done ?? 0;
  });
