import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of a file taken in. */
export interface ImportFacts {
  actingStaffId: number;
  preparedBy: number;
  /** Another file of the kind was committed since this one was reviewed. */
  worldMoved: boolean;
  /** This number, or a later one of the kind, has been committed. */
  overtaken: boolean;
  /** An earlier file of the kind still waits. */
  earlierWaits: boolean;
  /** Files of the kind between the last one committed and this one are missing. */
  gap: boolean;
  /** Somebody said why it is committed although files are missing. */
  gapExplained: boolean;
}

const check = (reason: string, holds: Check<ImportFacts>["holds"]) => ({ reason, holds });

/** Conditions of the approval; each reason stands at the grey button and in the refusal. */
export const importChecks = {
  notPreparer: check(
    "取り込んだ本人は反映を承認できません。別の職員が承認してください。",
    (facts) => facts.preparedBy !== facts.actingStaffId,
  ),
  worldStands: check(
    "確認のあとに別のファイルが反映されました。もう一度確認してください。",
    (facts) => !facts.worldMoved,
  ),
  notOvertaken: check(
    "同じ番号か後の番号のファイルがもう反映されています。取り消してください。",
    (facts) => !facts.overtaken,
  ),
  firstInLine: check(
    "これより前の番号のファイルが反映を待っています。先に反映するか取り消してください。",
    (facts) => !facts.earlierWaits,
  ),
  gapExplained: check(
    "届いていないファイルがあります。反映するには理由を入力してください。",
    (facts) => !facts.gap || facts.gapExplained,
  ),
} as const;

const byProgram = (title: string, right: string) =>
  ({ title, right, comment: "optional", scheduled: true }) as const;

const events = {
  received: byProgram("受取を終える", "feed.import"),
  reviewed: byProgram("確認を終える", "feed.import"),
  approve: { title: "反映を承認する", right: "feed.commit", comment: "optional" },
  reviewAgain: { title: "もう一度確認する", right: "feed.read", comment: "optional" },
  sendBack: byProgram("確認に戻す", "feed.commit"),
  committed: byProgram("反映を終える", "feed.commit"),
  cancel: { title: "取り消す", right: "feed.import", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type ImportEvent = keyof typeof events;

export const importStateTitles = {
  receiving: "受取中",
  reviewing: "確認中",
  reviewed: "反映待ち",
  committing: "反映中",
  committed: "反映済み",
  cancelled: "取消",
} as const;
export type ImportState = keyof typeof importStateTitles;

const main = (state: ImportState): StateMeta => ({
  title: importStateTitles[state],
  line: "main",
  open: state !== "committed",
});
const cancel = { target: "cancelled" } as const;

const machine = setup({
  types: { context: {} as ImportFacts, events: {} as { type: ImportEvent }, meta: {} as StateMeta },
  guards: { meets: guardOf(importChecks) },
}).createMachine({
  id: "feed-import",
  initial: "receiving",
  context: {} as ImportFacts,
  states: {
    receiving: { meta: main("receiving"), on: { received: { target: "reviewing" }, cancel } },
    reviewing: { meta: main("reviewing"), on: { reviewed: { target: "reviewed" }, cancel } },
    reviewed: {
      meta: main("reviewed"),
      on: {
        approve: {
          target: "committing",
          guard: meets("notPreparer", "worldStands", "notOvertaken", "firstInLine", "gapExplained"),
        },
        reviewAgain: { target: "reviewing" },
        cancel,
      },
    },
    committing: {
      meta: main("committing"),
      on: { committed: { target: "committed" }, sendBack: { target: "reviewing" } },
    },
    committed: { meta: main("committed"), type: "final" },
    cancelled: {
      meta: { title: importStateTitles.cancelled, line: "side", open: false },
      type: "final",
    },
  },
});

/** 連携ファイル: taken in by one person, judged, reviewed, committed by another. */
export const importV1: FlowDefinition<ImportFacts> = {
  kind: "feed-import",
  version: 1,
  title: "連携ファイル",
  machine,
  events,
  checks: importChecks,
};
