import type { Actor } from "../access/actor.ts";
import { handlingOf } from "../entitlements/index.ts";
import type { Platform } from "../platform.ts";
import { runWork } from "../work.ts";
import type { AnyApplicationKind } from "./kind.ts";

/** How many entitlements end in one transaction. */
const lot = 500;

/**
 * 有効期間満了: ends what has run out, by the clock. Run again it ends nothing twice.
 *
 * @returns how many ended
 */
export async function expireEntitlements(
  platform: Platform,
  system: Actor,
  { program }: Pick<AnyApplicationKind, "program">,
): Promise<number> {
  const options = { purpose: "feed", program, reason: "expiry" } as const;
  let ended = 0;
  for (let some = lot; some === lot; ended += some)
    some = await runWork(platform, system, options, async (work) => {
      const { expired } = await handlingOf(work, program, platform.clock.today());
      const [row] = await work.sql<{ count: number }[]>`
        select entitlements.expire(${program}, ${expired === "return"}, ${lot}) as count`;
      return row?.count ?? 0;
    });
  return ended;
}
