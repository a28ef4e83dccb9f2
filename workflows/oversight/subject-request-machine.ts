import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of a request of a person about their own data (開示・訂正・利用停止の請求, 問合せ). */
export interface SubjectRequestContext {
  actingStaffId: number;
  /** Who proposed the decision. */
  preparedBy: number | null;
  extended: boolean;
  outcome: "whole" | "part" | "refused" | null;
}

const checks = {
  anotherPerson: {
    reason: "決定案を作った本人は決定できません。",
    holds: (c) => c.preparedBy !== c.actingStaffId,
  },
  once: {
    reason: "期限の延長は1回だけです。",
    holds: (c) => !c.extended,
  },
  granted: {
    reason: "しないと決定したため、実施するものはありません。",
    holds: (c) => c.outcome !== "refused",
  },
  refused: {
    reason: "決定した内容を先に実施してください。",
    holds: (c) => c.outcome === "refused",
  },
} as const satisfies Record<string, Check<SubjectRequestContext>>;

const rule = { right: "subject-request.handle", comment: "required" } as const;
const events = {
  investigate: { ...rule, title: "調査を始める", forward: true },
  extend: { ...rule, title: "期限を延長する" },
  propose: { ...rule, title: "決定案を出す", forward: true },
  remand: { ...rule, title: "調査に戻す" },
  decide: { ...rule, title: "決定する", forward: true },
  notify: { ...rule, title: "通知した", forward: true },
  carry: { ...rule, title: "実施した", forward: true },
  close: { ...rule, title: "終結する", forward: true },
  withdraw: { ...rule, title: "取下げを受ける" },
} as const satisfies Record<string, EventRule>;
export type SubjectRequestEvent = keyof typeof events;

const extend = (target: string) => ({ target, guard: meets("once") });
const withdraw = { target: "withdrawn" } as const;

const machine = setup({
  types: {
    context: {} as SubjectRequestContext,
    events: {} as { type: SubjectRequestEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "subject-request",
  initial: "received",
  context: {} as SubjectRequestContext,
  states: {
    received: {
      meta: { title: "受付", line: "main", open: true, tone: "warning" },
      on: { investigate: { target: "investigating" }, extend: extend("received"), withdraw },
    },
    investigating: {
      meta: { title: "調査", line: "main", open: true, tone: "warning" },
      on: { propose: { target: "awaiting" }, extend: extend("investigating"), withdraw },
    },
    awaiting: {
      meta: { title: "決定待ち", line: "main", open: true, tone: "warning" },
      on: {
        decide: { target: "decided", guard: meets("anotherPerson") },
        remand: { target: "investigating" },
        withdraw,
      },
    },
    decided: {
      meta: { title: "決定", line: "main", open: true, tone: "info" },
      on: { notify: { target: "notified" } },
    },
    notified: {
      meta: { title: "通知", line: "main", open: true, tone: "info" },
      on: {
        carry: { target: "carried", guard: meets("granted") },
        close: { target: "closed", guard: meets("refused") },
      },
    },
    carried: {
      meta: { title: "実施", line: "main", open: true, tone: "info" },
      on: { close: { target: "closed" } },
    },
    closed: { meta: { title: "終結", line: "main", open: false, tone: "success" }, type: "final" },
    withdrawn: {
      meta: { title: "取下げ", line: "side", open: false, tone: "info" },
      type: "final",
    },
  },
});

/** A request of a person about their own data: investigated, decided by another than prepared it, told, carried out. */
export const subjectRequestV1: FlowDefinition<SubjectRequestContext> = {
  kind: "oversight/subject-request",
  version: 1,
  title: "開示・訂正・利用停止の請求",
  machine,
  events,
  checks,
};
