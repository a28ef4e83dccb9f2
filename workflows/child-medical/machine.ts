import { setup } from "xstate";
import {
  type CaseDefinition,
  type Check,
  type EventRule,
  meets,
  type StateMeta,
} from "../cases/definition.ts";
import type { IsoDate } from "../dates/iso-date.ts";

/** What the machine may know of an application: ids, dates and counts, gathered afresh before every step. */
export interface ApplicationContext {
  actingStaffId: number;
  identityCheckedOn: IsoDate | null;
  enteredBy: number | null;
  confirmedBy: number | null;
  missingDocuments: number;
  /** First day of the entitlement as calculated; null when the city's rules give none. */
  periodFrom: IsoDate | null;
  /** The child has an entitlement that overlaps the calculated period. */
  overlaps: boolean;
  proposal: "grant" | "rejection" | "revocation" | null;
  preparedBy: number | null;
  certificateIssued: boolean;
  certificateValid: boolean;
  entitled: boolean;
}

const check = (reason: string | null, holds: Check<ApplicationContext>["holds"]) => ({
  reason,
  holds,
});

const checks = {
  identified: check("本人確認の記録がありません。", (c) => c.identityCheckedOn !== null),
  entered: check("申請内容が入力されていません。", (c) => c.enteredBy !== null),
  unconfirmed: check("入力内容は確認済みです。", (c) => c.confirmedBy === null),
  confirmed: check("入力内容が別の職員によって確認されていません。", (c) => c.confirmedBy !== null),
  notEnterer: check(
    "入力した本人は確認できません。別の職員が確認してください。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  documentsMissing: check(
    "不足している書類がありません。書類の確認で不足を記録してください。",
    (c) => c.missingDocuments > 0,
  ),
  documentsComplete: check("不足している書類があります。", (c) => c.missingDocuments === 0),
  periodKnown: check(
    "市の基準では有効期間がありません。却下の起案をしてください。",
    (c) => c.periodFrom !== null,
  ),
  noOverlap: check("同じ子に、期間の重なる資格があります。", (c) => !c.overlaps),
  notPreparer: check("起案した本人は決裁できません。", (c) => c.preparedBy !== c.actingStaffId),
  notEntererOfDecision: check(
    "申請内容を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  preparer: check("起案した本人だけが行えます。", (c) => c.preparedBy === c.actingStaffId),
  entitled: check("資格が喪失または取消となっています。", (c) => c.entitled),
  certificateValid: check("有効な受給者証がありません。", (c) => c.certificateValid),
  grant: check(null, (c) => c.proposal === "grant"),
  rejection: check(null, (c) => c.proposal === "rejection"),
  certificateIssued: check(null, (c) => c.certificateIssued),
  noCertificateYet: check(null, (c) => !c.certificateIssued),
} as const;
type CheckName = keyof typeof checks;

type ApplicationEvent =
  | {
      type:
        | "recordIdentity"
        | "enter"
        | "recordDocuments"
        | "submit"
        | "confirm"
        | "resume"
        | "expire";
    }
  | { type: "hold"; until: IsoDate }
  | { type: "propose" | "proposeRejection" | "retract" | "requestDecision" | "approve" | "remand" }
  | { type: "issue" | "reissue" | "returnCertificate" | "cancelCertificate" }
  | { type: "proposeRevocation" | "revoke" | "withdraw" };

const events = {
  recordIdentity: { title: "本人確認を記録する", right: "case.enter", comment: "optional" },
  enter: { title: "申請内容を入力する", right: "case.enter", comment: "optional" },
  recordDocuments: { title: "書類を確認する", right: "case.enter", comment: "optional" },
  submit: { title: "審査に回す", right: "case.enter", comment: "optional" },
  confirm: { title: "入力内容を確認する", right: "case.examine", comment: "optional" },
  hold: { title: "保留にする", right: "case.examine", comment: "required" },
  resume: { title: "保留を解く", right: "case.examine", comment: "optional" },
  expire: { title: "補正期限の経過", right: "system.run", comment: "optional", scheduled: true },
  propose: { title: "認定を起案する", right: "case.propose", comment: "optional" },
  proposeRejection: { title: "却下を起案する", right: "case.propose", comment: "required" },
  retract: { title: "起案を取り下げる", right: "case.propose", comment: "optional" },
  requestDecision: { title: "決裁に回す", right: "case.propose", comment: "optional" },
  approve: { title: "決裁する", right: "case.approve", comment: "optional" },
  remand: { title: "差し戻す", right: "case.approve", comment: "required" },
  issue: { title: "受給者証を交付する", right: "certificate.issue", comment: "optional" },
  reissue: { title: "受給者証を再交付する", right: "certificate.issue", comment: "optional" },
  returnCertificate: {
    title: "受給者証の返還を記録する",
    right: "certificate.issue",
    comment: "optional",
  },
  cancelCertificate: {
    title: "受給者証を無効にする",
    right: "certificate.issue",
    comment: "required",
  },
  proposeRevocation: { title: "職権取消を起案する", right: "case.propose", comment: "required" },
  revoke: { title: "職権取消を決裁する", right: "case.revoke", comment: "optional" },
  withdraw: { title: "取り下げる", right: "case.enter", comment: "required" },
} as const satisfies Record<ApplicationEvent["type"], EventRule>;

const main = (title: string): StateMeta => ({ title, line: "main" });
const side = (title: string): StateMeta => ({ title, line: "side" });
const letter = (kind: string) => ({ type: "letter" as const, params: { kind } });
const withdraw = { target: "withdrawn" } as const;
const closeHold = { type: "clearDeadline", params: { kind: "hold" } } as const;

const machine = setup({
  types: {
    context: {} as ApplicationContext,
    events: {} as ApplicationEvent,
    meta: {} as StateMeta,
  },
  guards: {
    meets: ({ context }, params: { checks: readonly CheckName[] }) =>
      params.checks.every((name) => checks[name].holds(context)),
  },
  actions: {
    letter: (_, _params: { kind: string }) => {},
    deadline: (_, _params: { kind: string; on: string; event: string }) => {},
    clearDeadline: (_, _params: { kind: string }) => {},
  },
}).createMachine({
  id: "child-medical",
  initial: "received",
  context: {} as ApplicationContext,
  states: {
    received: { meta: main("申請受付"), on: { recordIdentity: "identity", withdraw } },
    identity: {
      meta: main("本人確認"),
      on: {
        recordIdentity: {},
        recordDocuments: {},
        enter: {},
        submit: { target: "examination", guard: meets("identified", "entered") },
        withdraw,
      },
    },
    examination: {
      meta: main("審査"),
      on: {
        enter: {},
        recordDocuments: {},
        confirm: { guard: meets("entered", "unconfirmed", "notEnterer") },
        hold: {
          target: "held",
          guard: meets("documentsMissing"),
          actions: [
            letter("hold"),
            {
              type: "deadline",
              params: ({ event }) => ({ kind: "hold", on: event.until, event: "expire" }),
            },
          ],
        },
        propose: {
          target: "proposed",
          guard: meets("confirmed", "documentsComplete", "periodKnown", "noOverlap"),
        },
        proposeRejection: { target: "proposed", guard: meets("confirmed") },
        withdraw,
      },
    },
    held: {
      meta: side("保留"),
      on: {
        recordDocuments: {},
        resume: { target: "examination", guard: meets("documentsComplete"), actions: [closeHold] },
        expire: { target: "examination" },
        withdraw: { ...withdraw, actions: [closeHold] },
      },
    },
    proposed: {
      meta: main("起案"),
      on: {
        requestDecision: { target: "approval", guard: meets("preparer") },
        retract: { target: "examination", guard: meets("preparer") },
        withdraw,
      },
    },
    approval: {
      meta: main("決裁"),
      on: {
        approve: [
          {
            target: "certified",
            guard: meets("grant", "notPreparer", "notEntererOfDecision", "noOverlap"),
            actions: [letter("grant")],
          },
          {
            target: "rejected",
            guard: meets("rejection", "notPreparer", "notEntererOfDecision"),
            actions: [letter("rejection")],
          },
        ],
        remand: { target: "examination", guard: meets("notPreparer") },
      },
    },
    certified: {
      meta: main("認定"),
      on: {
        issue: { target: "issued", guard: meets("entitled") },
        proposeRevocation: { target: "revocation", guard: meets("entitled") },
      },
    },
    issued: {
      meta: main("証交付"),
      on: {
        reissue: { guard: meets("entitled") },
        returnCertificate: { guard: meets("certificateValid") },
        cancelCertificate: { guard: meets("certificateValid") },
        proposeRevocation: { target: "revocation", guard: meets("entitled") },
      },
    },
    rejected: { meta: side("却下"), type: "final" },
    withdrawn: { meta: side("取下げ"), type: "final" },
    revocation: {
      meta: side("取消の決裁"),
      on: {
        revoke: {
          target: "revoked",
          guard: meets("notPreparer", "notEntererOfDecision"),
          actions: [letter("revocation")],
        },
        remand: [
          { target: "issued", guard: meets("certificateIssued", "notPreparer") },
          { target: "certified", guard: meets("noCertificateYet", "notPreparer") },
        ],
      },
    },
    revoked: { meta: side("職権取消"), type: "final" },
  },
});

/** The application for こども医療費助成, first version. */
export const applicationV1: CaseDefinition<ApplicationContext> = {
  kind: "child-medical",
  version: 1,
  title: "こども医療費助成 申請",
  machine,
  events,
  checks,
};

export type ApplicationEventType = keyof typeof events;
