import { meets, type StateMeta } from "#workflows/flows/definition.ts";
import { anotherPerson } from "./application.ts";
import type { ChangeFacts } from "./change.ts";
import { check } from "./checks.ts";
import type { CaseEventRule } from "./definition.ts";
import { letter } from "./effects.ts";

/*
 * 喪失, 停止, 再開 and 訂正 of an entitlement by a report: proposed by one person and decided by another, for a machine of
 * reports to spread. What each does to the period, the certificates and what was paid, the database carries out.
 */

/** What a machine may know of the movement that a report asks for. */
export interface MovementFacts extends ChangeFacts {
  /** What it does to the entitlements; `null` where it changes their data alone. */
  movement: "lost" | "suspended" | "resumed" | "corrected" | "granted" | null;
  /** What the open proposal is about. */
  proposal: string | null;
  /** An entitlement that the report is about holds, or is lost: it was not 取消. */
  correctable: boolean;
  /** The days that are entered meet another entitlement of the same person. */
  overlaps: boolean;
}

const own = check<MovementFacts>;

export const movementChecks = {
  noDecisionNeeded: own("この届出には決裁が必要です。", (c) => c.movement === null),
  ofLoss: own("喪失の届出ではありません。", (c) => c.movement === "lost"),
  ofSuspension: own("停止の届出ではありません。", (c) => c.movement === "suspended"),
  ofResumption: own("再開の届出ではありません。", (c) => c.movement === "resumed"),
  ofCorrection: own("訂正の届出ではありません。", (c) => c.movement === "corrected"),
  correctable: own("取り消された資格は訂正できません。", (c) => c.correctable),
  noOverlap: own("訂正後の期間が、同じ方のほかの資格と重なります。", (c) => !c.overlaps),
  loss: own(null, (c) => c.proposal === "loss"),
  change: own(null, (c) => c.proposal === "change"),
} as const;

const requesting = {
  right: "case.propose",
  comment: "optional",
  act: "propose",
  forward: true,
} as const;

/** Each movement has its own proposal, so that the button says what is proposed. */
export const movementEvents = {
  requestDecision: { title: "喪失を起案して決裁に回す", ...requesting, subject: "loss" },
  requestSuspension: { title: "停止を起案して決裁に回す", ...requesting, subject: "change" },
  requestResumption: { title: "再開を起案して決裁に回す", ...requesting, subject: "change" },
  requestCorrection: { title: "訂正を起案して決裁に回す", ...requesting, subject: "change" },
} as const satisfies Record<string, CaseEventRule<never>>;

/** In 審査: what is confirmed is proposed. */
export const proposingMovement = {
  requestDecision: { target: "approval", guard: meets("confirmed", "ofLoss", "entitled") },
  requestSuspension: { target: "approval", guard: meets("confirmed", "ofSuspension", "entitled") },
  requestResumption: { target: "approval", guard: meets("confirmed", "ofResumption", "entitled") },
  requestCorrection: {
    target: "approval",
    guard: meets("confirmed", "ofCorrection", "correctable", "noOverlap"),
  },
} as const;

/** In 決裁: by another person than prepared and entered it; the person is told. */
export const decidingMovement = {
  approve: [
    {
      target: "lost",
      guard: meets("loss", ...anotherPerson, "entitled"),
      actions: [letter("loss")],
    },
    {
      target: "applied",
      guard: meets("change", ...anotherPerson, "correctable", "noOverlap"),
      actions: [letter("change")],
    },
  ],
} as const;

/** 喪失: the entitlement has ended by the report. */
export const lost = {
  lost: {
    meta: { title: "喪失", line: "side", open: false, tone: "neutral" } satisfies StateMeta,
    type: "final",
  },
} as const;
