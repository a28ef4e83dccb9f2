import { setup } from "xstate";
import { check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { deadline, effects, letter } from "#workflows/cases/effects.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import {
  type IntractableEvent,
  type IntractableFacts,
  intractableChecks,
  intractableEvents1,
  intractableStates1,
} from "./machine.ts";

/** What version 2 may know besides. */
export interface IntractableFacts2 extends IntractableFacts {
  /** What the newest answer of the panel waits for where it puts a disease off: papers of the applicant before the answer of a doctor. */
  panelDeferral: "papers" | "doctor" | null;
}

const own = check<IntractableFacts2>;

const checks = {
  ...intractableChecks,
  panelNotDeferred: own(
    "審査会の答申が「保留」です。申請者に知らせる手続きで進めてください。",
    (c) => c.panelDeferral === null,
  ),
  panelAwaitsPapers: own(
    "審査会の答申が「保留（資料を追加する）」ではありません。",
    (c) => c.panelDeferral === "papers",
  ),
  panelAwaitsDoctor: own(
    "審査会の答申が「保留（指定医に照会する）」ではありません。",
    (c) => c.panelDeferral === "doctor",
  ),
} as const;

const events = {
  ...intractableEvents1,
  holdForPapers: {
    title: "保留を知らせ、資料を求める",
    right: "case.examine",
    comment: "optional",
    until: "提出期限",
  },
  holdForDoctor: {
    title: "保留を知らせ、指定医への照会に進む",
    right: "case.examine",
    comment: "optional",
    forward: true,
  },
} as const satisfies Record<string, CaseEventRule>;

export type IntractableEventType = keyof typeof events;

const { panel } = intractableStates1;

const machine = setup({
  types: {
    context: {} as IntractableFacts2,
    events: {} as
      | IntractableEvent
      | { type: "holdForPapers"; until: IsoDate }
      | { type: "holdForDoctor" },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf<IntractableFacts2, keyof typeof checks>(checks) },
  actions: effects,
}).createMachine({
  id: "intractable-disease/application",
  initial: "received",
  context: {} as IntractableFacts2,
  states: {
    ...intractableStates1,
    panel: {
      ...panel,
      on: {
        ...panel.on,
        takePanelAnswer: {
          target: "examination",
          guard: meets("panelAnswered", "panelNotDeferred"),
        },
        // What the applicant has to bring is what 書類の確認 lacks.
        holdForPapers: {
          target: "held",
          guard: meets("panelAnswered", "panelAwaitsPapers", "documentsMissing"),
          actions: [letter("pending"), deadline("hold", "expire")],
        },
        holdForDoctor: {
          target: "examination",
          guard: meets("panelAnswered", "panelAwaitsDoctor"),
          actions: [letter("pending")],
        },
      },
    },
  },
});

/**
 * The application for 支給認定 of 指定難病, second version: where the panel puts a disease off (保留), the applicant is told so
 * (認定保留のお知らせ) and until when papers are asked for; the first took such an answer without a word.
 */
export const applicationV2: CaseDefinition<IntractableFacts2> = {
  kind: "intractable-disease/application",
  version: 2,
  title: "指定難病医療給付 支給認定申請",
  machine,
  events,
  checks,
};
