import { setup } from "xstate";
import {
  anotherPerson,
  endings,
  remanding,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { deadline, effects, letter } from "#workflows/cases/effects.ts";
import { applicationEvents } from "#workflows/cases/events.ts";
import {
  cancellationMeta,
  type RefundProposal,
  refundChecks,
  refundEvents,
  refundStates,
} from "#workflows/cases/refund.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a claim for a refund: ids and what is proposed; no amounts, nothing of a person. */
export interface RefundFacts extends RefundProposal {
  /** Whole yen that the rules find to be paid are above 0. */
  payable: boolean;
  /** The account of the payee was confirmed by another person. */
  accountConfirmed: boolean;
  /** A dose of the payment that is proposed, or was decided, is refused. */
  rowRefused: boolean;
  /** Nothing of it is gathered for a run or paid. */
  unpaid: boolean;
}

const of = check<RefundFacts>;

const checks = {
  ...refundChecks,
  refundable: of("払い戻す額がありません。不支給を起案してください。", (c) => c.payable),
  refundAccount: of(
    "振込先口座が、別の職員によって確認されていません。",
    (c) => c.accountConfirmed,
  ),
  dosesGranted: of(null, (c) => !c.rowRefused),
  someRefused: of(null, (c) => c.rowRefused),
  refundUnpaid: of(
    "支払の手続に入っているため、取り消せません。返還を求めてください。",
    (c) => c.unpaid,
  ),
} as const;

const { enter, hold, resume, expire, retract, approve, remand, withdraw } = applicationEvents;

/** The events of a claim, in the order of the work. */
const events = {
  enter: { ...enter, title: "領収書を入力する", page: "doses" },
  hold: { ...hold, title: "補正を求める" },
  resume: { ...resume, title: "審査に戻す" },
  expire,
  propose: { ...refundEvents.propose, title: "払戻しを起案して決裁に回す" },
  proposeRefusal: refundEvents.proposeRefusal,
  retract,
  approve,
  remand,
  proposeCancellation: refundEvents.proposeCancellation,
  cancel: refundEvents.cancel,
  withdraw,
} as const satisfies Record<string, CaseEventRule<never> | CaseEventRule<"doses">>;

type RefundEvent =
  | { type: Exclude<keyof typeof events, "hold"> }
  | { type: "hold"; until: IsoDate };

const decided = (title: string, line: StateMeta["line"]) =>
  ({
    meta: { title, line, open: false, tone: "success" } satisfies StateMeta,
    on: { proposeCancellation: { target: "cancellation", guard: meets("refundUnpaid") } },
  }) as const;

/**
 * 予防接種費用の払戻し: 受付 → 審査 (補正) → 決裁 → 支給決定, 一部支給 or 不支給. Who keyed the receipts and who prepared the proposal
 * don't decide; a decision can be cancelled by two people until it is paid.
 */
export const requestRefundV1: CaseDefinition<RefundFacts> = {
  kind: "vaccination/refund",
  version: 1,
  title: "予防接種費用 払戻しの請求",
  events,
  checks,
  machine: setup({
    types: { context: {} as RefundFacts, events: {} as RefundEvent, meta: {} as StateMeta },
    guards: { meets: guardOf(checks) },
    actions: effects,
  }).createMachine({
    id: "vaccination/refund",
    initial: "received",
    context: {} as RefundFacts,
    states: {
      received: refundStates.received,
      examination: {
        meta: stages.examination,
        on: {
          enter: {},
          hold: { target: "held", actions: [deadline("hold", "expire")] },
          propose: { target: "approval", guard: meets("entered", "refundable", "refundAccount") },
          proposeRefusal: { target: "approval", guard: meets("entered") },
          ...withdrawing,
        },
      },
      held: refundStates.held,
      approval: {
        meta: stages.approval,
        on: {
          approve: [
            {
              target: "paid",
              guard: meets("payment", "dosesGranted", ...anotherPerson, "refundAccount"),
              actions: [letter("refund-decision")],
            },
            {
              target: "partly",
              guard: meets("payment", "someRefused", ...anotherPerson, "refundAccount"),
              actions: [letter("refund-decision")],
            },
            {
              target: "refused",
              guard: meets("refusal", ...anotherPerson),
              actions: [letter("refund-decision")],
            },
          ],
          retract: { target: "examination", guard: meets("preparer") },
          ...remanding,
        },
      },
      paid: decided("支給決定", "main"),
      partly: decided("一部支給決定", "side"),
      cancellation: {
        meta: cancellationMeta,
        on: {
          cancel: { target: "cancelled", guard: meets(...anotherPerson, "refundUnpaid") },
          remand: [
            { target: "paid", guard: meets("dosesGranted", "notPreparer") },
            { target: "partly", guard: meets("someRefused", "notPreparer") },
          ],
        },
      },
      refused: refundStates.refused,
      cancelled: refundStates.cancelled,
      withdrawn: endings.withdrawn,
    },
  }),
};
