import type { MeetsGuard, StateMeta } from "./definition.ts";

/** Whether whoever acts is another person than the one who asked. */
export const byAnother = (c: { actingStaffId: number; requestedBy: number }): boolean =>
  c.requestedBy !== c.actingStaffId;

/**
 * The states in which what one person proposed waits for another, and ends refused; what follows an approval the machine says
 * itself, under `approved`.
 *
 * @param guard of both ways; it asks that another person decides
 */
export const decidedByAnother = <const Guard extends MeetsGuard>(
  guard: Guard,
  waiting = "承認待ち",
) => ({
  waiting: {
    meta: { title: waiting, line: "main", open: true, tone: "warning" } as StateMeta,
    on: {
      approve: { target: "approved", guard } as const,
      refuse: { target: "refused", guard } as const,
    },
  },
  refused: {
    meta: { title: "却下", line: "side", open: false, tone: "error" } as StateMeta,
    type: "final" as const,
  },
});
