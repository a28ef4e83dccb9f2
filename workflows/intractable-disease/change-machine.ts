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
import {
  lost,
  type MovementFacts,
  movementChecks,
  movementEvents,
  proposingMovement,
} from "#workflows/cases/movements.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a 変更申請, a 変更届 or a 喪失. */
export interface IntractableChangeFacts extends ChangeFacts, MovementFacts {
  /** It sets other terms (階層, 上限月額, 疾病 …), or ends or moves the entitlement. */
  needsDecision: boolean;
  missingDocuments: number;
  /** A certificate has to be issued that says what holds now. */
  certificateDue: boolean;
}

const own = check<IntractableChangeFacts>;
const { ofLoss, ofCorrection, correctable, noOverlap, loss, change } = movementChecks;

const checks = {
  ...changeChecks,
  ofLoss,
  ofCorrection,
  correctable,
  noOverlap,
  loss,
  change,
  noDecisionNeeded: own("この届出には決裁が必要です。", (c) => !c.needsDecision),
  ofBenefit: own("決裁の要る変更ではありません。", (c) => c.movement === null && c.needsDecision),
  refusable: own(
    "却下できるのは、決裁の要る変更の申請だけです。",
    (c) => c.movement === null && c.needsDecision,
  ),
  documentsComplete: own("不足している書類があります。", (c) => c.missingDocuments === 0),
  standing: own("届出の対象の資格が、喪失または取消しになっています。", (c) =>
    c.movement === "corrected" ? c.correctable : c.entitled,
  ),
  certificateDue: own(null, (c) => c.certificateDue),
  noCertificateDue: own(null, (c) => !c.certificateDue),
  rejection: own(null, (c) => c.proposal === "rejection"),
} as const;

const { recordDocuments, issue } = applicationEvents;
const { requestDecision, requestCorrection } = movementEvents;
const events = {
  ...changeEvents,
  recordDocuments,
  requestDecision,
  requestCorrection,
  requestChange: {
    title: "変更を起案して決裁に回す",
    right: "case.propose",
    act: "propose",
    subject: "change",
    comment: "optional",
    forward: true,
  },
  requestRejection: {
    title: "却下を起案して決裁に回す",
    right: "case.propose",
    act: "propose",
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

export type IntractableChangeEventType = keyof typeof events;

/** Where the certificate says something else by it, it is issued anew. */
const byCertificate = <const Checks extends readonly (keyof typeof checks)[]>(...guards: Checks) =>
  [
    {
      target: "issuing",
      guard: meets("certificateDue", ...guards),
      actions: [letter("change")],
    },
    {
      target: "applied",
      guard: meets("noCertificateDue", ...guards),
      actions: [letter("change")],
    },
  ] as const;

const machine = setup({
  types: {
    context: {} as IntractableChangeFacts,
    events: {} as ChangeEvent | { type: IntractableChangeEventType },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "intractable-disease/change",
  initial: "received",
  context: {} as IntractableChangeFacts,
  states: {
    received: { ...reported.received, on: { ...reporting, recordDocuments: {}, ...withdrawing } },
    examination: {
      meta: stages.examination,
      on: {
        ...examiningReport,
        recordDocuments: {},
        apply: byCertificate("confirmed", "noDecisionNeeded", "entitled"),
        requestDecision: proposingMovement.requestDecision,
        requestCorrection: proposingMovement.requestCorrection,
        requestChange: {
          target: "approval",
          guard: meets("confirmed", "ofBenefit", "documentsComplete", "entitled"),
        },
        requestRejection: { target: "approval", guard: meets("confirmed", "refusable") },
        ...withdrawing,
      },
    },
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          {
            target: "lost",
            guard: meets("loss", ...anotherPerson, "entitled"),
            actions: [letter("loss")],
          },
          ...byCertificate("change", ...anotherPerson, "standing", "noOverlap"),
          rejection,
        ],
        ...remanding,
      },
    },
    issuing: {
      meta: {
        title: "証の交付",
        line: "side",
        open: true,
        waits: { title: "受給者証の交付", right: "certificate.issue" },
        tone: "success",
      } satisfies StateMeta,
      on: {
        issue: { target: "applied", guard: certificates.certified.on.issue.guard },
        closeUnissued: "applied",
      },
    },
    ...applied,
    ...lost,
    ...endings,
  },
});

/** The report of a change, a loss or a correction of 支給認定, first version. */
export const changeV1: CaseDefinition<IntractableChangeFacts> = {
  kind: "intractable-disease/change",
  version: 1,
  title: "指定難病医療給付 変更申請・届",
  machine,
  events,
  checks,
};
