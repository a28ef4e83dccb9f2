import { meets, type StateMeta } from "#workflows/flows/definition.ts";
import { withdrawing } from "./application.ts";
import { type CaseFacts, caseChecks, check } from "./checks.ts";
import type { CaseEventRule } from "./definition.ts";
import { applicationEvents } from "./events.ts";

/*
 * Pieces of the flow of a report of change or loss (変更届・喪失届): 届出受付 → 審査 → 反映済, with 決裁
 * between them where the report needs a decision. Which reports do stands in the machine of the 事務.
 */

/** What a machine may know of a report. */
export interface ChangeFacts extends CaseFacts {
  /** Opened by the office itself (職権), from the resident feed or a letter that came back. */
  exOfficio: boolean;
}

const ofChange = check<ChangeFacts>;

/** The checks of a report. */
export const changeChecks = {
  ...caseChecks,
  identified: ofChange(
    "本人確認の記録がありません。",
    (c) => c.exOfficio || c.identityCheckedOn !== null,
  ),
  exOfficio: ofChange("住民記録の異動によるものではありません。", (c) => c.exOfficio),
  entered: ofChange("届出の内容が入力されていません。", (c) => c.enteredBy !== null),
  notEntererOfDecision: ofChange(
    "届出の内容を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
} as const;

const { recordIdentity, submit, confirm, approve, remand } = applicationEvents;

/** The events of a report, in the order of the work. */
export const changeEvents = {
  recordIdentity,
  detect: {
    title: "住民記録の異動から受け付ける",
    right: "system.run",
    comment: "optional",
    scheduled: true,
    act: "enter",
  },
  enter: { ...applicationEvents.enter, title: "届出の内容を入力する" },
  submit,
  confirm,
  apply: {
    title: "台帳に反映する",
    right: "case.examine",
    comment: "optional",
    act: "apply",
    forward: true,
  },
  approve,
  remand,
  withdraw: { title: "取り下げる", right: "case.enter", comment: "required" },
} as const satisfies Record<string, CaseEventRule<never>>;

export type ChangeEvent = { type: keyof typeof changeEvents };

/** In 届出受付: to 審査 goes what a person reports and what the office found in the register. */
export const reporting = {
  recordIdentity: {},
  enter: {},
  detect: { target: "examination", guard: meets("exOfficio") },
  submit: { target: "examination", guard: meets("identified", "entered") },
} as const;

/** 届出受付. */
export const reported = {
  received: {
    meta: {
      title: "届出受付",
      line: "main",
      open: true,
      waits: { title: "本人確認", right: "case.enter" },
    },
    on: { ...reporting, ...withdrawing },
  },
} as const;

/** In 審査: the entry may be corrected, and another person confirms it. */
export const examiningReport = {
  enter: {},
  confirm: { guard: meets("entered", "unconfirmed", "notEnterer") },
} as const;

/** 反映済: the register of entitlements has it. */
export const applied = {
  applied: {
    meta: { title: "反映済", line: "main", open: false, tone: "success" } satisfies StateMeta,
    type: "final",
  },
} as const;
