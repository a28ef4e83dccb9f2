import { setup } from "xstate";
import {
  anotherPerson,
  certificates,
  endings,
  examining,
  held,
  holding,
  identifying,
  intake,
  proposed,
  rejection,
  remanding,
  revocation,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { type ApplicationFacts, applicationChecks, check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import {
  asking,
  type InquiryFacts,
  inquiring,
  inquiryChecks,
  inquiryEvents,
} from "#workflows/cases/inquiries.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import { panelStage, reviewEvents } from "./review.ts";

/** What the machine may know of an application for 支給認定: codes and counts, no diagnosis. */
export interface IntractableFacts extends ApplicationFacts, InquiryFacts {
  /** Handed in at a 支所 and not yet 本庁受領. */
  awaitsHeadOffice: boolean;
  /** 臨床調査個人票 of the confirmed entry that do not hold up: doctor, date or disease. */
  clinicalRecordFaults: number;
  /** 階層 and 自己負担上限月額 follow from what is known. */
  capKnown: boolean;
  /** What the 指定難病審査会 says of the diseases of the confirmed entry: `mixed` where it says that some fail. */
  panelAnswer: "meets" | "fails" | "mixed" | "deferred" | null;
  /** It answered since it was asked last, and somebody else has compared the answer with the minutes. */
  panelAnswered: boolean;
  /** Each disease that is left out (疾病非認定) is so by its answer. */
  denialsAnswered: boolean;
}

const own = check<IntractableFacts>;

/** Its checks; the next version adds to them. */
export const intractableChecks = {
  ...applicationChecks,
  ...inquiryChecks,
  awaitsHeadOffice: own(
    "支所で受け付けた申請ではないか、すでに本庁で受領しています。",
    (c) => c.awaitsHeadOffice,
  ),
  atHeadOffice: own(
    "支所で受け付けた申請です。進達と本庁受領を記録してください。",
    (c) => !c.awaitsHeadOffice,
  ),
  clinicalRecordsSound: own(
    "臨床調査個人票に、確かめる点があります（指定医、記載日、疾病）。",
    (c) => c.clinicalRecordFaults === 0,
  ),
  capKnown: own(
    "自己負担上限月額が決まりません。「計算の過程」の理由を確かめてください。",
    (c) => c.capKnown,
  ),
  panelNotAgainst: own(
    "審査会の答申が「基準を満たさない」です。不認定を起案するか、認定しない疾病だけを「非認定の疾病」に改めてください。",
    (c) => c.panelAnswer !== "fails" && c.panelAnswer !== "mixed",
  ),
  panelAgainst: own(
    "不認定は、指定難病審査会の「基準を満たさない」との答申の後に起案します（難病法第7条第2項）。",
    (c) => c.panelAnswer === "fails",
  ),
  panelAnswered: own(
    "審査会の答申がないか、別の職員による議事録との確認が済んでいません。",
    (c) => c.panelAnswered,
  ),
  denialsAnswered: own(
    "非認定の疾病に、審査会の「基準を満たさない」との答申がありません（難病法第7条第2項）。",
    (c) => c.denialsAnswered,
  ),
} as const;

/** Its events; the next version adds to them. */
export const intractableEvents1 = {
  ...applicationEvents,
  ...inquiryEvents,
  recordArrival: {
    title: "進達・本庁受領を記録する",
    right: "case.examine",
    comment: "optional",
    page: "arrival",
    forward: true,
  },
  ...reviewEvents,
  proposeRejection: { ...applicationEvents.proposeRejection, title: "不認定を起案する" },
  proposeDismissal: {
    title: "却下を起案する（形式の不備）",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "rejection",
    reasons: "dismissal",
  },
} as const satisfies Record<string, CaseEventRule>;

export type IntractableEvent =
  | ApplicationEvent
  | { type: "inquire"; until: IsoDate }
  | {
      type:
        | "recordAnswer"
        | "closeInquiry"
        | "remind"
        | "recordArrival"
        | "proposeDismissal"
        | keyof typeof reviewEvents;
    };

/** Its states; the next version puts another 審査会 in. */
export const intractableStates1 = {
  ...intake,
  identity: { ...intake.identity, on: { ...identifying, ...withdrawing } },
  examination: {
    meta: stages.examination,
    on: {
      ...examining,
      recordArrival: { guard: meets("awaitsHeadOffice") },
      checkRecords: { guard: meets("entered") },
      refer: { target: "panel", guard: meets("confirmed", "atHeadOffice", "documentsComplete") },
      inquire: { target: "inquiring", ...asking },
      ...holding,
      propose: {
        target: "proposed",
        guard: meets(
          "confirmed",
          "atHeadOffice",
          "documentsComplete",
          "clinicalRecordsSound",
          "panelNotAgainst",
          "denialsAnswered",
          "capKnown",
          "periodKnown",
          "noOverlap",
        ),
      },
      proposeRejection: {
        target: "proposed",
        guard: meets("confirmed", "atHeadOffice", "panelAgainst"),
      },
      proposeDismissal: { target: "proposed", guard: meets("confirmed", "atHeadOffice") },
      ...withdrawing,
    },
  },
  ...held,
  panel: panelStage,
  inquiring: {
    ...inquiring,
    on: { ...inquiring.on, inquire: asking, recordArrival: { guard: meets("awaitsHeadOffice") } },
  },
  ...proposed,
  approval: {
    meta: stages.approval,
    on: {
      approve: [
        {
          target: "certified",
          guard: meets("grant", ...anotherPerson, "panelNotAgainst", "capKnown", "noOverlap"),
          actions: [letter("grant")],
        },
        rejection,
      ],
      ...remanding,
    },
  },
  ...certificates,
  ...endings,
  ...revocation,
} as const;

const machine = setup({
  types: {
    context: {} as IntractableFacts,
    events: {} as IntractableEvent,
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(intractableChecks) },
  actions: effects,
}).createMachine({
  id: "intractable-disease/application",
  initial: "received",
  context: {} as IntractableFacts,
  states: intractableStates1,
});

/** The application for 支給認定 of 指定難病 (新規, 更新, 転入), first version. */
export const applicationV1: CaseDefinition<IntractableFacts> = {
  kind: "intractable-disease/application",
  version: 1,
  title: "指定難病医療給付 支給認定申請",
  machine,
  events: intractableEvents1,
  checks: intractableChecks,
};
