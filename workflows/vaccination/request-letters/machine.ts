import { setup } from "xstate";
import {
  anotherPerson,
  endings,
  examining,
  held,
  holding,
  identifying,
  intake,
  proposed,
  proposingRejection,
  rejection,
  remanding,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { type ApplicationFacts, applicationChecks, check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { clearDeadline, deadline, effects, letter } from "#workflows/cases/effects.ts";
import { applicationEvents } from "#workflows/cases/events.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a request for a letter: ids, days and counts, nothing of a person. */
export interface LetterFacts
  extends Pick<
    ApplicationFacts,
    | "actingStaffId"
    | "identityCheckedOn"
    | "enteredBy"
    | "confirmedBy"
    | "preparedBy"
    | "missingDocuments"
  > {
  /** Doses against which something speaks that nobody can accept. */
  blocked: number;
  /** Doses of which something doubtful was not accepted yet. */
  doubtful: number;
  proposal: "letter" | "rejection" | "cancellation" | null;
  /** Doses that wait to be given. */
  openLines: number;
  /** Doses whose time ran out without a word of what became of them. */
  expiredLines: number;
  /** A letter was issued, sent, and its last day is over. */
  issued: boolean;
  sent: boolean;
  lapsed: boolean;
}

const of = check<LetterFacts>;
/** Checks that look at nothing but what an application's facts and a letter's share. */
const common = applicationChecks as unknown as Record<
  keyof typeof applicationChecks,
  ReturnType<typeof of>
>;

const checks = {
  identified: common.identified,
  entered: common.entered,
  unconfirmed: common.unconfirmed,
  confirmed: common.confirmed,
  notEnterer: common.notEnterer,
  notEntererOfDecision: common.notEntererOfDecision,
  preparer: common.preparer,
  notPreparer: common.notPreparer,
  documentsMissing: common.documentsMissing,
  documentsComplete: common.documentsComplete,
  rejection: common.rejection,
  linesAccepted: of("確かめる必要のある接種があります。", (c) => c.doubtful === 0),
  linesSound: of(
    "依頼できない接種があります。入力を直すか、却下を起案してください。",
    (c) => c.blocked === 0,
  ),
  linesDoubtful: of("確かめる必要のある接種はありません。", (c) => c.doubtful > 0),
  letter: of(null, (c) => c.proposal === "letter"),
  linesOpen: of("結果を待っている接種はありません。", (c) => c.openLines > 0),
  moreLinesOpen: of(null, (c) => c.openLines > 1),
  lastLineOpen: of(null, (c) => c.openLines === 1),
  linesExpired: of("結果の分からない接種はありません。", (c) => c.expiredLines > 0),
  lapsed: of(null, (c) => c.lapsed),
  inForce: of(null, (c) => !c.lapsed),
  sent: of(null, (c) => c.sent),
  issuedOnly: of(null, (c) => c.issued && !c.sent),
  notIssued: of(null, (c) => !c.issued),
} as const;

const {
  recordIdentity,
  enter,
  recordDocuments,
  submit,
  confirm,
  hold,
  resume,
  expire,
  proposeRejection,
  retract,
  requestDecision,
  approve,
  remand,
  withdraw,
} = applicationEvents;

/** The events of a letter, in the order of the work. */
const events = {
  recordIdentity,
  enter: { ...enter, page: "request" },
  recordDocuments,
  submit,
  accept: {
    title: "確認事項を判断する",
    right: "case.examine",
    comment: "required",
    page: "judge",
  },
  confirm,
  hold,
  resume,
  expire,
  propose: {
    title: "交付を起案する",
    right: "case.propose",
    comment: "optional",
    act: "propose",
    subject: "letter",
    forward: true,
  },
  proposeRejection,
  retract,
  requestDecision,
  approve,
  remand,
  issue: {
    title: "依頼書を交付する",
    right: "certificate.issue",
    comment: "optional",
    page: "letter",
    forward: true,
  },
  send: {
    title: "送付を記録する",
    right: "certificate.issue",
    comment: "optional",
    page: "sending",
    forward: true,
  },
  recordResult: {
    title: "接種の結果を記録する",
    right: "case.enter",
    comment: "optional",
    page: "result",
    forward: true,
  },
  recordScreening: {
    title: "予診のみの結果を記録する",
    right: "case.enter",
    comment: "optional",
    page: "result",
  },
  reissue: {
    title: "依頼書を再交付する",
    right: "certificate.issue",
    comment: "required",
    reasons: "reissue",
  },
  lapse: { title: "有効期限の経過", right: "system.run", comment: "optional", scheduled: true },
  proposeCancellation: {
    title: "依頼書の取消しを起案する",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "cancellation",
    reasons: "cancellation",
  },
  cancel: {
    title: "依頼書の取消しを決裁する",
    right: "case.revoke",
    comment: "optional",
    act: "approve",
    page: "decision",
    forward: true,
  },
  withdraw,
} as const satisfies Record<
  string,
  CaseEventRule<never> | CaseEventRule<"request" | "judge" | "letter" | "sending" | "result">
>;

type LetterEvent =
  | { type: Exclude<keyof typeof events, "hold" | "issue"> }
  | { type: "hold" | "issue"; until: IsoDate };

/** The papers of a letter; the claim form falls away where the host pays and there will be nothing to claim. */
const papers = [
  letter("request-letter"),
  letter("request-contact"),
  letter("request-report"),
  letter("request-slips"),
  letter("request-claim-form"),
] as const;

const cancelling = { proposeCancellation: { target: "cancellation" } } as const;

/**
 * 予防接種実施依頼書: 申請受付 → 本人確認 → 審査 → 起案 → 決裁 → 交付 → 送付 → 有効, with 保留, 却下, 取下げ, 取消, 失効 by the clock and
 * 再交付 (the letter before ends). It ends when every dose has come to an end; what becomes known of a dose after the time ran
 * out is still recorded.
 */
export const requestLetterV1: CaseDefinition<LetterFacts> = {
  kind: "vaccination/request-letter",
  version: 1,
  title: "予防接種実施依頼書",
  events,
  checks,
  machine: setup({
    types: { context: {} as LetterFacts, events: {} as LetterEvent, meta: {} as StateMeta },
    guards: { meets: guardOf(checks) },
    actions: effects,
  }).createMachine({
    id: "vaccination/request-letter",
    initial: "received",
    context: {} as LetterFacts,
    states: {
      received: {
        ...intake.received,
        on: { ...intake.received.on, enter: {} },
      },
      identity: {
        ...intake.identity,
        on: { ...identifying, ...withdrawing },
      },
      examination: {
        meta: stages.examination,
        on: {
          ...examining,
          accept: { guard: meets("linesDoubtful") },
          ...holding,
          propose: {
            target: "proposed",
            guard: meets("confirmed", "documentsComplete", "linesAccepted", "linesSound"),
          },
          ...proposingRejection,
          ...withdrawing,
        },
      },
      ...held,
      ...proposed,
      approval: {
        meta: stages.approval,
        on: {
          approve: [
            { target: "granted", guard: meets("letter", "linesSound", ...anotherPerson) },
            rejection,
          ],
          ...remanding,
        },
      },
      granted: {
        meta: {
          title: "交付",
          line: "main",
          open: true,
          waits: { title: "依頼書の交付", right: "certificate.issue" },
          tone: "success",
        },
        on: {
          issue: { target: "issued", actions: [deadline("validity", "lapse"), ...papers] },
          ...cancelling,
        },
      },
      issued: {
        meta: {
          title: "送付",
          line: "main",
          open: true,
          waits: { title: "依頼書の送付", right: "certificate.issue" },
          tone: "success",
        },
        on: {
          send: { target: "valid" },
          reissue: { guard: meets("inForce"), actions: [...papers] },
          lapse: { target: "expired" },
          ...cancelling,
        },
      },
      valid: {
        meta: { title: "有効", line: "main", open: false, tone: "success" },
        on: {
          recordResult: [
            { guard: meets("linesOpen", "moreLinesOpen") },
            {
              target: "finished",
              guard: meets("linesOpen", "lastLineOpen"),
              actions: [clearDeadline("validity")],
            },
          ],
          recordScreening: { guard: meets("linesOpen") },
          reissue: { target: "issued", guard: meets("inForce"), actions: [...papers] },
          lapse: { target: "expired" },
          ...cancelling,
        },
      },
      finished: {
        meta: { title: "終了", line: "main", open: false, tone: "neutral" },
        type: "final",
      },
      cancellation: {
        meta: {
          title: "取消しの決裁",
          line: "side",
          open: true,
          waits: { title: "取消しの決裁待ち", right: "case.revoke" },
        },
        on: {
          cancel: {
            target: "cancelled",
            guard: meets(...anotherPerson),
            actions: [clearDeadline("validity"), letter("revocation")],
          },
          remand: [
            { target: "expired", guard: meets("lapsed", "notPreparer") },
            { target: "valid", guard: meets("sent", "inForce", "notPreparer") },
            { target: "issued", guard: meets("issuedOnly", "inForce", "notPreparer") },
            { target: "granted", guard: meets("notIssued", "inForce", "notPreparer") },
          ],
        },
      },
      expired: {
        meta: { title: "失効", line: "side", open: false, tone: "warning" },
        on: {
          recordResult: { guard: meets("linesExpired") },
          recordScreening: { guard: meets("linesExpired") },
        },
      },
      ...endings,
      cancelled: {
        meta: { title: "取消", line: "side", open: false, tone: "error" },
        type: "final",
      },
    },
  }),
};
