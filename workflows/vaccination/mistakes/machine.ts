import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { main, side } from "#workflows/flows/states.ts";
import type { ReportWay } from "./categories.ts";

/** What the machine may know of a 間違い接種. */
export interface MistakeContext {
  actingStaffId: number;
  /** Who judged it last, and who asked for what waits. */
  judgedBy: number | null;
  askedBy: number | null;
  /** 態様, way of the report and harm are said. */
  judged: boolean;
  /** What was done is written. */
  measured: boolean;
  report: ReportWay | null;
  personTold: boolean;
  /** The clinic was told, or told of it itself. */
  clinicTold: boolean;
  prefectureTold: boolean;
  payDecided: boolean;
}

const check = (reason: string, holds: Check<MistakeContext>["holds"]) => ({ reason, holds });

export const mistakeChecks = {
  judged: check("態様、報告の区分、健康への影響を入力してください。", ({ judged }) => judged),
  measured: check("経過と対応を入力してください。", ({ measured }) => measured),
  personTold: check("本人（保護者）への説明が入力されていません。", ({ personTold }) => personTold),
  clinicTold: check("医療機関への連絡が入力されていません。", ({ clinicTold }) => clinicTold),
  prefectureTold: check(
    "直ちに報告する事案です。都道府県への連絡が入力されていません。",
    ({ report, prefectureTold }) => report !== "at-once" || prefectureTold,
  ),
  payDecided: check("委託料を支払うかどうかが決まっていません。", ({ payDecided }) => payDecided),
  atOnce: check("年次報告で報告します。", ({ report }) => report === "at-once"),
  notAsker: check(
    "判断を入力した人と、決裁を求めた人は決裁できません。別の決裁者が決裁してください。",
    ({ askedBy, judgedBy, actingStaffId }) =>
      askedBy !== actingStaffId && judgedBy !== actingStaffId,
  ),
} as const;

const [enter, approve] = [{ right: "case.enter" }, { right: "case.approve" }] as const;

const events = {
  judge: { title: "判断と対応を入力する", ...enter, comment: "optional", scheduled: true },
  tell: { title: "連絡・説明を入力する", ...enter, comment: "optional", scheduled: true },
  askReport: { title: "報告の決裁を求める", ...enter, comment: "optional", forward: true },
  askDismissal: { title: "間違い接種でないとする", ...enter, comment: "required" },
  approveReport: { title: "報告を決裁する", ...approve, comment: "optional", forward: true },
  returnReport: { title: "差し戻す", ...approve, comment: "required" },
  send: { title: "都道府県への報告を入力する", ...enter, comment: "optional", forward: true },
  askClose: { title: "終了の決裁を求める", ...enter, comment: "optional", forward: true },
  approveClose: { title: "終了を決裁する", ...approve, comment: "optional", forward: true },
  returnClose: { title: "差し戻す", ...approve, comment: "required" },
  approveDismissal: {
    title: "間違い接種でないことを決裁する",
    ...approve,
    comment: "optional",
    forward: true,
  },
  returnDismissal: { title: "差し戻す", ...approve, comment: "required" },
  reopen: { title: "再び調べる", ...approve, comment: "required" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as MistakeContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(mistakeChecks) },
}).createMachine({
  id: "vaccination-mistake",
  initial: "found",
  context: {} as MistakeContext,
  states: {
    found: {
      meta: main("調査中", { waits: { title: "間違い接種の調査", ...enter } }),
      on: {
        judge: "found",
        tell: "found",
        askReport: { target: "awaiting-report", guard: meets("judged", "measured") },
        askDismissal: { target: "awaiting-dismissal", guard: meets("measured") },
      },
    },
    "awaiting-report": {
      meta: main("報告の決裁待ち", {
        tone: "warning",
        waits: { title: "間違い接種の報告の決裁", ...approve },
      }),
      on: {
        approveReport: { target: "to-report", guard: meets("judged", "measured", "notAsker") },
        returnReport: "found",
      },
    },
    "to-report": {
      meta: main("報告待ち", { waits: { title: "間違い接種の報告", ...enter } }),
      on: {
        tell: "to-report",
        send: { target: "reported", guard: meets("atOnce") },
      },
    },
    reported: {
      meta: main("報告済み", { waits: { title: "間違い接種の終了の確認", ...enter } }),
      on: {
        judge: "reported",
        tell: "reported",
        askClose: {
          target: "awaiting-close",
          guard: meets("personTold", "clinicTold", "prefectureTold", "payDecided"),
        },
      },
    },
    "awaiting-close": {
      meta: main("終了の決裁待ち", {
        tone: "warning",
        waits: { title: "間違い接種の終了の決裁", ...approve },
      }),
      on: {
        approveClose: {
          target: "closed",
          guard: meets("personTold", "clinicTold", "prefectureTold", "payDecided", "notAsker"),
        },
        returnClose: "reported",
      },
    },
    "awaiting-dismissal": {
      meta: {
        ...main("対象外の決裁待ち", {
          tone: "warning",
          waits: { title: "間違い接種でないことの決裁", ...approve },
        }),
        line: "side",
      },
      on: {
        approveDismissal: { target: "dismissed", guard: meets("notAsker") },
        returnDismissal: "found",
      },
    },
    closed: {
      meta: main("終了", { open: false, tone: "success" }),
      on: { reopen: "reported" },
    },
    dismissed: {
      meta: side("対象外", { open: false, tone: "neutral" }),
      on: { reopen: "found" },
    },
  },
});

export type MistakeState = StateValueFrom<typeof machine>;
export type MistakeEvent = keyof typeof events;

/** 間違い接種: judged, reported and closed by one person each time with the consent of another. */
export const mistakeV1 = {
  kind: "vaccination-mistake",
  version: 1,
  title: "間違い接種",
  machine,
  events,
  checks: mistakeChecks,
} satisfies FlowDefinition<MistakeContext>;
