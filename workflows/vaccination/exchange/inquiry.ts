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

/** What the machine may know of an inquiry. */
export interface InquiryContext {
  /** Of which municipality (or insurer) it is asked is entered. */
  addressed: boolean;
  /** The provision that asking is was let through: at once, or by a release. */
  provided: boolean;
  /** It waits for a release (自動応答不可). */
  waiting: boolean;
  /** Something came of the answer: a record taken down, or its words. */
  answered: boolean;
}

const check = (reason: string, holds: Check<InquiryContext>["holds"]) => ({ reason, holds });

export const inquiryChecks = {
  addressed: check("照会先が入力されていません。", ({ addressed }) => addressed),
  provided: check(
    "照会には、提供先の表にある提供先と根拠が要ります。自動応答不可の方は、ほかの職員の解除を待ちます。",
    ({ provided }) => provided,
  ),
  waiting: check("解除を待つ照会ではありません。", ({ waiting }) => waiting),
  answered: check("回答が入力されていません。", ({ answered }) => answered),
} as const;

const [enter, ask] = [{ right: "case.enter" }, { right: "provision.request" }] as const;

const events = {
  address: { title: "照会先を入力する", ...enter, comment: "optional", scheduled: true },
  hold: { title: "解除を待つ", ...ask, comment: "optional", scheduled: true },
  ask: { title: "照会する", ...ask, comment: "optional", forward: true, scheduled: true },
  remind: { title: "督促する", ...enter, comment: "optional", scheduled: true },
  take: { title: "回答の接種記録を入力する", ...enter, comment: "optional", scheduled: true },
  tell: { title: "回答を入力する", ...enter, comment: "optional", scheduled: true },
  unknown: { title: "「記録なし」の回答を受けた", ...enter, comment: "optional" },
  finish: { title: "回答の入力を終える", ...enter, comment: "optional", forward: true },
  withdraw: { title: "照会をやめる", ...enter, comment: "required" },
  close: { title: "終了する", ...enter, comment: "optional", forward: true },
  reopen: { title: "入力を再開する", ...enter, comment: "required" },
} as const satisfies Record<string, EventRule>;

const answering = {
  take: "asked",
  tell: "asked",
  remind: "asked",
  unknown: "not-known",
  withdraw: "withdrawn",
} as const;

const machine = setup({
  types: {
    context: {} as InquiryContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(inquiryChecks) },
}).createMachine({
  id: "vaccination-inquiry",
  initial: "opened",
  context: {} as InquiryContext,
  states: {
    opened: {
      meta: main("照会前", { waits: { title: "接種歴等の照会（照会前）", ...ask } }),
      on: {
        address: "opened",
        ask: { target: "asked", guard: meets("addressed", "provided") },
        hold: { target: "awaiting-release", guard: meets("addressed", "waiting") },
        withdraw: "withdrawn",
      },
    },
    "awaiting-release": {
      meta: side("解除待ち", {
        open: true,
        tone: "warning",
        waits: { title: "解除された照会", ...ask },
      }),
      on: {
        ask: { target: "asked", guard: meets("addressed", "provided") },
        withdraw: "withdrawn",
      },
    },
    asked: {
      meta: main("照会中"),
      on: {
        ...answering,
        finish: { target: "answered", guard: meets("answered") },
      },
    },
    answered: {
      meta: main("回答済", { waits: { title: "照会の回答の確認", ...enter } }),
      on: { close: "closed", reopen: "asked" },
    },
    "not-known": {
      meta: side("記録なし", {
        open: true,
        tone: "warning",
        waits: { title: "照会の「記録なし」の確認", ...enter },
      }),
      on: { close: "closed", reopen: "asked" },
    },
    closed: { meta: main("終了", { open: false, tone: "success" }), type: "final" },
    withdrawn: { meta: side("取止め", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type InquiryState = StateValueFrom<typeof machine>;
export type InquiryEvent = keyof typeof events;

/**
 * 照会: another municipality (or an insurer) is asked about somebody: what they were given before they moved here, or what a claim
 * hangs on. Asking tells them who is meant, so it is a provision on a listed basis (PRV-1), which somebody may have to release.
 */
export const inquiryV1 = {
  kind: "vaccination-inquiry",
  version: 1,
  title: "接種歴等の照会",
  machine,
  events,
  checks: inquiryChecks,
} satisfies FlowDefinition<InquiryContext>;

/** What is asked. */
export const inquiryKinds = {
  records: "転入前の接種歴",
  tax: "地方税関係情報",
  medical: "医療保険等の給付",
  allowance: "障害を有する方への手当",
} as const;
export type InquiryKind = keyof typeof inquiryKinds;

/** Why nothing is asked any more, or an answer is gone through again. */
export const inquiryReasons = {
  "evidence-shown": "母子健康手帳などで確認した",
  "moved-away": "転出した",
  "entered-twice": "二重の入力",
  "wrong-municipality": "照会先の誤り",
  "further-answer": "追加の回答があった",
  other: "その他",
} as const;
