import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of an incident (漏えい等の事案). */
export interface IncidentContext {
  actingStaffId: number;
  /** Who made the step that is to be closed. */
  lastStepBy: number | null;
  /** Headings of the report that are not written yet. */
  missingItems: number;
  /** People on the list to whom nothing was told yet. */
  notTold: number;
}

const checks = {
  described: {
    reason: "報告の内容のうち「概要」を先に保存してください。",
    holds: (c) => c.missingItems < 9,
  },
  whole: {
    reason: "報告の内容に、まだ書かれていない項目があります。",
    holds: (c) => c.missingItems === 0,
  },
  allTold: {
    reason: "本人への通知が済んでいない方がいます。",
    holds: (c) => c.notTold === 0,
  },
  anotherPerson: {
    reason: "最後の手続きをした本人は終結できません。",
    holds: (c) => c.lastStepBy !== c.actingStaffId,
  },
} as const satisfies Record<string, Check<IncidentContext>>;

const rule = { right: "incident.handle", comment: "required" } as const;
const events = {
  preliminary: { ...rule, title: "速報した", forward: true },
  investigate: { ...rule, title: "調査を記録する" },
  final: { ...rule, title: "確報した", forward: true },
  told: { ...rule, title: "本人への通知を済ませた", forward: true },
  prevent: { ...rule, title: "再発防止策を決めた", forward: true },
  dismiss: { ...rule, title: "報告の対象外とする" },
  resume: { ...rule, title: "手続きに戻す" },
  close: { ...rule, title: "終結する", forward: true },
} as const satisfies Record<string, EventRule>;
export type IncidentEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as IncidentContext,
    events: {} as { type: IncidentEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "incident",
  initial: "found",
  context: {} as IncidentContext,
  states: {
    found: {
      meta: { title: "発覚", line: "main", open: true, tone: "error" },
      on: {
        preliminary: { target: "investigating", guard: meets("described") },
        dismiss: { target: "dismissed", guard: meets("described") },
      },
    },
    investigating: {
      meta: { title: "速報済・調査中", line: "main", open: true, tone: "warning" },
      on: {
        investigate: { target: "investigating" },
        final: { target: "reported", guard: meets("whole") },
      },
    },
    reported: {
      meta: { title: "確報済", line: "main", open: true, tone: "info" },
      on: { told: { target: "told", guard: meets("allTold") } },
    },
    told: {
      meta: { title: "本人通知済", line: "main", open: true, tone: "info" },
      on: { prevent: { target: "prevented" } },
    },
    prevented: {
      meta: { title: "再発防止済", line: "main", open: true, tone: "info" },
      on: { close: { target: "closed", guard: meets("anotherPerson") } },
    },
    dismissed: {
      meta: { title: "対象外（確認待ち）", line: "side", open: true, tone: "warning" },
      on: {
        close: { target: "closed", guard: meets("anotherPerson") },
        resume: { target: "found" },
      },
    },
    closed: { meta: { title: "終結", line: "main", open: false, tone: "success" }, type: "final" },
  },
});

/** 漏えい等の事案: reported twice within days, told to those concerned, closed by another person than made the last step. */
export const incidentV1: FlowDefinition<IncidentContext> = {
  kind: "oversight/incident",
  version: 1,
  title: "漏えい等の事案",
  machine,
  events,
  checks,
};

/** The headings of a report to the 個人情報保護委員会, in its order (規則第3条第1項, 施行規則第44条第1項). */
export const reportItems = {
  summary: "概要",
  items: "漏えい等した（おそれのある）個人情報の項目",
  people: "本人の数",
  cause: "原因",
  harm: "二次被害又はそのおそれの有無と内容",
  toPeople: "本人への対応の実施状況",
  published: "公表の実施状況",
  prevention: "再発防止のための措置",
  other: "その他参考となる事項",
} as const;
export type ReportItem = keyof typeof reportItems;
