import type { Request } from "express";
import type { Actor } from "#src/platform/access/index.ts";
import { recordAudit } from "#src/platform/audit/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";

/** How many refusals of one person are recorded in a minute; the last of them says that no more are. */
const mostPerMinute = 20;
const minute = 60_000;

/** Writes into the log who was refused what and which right they lacked, and never so often that it fills the log. */
export function refusalRecorder(platform: Platform) {
  const counted = new Map<number, { since: number; refusals: number }>();
  return async (actor: Actor, request: Request, right: string | undefined): Promise<void> => {
    const now = Date.now();
    const known = counted.get(actor.staffId);
    const count = known && now - known.since < minute ? known : { since: now, refusals: 0 };
    counted.set(actor.staffId, count);
    count.refusals += 1;
    if (count.refusals > mostPerMinute) return;
    // The pattern of the address, not the address: that may name a case.
    const route: { path?: string } | undefined = request.route;
    const detail = {
      route: `${request.method} ${route?.path ?? ""}`,
      ...(right && { right }),
      ...(count.refusals === mostPerMinute && { last: true }),
    };
    await runWork(platform, { ...actor, byPage: true }, { purpose: "inquiry" }, (work) =>
      recordAudit(work, { kind: "refusal", action: "access.refused", detail }),
    ).catch((error: Error) => console.error(`refusal not recorded: ${error.name}`));
  };
}
