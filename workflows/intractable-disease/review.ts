import { withdrawing } from "#workflows/cases/application.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { meets, type StateMeta } from "#workflows/flows/definition.ts";

/** 書類審査区分: what the office found in 臨床調査個人票; doubtful ones go to the panel. */
export const recordResults = {
  clear: "基準を満たすことが明らか",
  doubtful: "疑義あり（審査会に諮る）",
  defective: "形式の不備あり",
} as const;
export type RecordResult = keyof typeof recordResults;

/** What the 指定難病審査会 may say of a disease (認定相当, 不認定相当, 保留). */
export const panelOpinions = {
  meets: "基準を満たす（認定相当）",
  fails: "基準を満たさない（不認定相当）",
  deferred: "保留",
} as const;

/** Why it fails, and what is missing where it is put off. 登録者証 asks whether the diagnosis was met. */
export const panelReasons = {
  fails: {
    diagnosis: "診断基準を満たさない",
    severity: "診断基準は満たすが、重症度分類を満たさない",
  },
  deferred: { doctor: "指定医に照会する", papers: "資料を追加する" },
} as const;

/** 書類審査 and the way to the 指定難病審査会 and back; it may be asked again (再審査). */
export const reviewEvents = {
  checkRecords: {
    title: "書類審査の結果を記録する",
    right: "case.examine",
    comment: "optional",
    page: "record-check",
  },
  refer: {
    title: "審査会に諮る",
    right: "case.examine",
    comment: "optional",
    page: "referral",
  },
  takePanelAnswer: {
    title: "審査会の答申を受ける",
    right: "case.examine",
    comment: "optional",
    forward: true,
  },
  takeBackReferral: {
    title: "審査会への依頼を取り下げる",
    right: "case.examine",
    comment: "required",
  },
} as const satisfies Record<string, CaseEventRule>;

/** 審査会: the panel is asked; it advises, and what is proposed afterwards the office decides. */
export const panelStage = {
  meta: {
    title: "審査会",
    line: "side",
    open: true,
    waits: { title: "審査会の答申待ち", right: "case.examine" },
    tone: "warning",
  } satisfies StateMeta,
  on: {
    recordDocuments: {},
    takePanelAnswer: { target: "examination", guard: meets("panelAnswered") },
    takeBackReferral: { target: "examination" },
    ...withdrawing,
  },
} as const;
