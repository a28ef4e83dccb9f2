import { setup } from "xstate";
import {
  anotherPerson,
  endings,
  remanding,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { type CaseFacts, caseChecks, check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { clearDeadline, deadline, effects, letter } from "#workflows/cases/effects.ts";
import { applicationEvents } from "#workflows/cases/events.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a claim (支給申請): ids, counts and what is proposed; no amounts, nothing of a person. */
export interface ClaimFacts extends Pick<CaseFacts, "actingStaffId" | "enteredBy" | "preparedBy"> {
  /** Receipts against which something speaks that nobody can accept, and that were not set aside to be refused. */
  blocked: number;
  /** Receipts of which something doubtful was not accepted yet. */
  doubtful: number;
  /** Whole yen that the rules find to be paid are above 0. */
  payable: boolean;
  /** The account of the payee was confirmed by another person. */
  accountConfirmed: boolean;
  proposal: "payment" | "refusal" | "cancellation" | null;
  /** A receipt of the payment that is proposed, or was decided, is refused. */
  rowRefused: boolean;
  /** Nothing of it is gathered for a run or paid. */
  unpaid: boolean;
}

const of = check<ClaimFacts>;

const checks = {
  entered: of("領収書が入力されていません。", (c) => c.enteredBy !== null),
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
  preparer: of("起案した本人だけが行えます。", (c) => c.preparedBy === c.actingStaffId),
  notPreparer: caseChecks.notPreparer as unknown as ReturnType<typeof of>,
  notEntererOfDecision: of(
    "領収書を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  payment: of(null, (c) => c.proposal === "payment"),
  refusal: of(null, (c) => c.proposal === "refusal"),
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
  retract,
  approve,
  remand,
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
  withdraw,
} as const satisfies Record<string, CaseEventRule<never> | CaseEventRule<"findings" | "receipts">>;

type ClaimEvent =
  | { type: Exclude<keyof typeof events, "hold" | "inquire"> }
  | { type: "hold" | "inquire"; until: IsoDate };

const waiting = {
  on: {
    enter: {},
    resume: { target: "examination", actions: [clearDeadline("hold")] },
    expire: { target: "examination" },
    withdraw: { ...withdrawing.withdraw, actions: [clearDeadline("hold")] },
  },
} as const;

const decided = (title: string, line: StateMeta["line"]) =>
  ({
    meta: { title, line, open: false, tone: "success" } satisfies StateMeta,
    on: { proposeCancellation: { target: "cancellation", guard: meets("unpaid") } },
  }) as const;

/**
 * The claim of a 事務 for what somebody paid (償還払い): 受付 → 審査 (補正, 照会) → 決裁 → 支給決定, 一部支給 or 不支給. Who keyed
 * the receipts and who prepared the proposal don't decide; a decision can be cancelled by two people until it is paid.
 */
export function claimV1(program: string, scheme: string): CaseDefinition<ClaimFacts> {
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
      received: {
        meta: {
          title: "受付",
          line: "main",
          open: true,
          waits: { title: "領収書の入力", right: "case.enter" },
        },
        on: { enter: { target: "examination" }, ...withdrawing },
      },
      examination: {
        meta: stages.examination,
        on: {
          enter: {},
          accept: { guard: meets("someFinding") },
          hold: { target: "held", actions: [deadline("hold", "expire")] },
          inquire: { target: "inquiring", actions: [deadline("hold", "expire")] },
          propose: {
            target: "approval",
            guard: meets("entered", "accepted", "settled", "payable", "accountConfirmed"),
          },
          proposeRefusal: { target: "approval", guard: meets("entered") },
          ...withdrawing,
        },
      },
      held: {
        meta: {
          title: "補正待ち",
          line: "side",
          open: true,
          waits: { title: "補正待ち", right: "case.examine" },
          tone: "warning",
        },
        ...waiting,
      },
      inquiring: {
        meta: {
          title: "照会中",
          line: "side",
          open: true,
          waits: { title: "照会の回答待ち", right: "case.examine" },
          tone: "warning",
        },
        ...waiting,
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
        meta: {
          title: "取消しの決裁",
          line: "side",
          open: true,
          waits: { title: "取消しの決裁待ち", right: "case.revoke" },
        },
        on: {
          cancel: { target: "cancelled", guard: meets(...anotherPerson, "unpaid") },
          remand: [
            { target: "granted", guard: meets("wholly", "notPreparer") },
            { target: "partly", guard: meets("partly", "notPreparer") },
          ],
        },
      },
      refused: {
        meta: { title: "不支給決定", line: "side", open: false, tone: "error" },
        type: "final",
      },
      cancelled: {
        meta: { title: "決定の取消し", line: "side", open: false, tone: "error" },
        type: "final",
      },
      withdrawn: endings.withdrawn,
    },
  });
  return { kind, version: 1, title: `${scheme} 支給申請`, machine, events, checks };
}
