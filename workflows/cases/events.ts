import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CaseEventRule } from "./definition.ts";

/** The events of an application, in the order of the work. */
export const applicationEvents = {
  recordIdentity: {
    title: "本人確認を記録する",
    right: "case.enter",
    comment: "optional",
    act: "identify",
    page: "identity",
    forward: true,
  },
  enter: {
    title: "申請内容を入力する",
    right: "case.enter",
    comment: "optional",
    act: "enter",
    page: "entry",
    forward: true,
  },
  recordDocuments: {
    title: "書類を確認する",
    right: "case.enter",
    comment: "optional",
    act: "documents",
    page: "documents",
    forward: true,
  },
  submit: { title: "審査に回す", right: "case.enter", comment: "optional", forward: true },
  confirm: {
    title: "入力内容を確認する",
    right: "case.examine",
    comment: "optional",
    act: "confirm",
    forward: true,
  },
  hold: { title: "保留にする", right: "case.examine", comment: "required", until: "補正期限" },
  resume: { title: "保留を解く", right: "case.examine", comment: "optional", forward: true },
  expire: { title: "補正期限の経過", right: "system.run", comment: "optional", scheduled: true },
  propose: {
    title: "認定を起案する",
    right: "case.propose",
    comment: "optional",
    act: "propose",
    subject: "grant",
    forward: true,
  },
  proposeRejection: {
    title: "却下を起案する",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "rejection",
    reasons: "rejection",
  },
  retract: {
    title: "起案を取り下げる",
    right: "case.propose",
    comment: "optional",
    act: "retract",
  },
  requestDecision: {
    title: "決裁に回す",
    right: "case.propose",
    comment: "optional",
    forward: true,
  },
  approve: {
    title: "決裁する",
    right: "case.approve",
    comment: "optional",
    act: "approve",
    page: "decision",
    forward: true,
  },
  remand: {
    title: "差し戻す",
    right: "case.approve",
    comment: "required",
    act: "remand",
    page: "decision",
  },
  issue: {
    title: "受給者証を交付する",
    right: "certificate.issue",
    comment: "optional",
    act: "issue",
    page: "issue",
    forward: true,
  },
  reissue: {
    title: "受給者証を再交付する",
    right: "certificate.issue",
    comment: "optional",
    act: "issue",
    page: "issue",
    reasons: "reissue",
  },
  returnCertificate: {
    title: "受給者証の返還を記録する",
    right: "certificate.issue",
    comment: "optional",
    act: "end-certificate",
  },
  cancelCertificate: {
    title: "受給者証を無効にする",
    right: "certificate.issue",
    comment: "required",
    act: "end-certificate",
  },
  proposeRevocation: {
    title: "職権取消を起案する",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "revocation",
    reasons: "revocation",
  },
  revoke: {
    title: "職権取消を決裁する",
    right: "case.revoke",
    comment: "optional",
    act: "approve",
    page: "decision",
    forward: true,
  },
  withdraw: { title: "取り下げる", right: "case.enter", comment: "required", act: "retract" },
} as const satisfies Record<string, CaseEventRule<never>>;

export type ApplicationEventType = keyof typeof applicationEvents;

/** An event of an application, with what it brings. */
export type ApplicationEvent =
  | { type: Exclude<ApplicationEventType, "hold"> }
  | { type: "hold"; until: IsoDate };
