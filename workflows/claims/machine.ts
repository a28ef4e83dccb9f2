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
  refundWaiting,
} from "#workflows/cases/refund.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a claim (支給申請): ids, counts and what is proposed; no amounts, nothing of a person. */
export interface ClaimFacts extends RefundProposal {
  /** Receipts against which something speaks that nobody can accept, and that were not set aside to be refused. */
  blocked: number;
  /** Receipts of which something doubtful was not accepted yet. */
  doubtful: number;
  /** Whole yen that the rules find to be paid are above 0. */
  payable: boolean;
  /** The account of the payee was confirmed by another person. */
  accountConfirmed: boolean;
  /** A receipt of the payment that is proposed, or was decided, is refused. */
  rowRefused: boolean;
  /** Nothing of it is gathered for a run or paid. */
  unpaid: boolean;
}

const of = check<ClaimFacts>;

const checks = {
  ...refundChecks,
  accepted: of("確かめる必要のある領収書があります。", (c) => c.doubtful === 0),
  settled: of(
    "このままでは支給できない領収書があります。直すか、不支給とする理由を選んでください。",
    (c) => c.blocked === 0,
  ),
  someFinding: of("確かめる必要のある領収書はありません。", (c) => c.doubtful + c.blocked > 0),
  payable: of("支給する額がありません。不支給を起案してください。", (c) => c.payable),
  accountConfirmed: of(
    "振込先口座が、別の職員によって確認されていません。",
    (c) => c.accountConfirmed,
  ),
  wholly: of(null, (c) => !c.rowRefused),
  partly: of(null, (c) => c.rowRefused),
  unpaid: of("支払の手続に入っているため、取り消せません。返還を求めてください。", (c) => c.unpaid),
} as const;

const { enter, hold, resume, expire, retract, approve, remand, withdraw } = applicationEvents;

/** The events of a claim, in the order of the work. */
const events = {
  enter: { ...enter, title: "領収書を入力する", page: "receipts" },
  accept: {
    title: "確認事項を判断する",
    right: "case.examine",
    comment: "optional",
    page: "findings",
    forward: true,
  },
  hold: { ...hold, title: "補正を求める" },
  inquire: {
    title: "照会する",
    right: "case.examine",
    comment: "required",
    until: "回答期限",
  },
  resume: { ...resume, title: "審査に戻す" },
  expire: { ...expire, title: "補正期限・回答期限の経過" },
  propose: refundEvents.propose,
  proposeRefusal: refundEvents.proposeRefusal,
  retract,
  approve,
  remand,
  proposeCancellation: refundEvents.proposeCancellation,
  cancel: refundEvents.cancel,
  withdraw,
} as const satisfies Record<string, CaseEventRule<never> | CaseEventRule<"findings" | "receipts">>;

/** What is asked for in writing is entered on a page of its own, and its letter says it. */
const eventsV2 = {
  ...events,
  hold: { ...events.hold, comment: "optional", page: "supplement" },
  inquire: { ...events.inquire, comment: "optional", page: "ask" },
} as const satisfies Record<
  string,
  CaseEventRule<never> | CaseEventRule<"ask" | "findings" | "receipts" | "supplement">
>;

type ClaimEvent =
  | { type: Exclude<keyof typeof events, "hold" | "inquire"> }
  | { type: "hold" | "inquire"; until: IsoDate };

const decided = (title: string, line: StateMeta["line"]) =>
  ({
    meta: { title, line, open: false, tone: "success" } satisfies StateMeta,
    on: { proposeCancellation: { target: "cancellation", guard: meets("unpaid") } },
  }) as const;

/**
 * The first version of the claim: 補正, 照会 and 取消 had no letters. @see claimV2
 */
export const claimV1 = (program: string, scheme: string): CaseDefinition<ClaimFacts> =>
  claimOfVersion(1, program, scheme);

/**
 * The claim of a 事務 for what somebody paid (償還払い): 受付 → 審査 (補正, 照会) → 決裁 → 支給決定, 一部支給 or 不支給. Who keyed
 * the receipts and who prepared the proposal don't decide; a decision can be cancelled by two people until it is paid. 補正, 照会 and 取消 each cause a letter.
 */
export const claimV2 = (program: string, scheme: string): CaseDefinition<ClaimFacts> =>
  claimOfVersion(2, program, scheme);

function claimOfVersion(
  version: 1 | 2,
  program: string,
  scheme: string,
): CaseDefinition<ClaimFacts> {
  const written = version === 2;
  const asks = (kind: "claim-supplement" | "claim-inquiry") =>
    written ? [letter(kind), deadline("hold", "expire")] : [deadline("hold", "expire")];
  const kind = `${program}/claim`;
  const machine = setup({
    types: { context: {} as ClaimFacts, events: {} as ClaimEvent, meta: {} as StateMeta },
    guards: { meets: guardOf(checks) },
    actions: effects,
  }).createMachine({
    id: kind,
    initial: "received",
    context: {} as ClaimFacts,
    states: {
      received: refundStates.received,
      examination: {
        meta: stages.examination,
        on: {
          enter: {},
          accept: { guard: meets("someFinding") },
          hold: { target: "held", actions: asks("claim-supplement") },
          inquire: { target: "inquiring", actions: asks("claim-inquiry") },
          propose: {
            target: "approval",
            guard: meets("entered", "accepted", "settled", "payable", "accountConfirmed"),
          },
          proposeRefusal: { target: "approval", guard: meets("entered") },
          ...withdrawing,
        },
      },
      held: refundStates.held,
      inquiring: {
        meta: {
          title: "照会中",
          line: "side",
          open: true,
          waits: { title: "照会の回答待ち", right: "case.examine" },
          tone: "warning",
        },
        on: refundWaiting,
      },
      approval: {
        meta: stages.approval,
        on: {
          approve: [
            {
              target: "granted",
              guard: meets("payment", "wholly", ...anotherPerson, "accountConfirmed"),
              actions: [letter("claim-decision")],
            },
            {
              target: "partly",
              guard: meets("payment", "partly", ...anotherPerson, "accountConfirmed"),
              actions: [letter("claim-decision")],
            },
            {
              target: "refused",
              guard: meets("refusal", ...anotherPerson),
              actions: [letter("claim-decision")],
            },
          ],
          retract: { target: "examination", guard: meets("preparer") },
          ...remanding,
        },
      },
      granted: decided("支給決定", "main"),
      partly: decided("一部支給決定", "side"),
      cancellation: {
        meta: cancellationMeta,
        on: {
          cancel: {
            target: "cancelled",
            guard: meets(...anotherPerson, "unpaid"),
            actions: written ? [letter("claim-cancellation")] : [],
          },
          remand: [
            { target: "granted", guard: meets("wholly", "notPreparer") },
            { target: "partly", guard: meets("partly", "notPreparer") },
          ],
        },
      },
      refused: refundStates.refused,
      cancelled: refundStates.cancelled,
      withdrawn: endings.withdrawn,
    },
  });
  return {
    kind,
    version,
    title: `${scheme} 支給申請`,
    machine,
    events: written ? eventsV2 : events,
    checks,
  };
}
