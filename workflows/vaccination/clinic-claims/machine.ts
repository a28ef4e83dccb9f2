import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { main, side } from "#workflows/flows/states.ts";

/** What the machine may know of a monthly claim of a clinic. */
export interface ClinicClaimContext {
  actingStaffId: number;
  enteredBy: number;
  examinedBy: number | null;
  proposedBy: number | null;
  /** Slips and records were gathered and reckoned since its lines were entered last. */
  reckoned: boolean;
  /** Rows that nobody has judged, and those that an answer is awaited for. */
  openRows: number;
  queriedRows: number;
  /** Lines that differ from what was reckoned and that nobody has accepted. */
  openLines: number;
  /** It came after the day until which it had to be here, and nobody has said why it is paid. */
  lateOpen: boolean;
  /** What is known today is still what was proposed. */
  asProposed: boolean;
  /** What it leaves to pay, yen. */
  pay: number;
  /** Nothing of it is gathered into a run of payments. */
  unpaid: boolean;
}

const check = (reason: string, holds: Check<ClinicClaimContext>["holds"]) => ({ reason, holds });

export const clinicClaimChecks = {
  reckoned: check("予診票との突合がまだです。突合してください。", ({ reckoned }) => reckoned),
  rowsDecided: check(
    "処理の決まっていない予診票があります。支払う、返戻する、次回に回すなどを決めてください。",
    ({ openRows }) => openRows === 0,
  ),
  queriesAnswered: check(
    "照会の回答を待っている予診票があります。回答を入力するか、次回に回してください。",
    ({ queriedRows }) => queriedRows === 0,
  ),
  linesDecided: check(
    "請求と計算が違う行があります。違いを認める理由を入力してください。",
    ({ openLines }) => openLines === 0,
  ),
  lateDecided: check(
    "請求の期限の後に届いています。支払う理由を入力してください。",
    ({ lateOpen }) => !lateOpen,
  ),
  notMaker: check(
    "請求を入力した人、審査した人、起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ actingStaffId, enteredBy, examinedBy, proposedBy }) =>
      ![enteredBy, examinedBy, proposedBy].includes(actingStaffId),
  ),
  isProposer: check(
    "起案を取り下げられるのは、起案した本人だけです。",
    ({ actingStaffId, proposedBy }) => proposedBy === actingStaffId,
  ),
  asProposed: check(
    "起案の後に、接種記録、単価、減免などが変わりました。差し戻して、突合し直してください。",
    ({ asProposed }) => asProposed,
  ),
  leavesSome: check(
    "支払う額がありません。「支払なしで決裁する」を使ってください。",
    ({ pay }) => pay > 0,
  ),
  leavesNone: check("支払う額があります。「決裁する」を使ってください。", ({ pay }) => pay === 0),
  unpaid: check(
    "支払の手続に入っています。支払の回から外してから取り消すか、次の月の過誤で調整してください。",
    ({ unpaid }) => unpaid,
  ),
} as const;

const [enter, examine, propose, approve] = [
  { right: "case.enter" },
  { right: "case.examine" },
  { right: "case.propose" },
  { right: "case.approve" },
] as const;

const events = {
  reckon: { title: "予診票と突合する", ...examine, comment: "optional", forward: true },
  propose: { title: "起案する", ...propose, comment: "optional", forward: true },
  approve: { title: "決裁する", ...approve, comment: "optional", forward: true },
  approveNothing: { title: "支払なしで決裁する", ...approve, comment: "optional", forward: true },
  remand: { title: "差し戻す", ...approve, comment: "required" },
  retract: { title: "起案を取り下げる", ...propose, comment: "optional" },
  takeBack: { title: "決裁を取り消す", ...approve, comment: "required" },
  withdraw: { title: "請求を取り下げる", ...enter, comment: "required" },
  // Told by the payment itself.
  pay: { title: "支払済にする", right: "payment.prepare", comment: "optional", scheduled: true },
  unpay: {
    title: "支払が戻った",
    right: ["payment.prepare", "payment.approve"],
    comment: "optional",
    scheduled: true,
  },
} as const satisfies Record<string, EventRule>;

const decided = ["rowsDecided", "queriesAnswered", "linesDecided", "lateDecided"] as const;

const machine = setup({
  types: {
    context: {} as ClinicClaimContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(clinicClaimChecks) },
}).createMachine({
  id: "vaccination-clinic-claim",
  initial: "received",
  context: {} as ClinicClaimContext,
  states: {
    received: {
      meta: main("受付", { waits: { title: "委託料の請求の突合", ...examine } }),
      on: { reckon: "examining", withdraw: "withdrawn" },
    },
    examining: {
      meta: main("審査中", { waits: { title: "委託料の請求の審査", ...examine } }),
      on: {
        reckon: "examining",
        propose: { target: "proposed", guard: meets("reckoned", ...decided, "asProposed") },
        withdraw: "withdrawn",
      },
    },
    proposed: {
      meta: main("決裁待ち", {
        tone: "warning",
        waits: { title: "委託料の請求の決裁", ...approve },
      }),
      on: {
        approve: { target: "approved", guard: meets("leavesSome", "notMaker", "asProposed") },
        approveNothing: { target: "paid", guard: meets("leavesNone", "notMaker", "asProposed") },
        remand: "examining",
        retract: { target: "examining", guard: meets("isProposer") },
      },
    },
    approved: {
      meta: main("支払待ち", { tone: "success" }),
      on: {
        takeBack: { target: "examining", guard: meets("unpaid") },
        pay: "paid",
      },
    },
    paid: {
      meta: main("支払済", { open: false, tone: "success" }),
      on: { unpay: "approved" },
    },
    withdrawn: { meta: side("取下げ", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type ClinicClaimState = StateValueFrom<typeof machine>;
export type ClinicClaimEvent = keyof typeof events;

/** 委託料の請求 of a clinic for a month: reckoned against slips, judged, proposed by one and approved by another, paid as everything is. */
export const clinicClaimV1 = {
  kind: "vaccination-clinic-claim",
  version: 1,
  title: "委託料の請求",
  machine,
  events,
  checks: clinicClaimChecks,
} satisfies FlowDefinition<ClinicClaimContext>;
