import type { StateMeta } from "#workflows/flows/definition.ts";
import { withdrawing } from "./application.ts";
import { check, proposalChecks } from "./checks.ts";
import type { CaseEventRule } from "./definition.ts";
import { clearDeadline } from "./effects.ts";

/*
 * Pieces of a case that pays back what somebody paid for receipts: 受付 → 審査 (補正) → 決裁 → 支給決定 or 不支給, and the 取消し of a
 * decision by two people, for a machine to spread.
 */

/** What every such case says of its proposal. */
export interface RefundProposal {
  actingStaffId: number;
  enteredBy: number | null;
  preparedBy: number | null;
  proposal: "payment" | "refusal" | "cancellation" | null;
}

const of = check<RefundProposal>;

/** Who keyed the receipts and who prepared the proposal don't decide. */
export const refundChecks = {
  entered: of("領収書が入力されていません。", (c) => c.enteredBy !== null),
  ...proposalChecks,
  notEntererOfDecision: of(
    "領収書を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  payment: of(null, (c) => c.proposal === "payment"),
  refusal: of(null, (c) => c.proposal === "refusal"),
} as const;

/** What is proposed of it, and the 取消し that another decides. */
export const refundEvents = {
  propose: {
    title: "支給を起案して決裁に回す",
    right: "case.propose",
    comment: "optional",
    act: "propose",
    subject: "payment",
    forward: true,
  },
  proposeRefusal: {
    title: "不支給を起案して決裁に回す",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "refusal",
    reasons: "refusal",
  },
  proposeCancellation: {
    title: "支給決定の取消しを起案する",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "cancellation",
    reasons: "cancellation",
  },
  cancel: {
    title: "支給決定の取消しを決裁する",
    right: "case.revoke",
    comment: "optional",
    act: "approve",
    page: "decision",
    forward: true,
  },
} as const satisfies Record<string, CaseEventRule<never>>;

/** While something is asked for the receipts may be mended; back to 審査 when it is there or the limit date has passed. */
export const refundWaiting = {
  enter: {},
  resume: { target: "examination", actions: [clearDeadline("hold")] },
  expire: { target: "examination" },
  withdraw: { ...withdrawing.withdraw, actions: [clearDeadline("hold")] },
} as const;

/** The states that are the same in each. */
export const refundStates = {
  received: {
    meta: {
      title: "受付",
      line: "main",
      open: true,
      waits: { title: "領収書の入力", right: "case.enter" },
    } satisfies StateMeta,
    on: { enter: { target: "examination" }, ...withdrawing },
  },
  held: {
    meta: {
      title: "補正待ち",
      line: "side",
      open: true,
      waits: { title: "補正待ち", right: "case.examine" },
      tone: "warning",
    } satisfies StateMeta,
    on: refundWaiting,
  },
  refused: {
    meta: { title: "不支給決定", line: "side", open: false, tone: "error" } satisfies StateMeta,
    type: "final",
  },
  cancelled: {
    meta: { title: "決定の取消し", line: "side", open: false, tone: "error" } satisfies StateMeta,
    type: "final",
  },
} as const;

/** 取消しの決裁: how its state stands in the picture; the ways out are each machine's own. */
export const cancellationMeta = {
  title: "取消しの決裁",
  line: "side",
  open: true,
  waits: { title: "取消しの決裁待ち", right: "case.revoke" },
} as const satisfies StateMeta;
