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

/** What the machine may know of an application. */
export interface ExemptionContext {
  actingStaffId: number;
  examinedBy: number | null;
  /** Who proposed what waits. */
  proposedBy: number | null;
  outcome: "grant" | "refuse" | null;
  /** What was seen of the ground is entered. */
  evidenceSeen: boolean;
}

const check = (reason: string, holds: Check<ExemptionContext>["holds"]) => ({ reason, holds });

export const exemptionChecks = {
  evidenceSeen: check(
    "確認資料と確認した日を入力してください。",
    ({ evidenceSeen }) => evidenceSeen,
  ),
  grants: check("減免しないことが起案されています。", ({ outcome }) => outcome === "grant"),
  refuses: check("減免することが起案されています。", ({ outcome }) => outcome === "refuse"),
  notProposer: check(
    "起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ proposedBy, actingStaffId }) => proposedBy !== actingStaffId,
  ),
} as const;

const [enter, examine, propose, approve, issue] = [
  { right: "case.enter" },
  { right: "case.examine" },
  { right: "case.propose" },
  { right: "case.approve" },
  { right: "certificate.issue" },
] as const;

export const exemptionEvents1 = {
  correct: { title: "申請の内容を直す", ...enter, comment: "optional", scheduled: true },
  examine: { title: "審査を終える", ...examine, comment: "optional", forward: true },
  giveBack: { title: "受付に戻す", ...examine, comment: "required" },
  proposeGrant: { title: "減免を起案する", ...propose, comment: "optional", forward: true },
  proposeRefusal: { title: "却下を起案する", ...propose, comment: "required" },
  grant: { title: "減免を決裁する", ...approve, comment: "optional", forward: true },
  refuse: { title: "却下を決裁する", ...approve, comment: "optional", forward: true },
  return: { title: "差し戻す", ...approve, comment: "required" },
  issue: { title: "確認証を交付する", ...issue, comment: "optional", forward: true },
  reissue: { title: "確認証を再交付する", ...issue, comment: "required" },
  lapse: { title: "失効を入力する", ...enter, comment: "required" },
  proposeRevocation: { title: "取消しを起案する", ...propose, comment: "required" },
  revoke: { title: "取消しを決裁する", ...approve, comment: "optional", forward: true },
  keep: { title: "取り消さない", ...approve, comment: "required" },
  tell: { title: "通知書を交付する", ...issue, comment: "optional", forward: true },
  withdraw: { title: "申請を取り下げる", ...enter, comment: "required" },
} as const satisfies Record<string, EventRule>;

/** The states of version 1, on which version 2 stands. */
export const exemptionStates1 = {
  received: {
    meta: main("受付", { waits: { title: "減免の申請の審査", ...examine } }),
    on: {
      correct: "received",
      examine: { target: "examined", guard: meets("evidenceSeen") },
      proposeRefusal: "proposed",
      withdraw: "withdrawn",
    },
  },
  examined: {
    meta: main("審査済み", { waits: { title: "減免の起案", ...propose } }),
    on: {
      proposeGrant: { target: "proposed", guard: meets("evidenceSeen") },
      proposeRefusal: "proposed",
      giveBack: "received",
      withdraw: "withdrawn",
    },
  },
  proposed: {
    meta: main("決裁待ち", { tone: "warning", waits: { title: "減免の決裁", ...approve } }),
    on: {
      grant: { target: "granted", guard: meets("grants", "evidenceSeen", "notProposer") },
      refuse: { target: "refused", guard: meets("refuses", "notProposer") },
      return: { target: "received", guard: meets("notProposer") },
    },
  },
  granted: {
    meta: main("決定・交付待ち", { waits: { title: "確認証の交付", ...issue } }),
    on: { issue: "issued" },
  },
  issued: {
    meta: main("交付済み", { open: false, tone: "success" }),
    on: { reissue: "issued", lapse: "lapsed", proposeRevocation: "revoking" },
  },
  revoking: {
    meta: {
      ...main("取消しの決裁待ち", {
        tone: "warning",
        waits: { title: "減免の取消しの決裁", ...approve },
      }),
      line: "side",
    },
    on: {
      revoke: { target: "revoked", guard: meets("notProposer") },
      keep: { target: "issued", guard: meets("notProposer") },
    },
  },
  revoked: {
    meta: {
      ...main("取消し・通知待ち", { tone: "error", waits: { title: "取消しの通知", ...issue } }),
      line: "side",
    },
    on: { tell: "told" },
  },
  refused: {
    meta: {
      ...main("却下・通知待ち", { tone: "error", waits: { title: "却下の通知", ...issue } }),
      line: "side",
    },
    on: { tell: "told" },
  },
  told: { meta: side("通知済み", { open: false, tone: "neutral" }), type: "final" },
  lapsed: { meta: side("失効", { open: false, tone: "neutral" }), type: "final" },
  withdrawn: { meta: side("取下げ", { open: false, tone: "neutral" }), type: "final" },
} as const;

const machine = setup({
  types: {
    context: {} as ExemptionContext,
    events: {} as { type: keyof typeof exemptionEvents1 },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(exemptionChecks) },
}).createMachine({
  id: "vaccination-exemption",
  initial: "received",
  context: {} as ExemptionContext,
  states: exemptionStates1,
});

export type ExemptionState = StateValueFrom<typeof machine>;

/** The first version: who examined an application could decide it. @see exemptionV2 */
export const exemptionV1 = {
  kind: "vaccination-exemption",
  version: 1,
  title: "自己負担減免の申請",
  machine,
  events: exemptionEvents1,
  checks: exemptionChecks,
} satisfies FlowDefinition<ExemptionContext>;
