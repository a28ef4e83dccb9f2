import { setup } from "xstate";
import {
  anotherPerson,
  certificates,
  endings,
  rejection,
  remanding,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import {
  applied,
  type ChangeEvent,
  type ChangeFacts,
  changeChecks,
  changeEvents,
  examiningReport,
  reported,
  reporting,
} from "#workflows/cases/change.ts";
import { check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { applicationEvents } from "#workflows/cases/events.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import type { ChangeOutcome } from "./change-subjects.ts";

/** What the machine may know of a report; `entitled` is asked of who the report is about. */
export interface SingleParentChangeFacts extends ChangeFacts {
  /** What becomes of the entitlements by the report. */
  outcome: ChangeOutcome;
  /** Always for a loss and for a child that is added; for the benefit as the city has set it. */
  needsDecision: boolean;
  missingDocuments: number;
  /** First day of an added child's entitlement; null when the city's rules give none, or no child is added. */
  periodFrom: IsoDate | null;
  /** An added child has an entitlement that overlaps the calculated period. */
  overlaps: boolean;
  /** Beside its effect a certificate is to be issued: 遠隔地証, or one in place of what says something else now. */
  certificateDue: boolean;
  /** What the open proposal is about. */
  proposal: "loss" | "grant" | "change" | "rejection" | null;
}

const own = check<SingleParentChangeFacts>;

/** The checks of the first version; the second has more. */
export const householdChecks = {
  ...changeChecks,
  noDecisionNeeded: own("この届出には決裁が必要です。", (c) => !c.needsDecision),
  ofLoss: own("喪失の届出ではありません。", (c) => c.outcome === "loss"),
  ofAddition: own("児童を追加する届出ではありません。", (c) => c.outcome === "addition"),
  ofBenefit: own(
    "決裁の要る、給付の内容の届出ではありません。",
    (c) => c.outcome === "benefit" && c.needsDecision,
  ),
  refusable: own(
    "却下できるのは、児童の追加と、決裁の要る給付の内容の届出だけです。",
    (c) => c.needsDecision && (c.outcome === "addition" || c.outcome === "benefit"),
  ),
  documentsComplete: own("不足している書類があります。", (c) => c.missingDocuments === 0),
  periodKnown: own(
    "有効期間がありません。「有効期間の計算」の理由を確かめ、入力やみなし生年月日の設定で直らないときに、却下を起案してください。",
    (c) => c.periodFrom !== null,
  ),
  noOverlap: own("同じ方に、期間の重なる資格があります。", (c) => !c.overlaps),
  certificateDue: own(null, (c) => c.certificateDue),
  noCertificateDue: own(null, (c) => !c.certificateDue),
  loss: own(null, (c) => c.proposal === "loss"),
  grant: own(null, (c) => c.proposal === "grant"),
  change: own(null, (c) => c.proposal === "change"),
  rejection: own(null, (c) => c.proposal === "rejection"),
} as const;

const requesting = { right: "case.propose", act: "propose" } as const;
const { recordDocuments, issue } = applicationEvents;

/** The events of the first version; the second has more. */
export const householdEvents = {
  ...changeEvents,
  recordDocuments,
  requestLoss: {
    title: "喪失を起案して決裁に回す",
    ...requesting,
    subject: "loss",
    comment: "optional",
    forward: true,
  },
  requestAddition: {
    title: "児童の追加を起案して決裁に回す",
    ...requesting,
    subject: "grant",
    comment: "optional",
    forward: true,
  },
  requestChange: {
    title: "給付の変更を起案して決裁に回す",
    ...requesting,
    subject: "change",
    comment: "optional",
    forward: true,
  },
  requestRejection: {
    title: "却下を起案して決裁に回す",
    ...requesting,
    subject: "rejection",
    comment: "required",
    reasons: "rejection",
  },
  issue,
  closeUnissued: {
    title: "交付せずに終える",
    right: "certificate.issue",
    comment: "required",
  },
} as const satisfies Record<string, CaseEventRule<never>>;

/** The certificate is issued, or there is a reason why it is not, such as a loss in between. */
export const issuingCertificate = {
  issue: { target: "applied", guard: meets("entitled") },
  closeUnissued: "applied",
} as const;

/** In 届出受付. */
export const householdReceived = {
  ...reported.received,
  on: { ...reporting, recordDocuments: {}, ...withdrawing },
} as const;

/** In 審査: what each outcome may be proposed as, or put into force. */
export const examiningHousehold = {
  ...examiningReport,
  recordDocuments: {},
  apply: [
    {
      target: "issuing",
      guard: meets("certificateDue", "confirmed", "noDecisionNeeded", "entitled"),
      actions: [letter("change")],
    },
    {
      target: "applied",
      guard: meets("noCertificateDue", "confirmed", "noDecisionNeeded", "entitled"),
      actions: [letter("change")],
    },
  ],
  requestLoss: { target: "approval", guard: meets("confirmed", "ofLoss", "entitled") },
  requestAddition: {
    target: "approval",
    guard: meets(
      "confirmed",
      "ofAddition",
      "documentsComplete",
      "periodKnown",
      "noOverlap",
      "entitled",
    ),
  },
  requestChange: {
    target: "approval",
    guard: meets("confirmed", "ofBenefit", "documentsComplete", "entitled"),
  },
  requestRejection: { target: "approval", guard: meets("confirmed", "refusable") },
  ...withdrawing,
} as const;

/** In 決裁: 喪失 and the addition of a child. */
export const decidingLossOrAddition = [
  {
    target: "lost",
    guard: meets("loss", ...anotherPerson, "entitled"),
    actions: [letter("loss")],
  },
  {
    target: "certified",
    guard: meets("grant", ...anotherPerson, "noOverlap", "entitled"),
    actions: [letter("grant")],
  },
] as const;

/** What comes after it is in force, and how it ends. */
export const householdAfter = {
  /** An added child gets a certificate of its own. */
  certified: { meta: certificates.certified.meta, on: issuingCertificate },
  /** In force; 遠隔地証, or a certificate in place of one that says something else, is still to be issued. */
  issuing: {
    meta: {
      title: "証の交付",
      line: "side",
      open: true,
      waits: { title: "受給者証の交付", right: "certificate.issue" },
      tone: "success",
    } satisfies StateMeta,
    on: issuingCertificate,
  },
  ...applied,
  lost: {
    meta: { title: "喪失", line: "side", open: false, tone: "neutral" } satisfies StateMeta,
    type: "final",
  },
  ...endings,
} as const;

const machine = setup({
  types: {
    context: {} as SingleParentChangeFacts,
    events: {} as
      | ChangeEvent
      | { type: Exclude<keyof typeof householdEvents, ChangeEvent["type"]> },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(householdChecks) },
  actions: effects,
}).createMachine({
  id: "single-parent-medical/change",
  initial: "received",
  context: {} as SingleParentChangeFacts,
  states: {
    received: householdReceived,
    examination: { meta: stages.examination, on: examiningHousehold },
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          ...decidingLossOrAddition,
          {
            target: "issuing",
            guard: meets("change", "certificateDue", ...anotherPerson, "entitled"),
            actions: [letter("change")],
          },
          {
            target: "applied",
            guard: meets("change", "noCertificateDue", ...anotherPerson, "entitled"),
            actions: [letter("change")],
          },
          rejection,
        ],
        ...remanding,
      },
    },
    ...householdAfter,
  },
});

/** The report of a change or a loss in a household, first version. */
export const changeV1: CaseDefinition<SingleParentChangeFacts> = {
  kind: "single-parent-medical/change",
  version: 1,
  title: "ひとり親家庭等医療費助成 変更・喪失届",
  machine,
  events: householdEvents,
  checks: householdChecks,
};
