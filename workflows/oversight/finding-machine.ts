import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of a finding (点検の指摘). */
export interface FindingContext {
  actingStaffId: number;
  /** Whose looks they are. */
  staffId: number;
  /** Who is to explain; null where nobody was asked. */
  askedOf: number | null;
}

const checks = {
  notAboutMe: {
    reason: "自分の閲覧についての指摘は、自分では処理できません。",
    holds: (c) => c.staffId !== c.actingStaffId,
  },
  asked: {
    reason: "説明できるのは、説明を求められた職員だけです。",
    holds: (c) => c.askedOf === c.actingStaffId,
  },
} as const satisfies Record<string, Check<FindingContext>>;

const events = {
  ask: { title: "説明を求める", right: "finding.settle", comment: "optional", forward: true },
  explain: { title: "説明する", right: "work.read", comment: "required" },
  justify: { title: "問題なしとする", right: "finding.settle", comment: "required" },
  incident: { title: "事案とする", right: "finding.settle", comment: "required" },
} as const satisfies Record<string, EventRule>;
export type FindingEvent = keyof typeof events;

const settling = {
  justify: { target: "justified", guard: meets("notAboutMe") },
  incident: { target: "incident", guard: meets("notAboutMe") },
} as const;
const ask = { target: "asked", guard: meets("notAboutMe") } as const;

const machine = setup({
  types: {
    context: {} as FindingContext,
    events: {} as { type: FindingEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "finding",
  initial: "open",
  context: {} as FindingContext,
  states: {
    open: {
      meta: { title: "確認待ち", line: "main", open: true, tone: "warning" },
      on: { ask, ...settling },
    },
    asked: {
      meta: { title: "説明待ち", line: "main", open: true, tone: "info" },
      on: { explain: { target: "explained", guard: meets("asked") }, ask, ...settling },
    },
    explained: {
      meta: { title: "判断待ち", line: "main", open: true, tone: "warning" },
      on: { ...settling, ask },
    },
    justified: {
      meta: { title: "問題なし", line: "main", open: false, tone: "success" },
      type: "final",
    },
    incident: { meta: { title: "事案", line: "side", open: false, tone: "error" }, type: "final" },
  },
});

/** 点検の指摘: found by night, explained by whoever is asked, settled by a person whom it does not concern. */
export const findingV1: FlowDefinition<FindingContext> = {
  kind: "oversight/finding",
  version: 1,
  title: "点検の指摘",
  machine,
  events,
  checks,
};
