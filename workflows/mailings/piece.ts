import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { type RunState, runStateMeta } from "./machine.ts";
import { prepare } from "./states.ts";

/** What the machine may know of a piece: where its run stands. */
export interface PieceContext {
  runState: RunState;
}

const check = (reason: string, holds: Check<PieceContext>["holds"]) => ({ reason, holds });

/** When the pieces of a run move; each reason stands in the refusal. */
export const pieceChecks = {
  unapproved: check(
    "保留を解除できるのは承認の前だけです。",
    ({ runState }) => runStateMeta(runState).unapproved === true,
  ),
  beingMade: check("作成の途中ではありません。", ({ runState }) => runState === "making"),
} as const;

const byProgram = (title: string) =>
  ({ title, ...prepare, comment: "optional", scheduled: true }) as const;

const events = {
  /** Needs `person.read-protected` too: see `releaseItem`. */
  release: { title: "保留を解除する", right: "mailing.approve", comment: "required" },
  print: byProgram("作成する"),
  hold: byProgram("保留する"),
  leave: byProgram("見合わせる"),
} as const satisfies Record<string, EventRule>;

const state = (title: string, open: boolean): StateMeta => ({ title, line: "main", open });
const whileMade = { guard: meets("beingMade") } as const;

const machine = setup({
  types: {
    context: {} as PieceContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(pieceChecks) },
}).createMachine({
  id: "mailing-piece",
  initial: "ready",
  context: {} as PieceContext,
  states: {
    ready: {
      meta: state("発送する", true),
      on: {
        print: { target: "made", ...whileMade },
        hold: { target: "held", ...whileMade },
        leave: { target: "left-out", ...whileMade },
      },
    },
    held: {
      meta: state("保留", true),
      on: { release: { target: "ready", guard: meets("unapproved") } },
    },
    "left-out": { meta: state("見合わせ", false), type: "final" },
    made: { meta: state("作成済", false), type: "final" },
  },
});

/**
 * 郵便物の一通: found ready, held (支援措置) or left out. What is held goes only when it was released before the approval;
 * what may not be sent any more when it is printed is held or left out.
 */
export const mailingPiece = {
  kind: "mailing-piece",
  version: 1,
  title: "郵便物",
  machine,
  events,
  checks: pieceChecks,
} satisfies FlowDefinition<PieceContext>;
