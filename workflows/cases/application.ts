import { meets, type StateMeta } from "#workflows/flows/definition.ts";
import { clearDeadline, deadline, letter } from "./effects.ts";

/*
 * Pieces of the flow 申請受付 → 本人確認 → 審査 → 起案 → 決裁 → 認定 → 証交付, with 保留, 差戻し, 取下げ and
 * 職権取消, for a machine to spread. Names in -ing are steps that a state spreads into its `on`; the
 * others are states. What an application has to fulfil to be granted is never here: it stands in the
 * machine of the 事務.
 */

/** Neither who prepared the proposal nor who entered the application decides on it. */
export const anotherPerson = ["notPreparer", "notEntererOfDecision"] as const;

/** The states whose steps each 事務 puts together itself. */
export const stages = {
  examination: {
    title: "審査",
    line: "main",
    open: true,
    waits: { title: "審査待ち", right: "case.examine" },
  },
  approval: {
    title: "決裁",
    line: "main",
    open: true,
    waits: { title: "決裁待ち", right: "case.approve" },
  },
} as const satisfies Record<string, StateMeta>;

/** 取下げ: the applicant takes the application back, until it lies before the approver. */
export const withdrawing = { withdraw: { target: "withdrawn" } } as const;

/** In 本人確認: to 審査 goes what is entered, from somebody whose identity was checked. */
export const identifying = {
  recordIdentity: {},
  recordDocuments: {},
  enter: {},
  submit: { target: "examination", guard: meets("identified", "entered") },
} as const;

/** 申請受付 and 本人確認. */
export const intake = {
  received: {
    meta: {
      title: "申請受付",
      line: "main",
      open: true,
      waits: { title: "本人確認", right: "case.enter" },
    },
    on: { recordIdentity: "identity", ...withdrawing },
  },
  identity: {
    meta: {
      title: "本人確認",
      line: "main",
      open: true,
      waits: { title: "申請内容の入力", right: "case.enter" },
    },
    on: { ...identifying, ...withdrawing },
  },
} as const;

/** In 審査: the entry may be corrected, and another person confirms it. */
export const examining = {
  enter: {},
  recordDocuments: {},
  confirm: { guard: meets("entered", "unconfirmed", "notEnterer") },
} as const;

/** From 審査 to 保留: a letter asks for the missing papers, until the limit date. */
export const holding = {
  hold: {
    target: "held",
    guard: meets("documentsMissing"),
    actions: [letter("hold"), deadline("hold", "expire")],
  },
} as const;

/** 保留: back to 審査 when the papers are there or the limit date has passed. */
export const held = {
  held: {
    meta: {
      title: "保留",
      line: "side",
      open: true,
      waits: { title: "補正待ち", right: "case.examine" },
      tone: "warning",
    },
    on: {
      recordDocuments: {},
      resume: {
        target: "examination",
        guard: meets("documentsComplete"),
        actions: [clearDeadline("hold")],
      },
      expire: { target: "examination" },
      withdraw: { ...withdrawing.withdraw, actions: [clearDeadline("hold")] },
    },
  },
} as const;

/** From 審査 to 起案: what is confirmed may be proposed for rejection, with a reason. */
export const proposingRejection = {
  proposeRejection: { target: "proposed", guard: meets("confirmed") },
} as const;

/** 起案: the preparer, nobody else, sends the proposal on or takes it back. */
export const proposed = {
  proposed: {
    meta: {
      title: "起案",
      line: "main",
      open: true,
      waits: { title: "決裁に回す", right: "case.propose" },
    },
    on: {
      requestDecision: { target: "approval", guard: meets("preparer") },
      retract: { target: "examination", guard: meets("preparer") },
      ...withdrawing,
    },
  },
} as const;

/** The way of 決裁 by which a proposed rejection is decided. */
export const rejection = {
  target: "rejected",
  guard: meets("rejection", ...anotherPerson),
  actions: [letter("rejection")],
} as const;

/** 差戻し: back to 審査, by somebody who did not prepare it. */
export const remanding = {
  remand: { target: "examination", guard: meets("notPreparer") },
} as const;

/** 認定, then 証交付: certificates are issued, issued again, returned and made invalid while the entitlement holds. */
export const certificates = {
  certified: {
    meta: {
      title: "認定",
      line: "main",
      open: true,
      waits: { title: "受給者証の交付", right: "certificate.issue" },
      tone: "success",
    },
    on: {
      issue: { target: "issued", guard: meets("entitled") },
      proposeRevocation: { target: "revocation", guard: meets("entitled") },
    },
  },
  issued: {
    meta: { title: "証交付", line: "main", open: false, tone: "success" },
    on: {
      reissue: { guard: meets("entitled") },
      returnCertificate: { guard: meets("certificateValid") },
      cancelCertificate: { guard: meets("certificateValid") },
      proposeRevocation: { target: "revocation", guard: meets("entitled") },
    },
  },
} as const;

/** 却下 and 取下げ. */
export const endings = {
  rejected: {
    meta: { title: "却下", line: "side", open: false, tone: "error" },
    type: "final",
  },
  withdrawn: {
    meta: { title: "取下げ", line: "side", open: false, tone: "neutral" },
    type: "final",
  },
} as const;

/** 職権取消: decided as a grant is; what is sent back stands where it stood before. */
export const revocation = {
  revocation: {
    meta: {
      title: "取消の決裁",
      line: "side",
      open: true,
      waits: { title: "取消の決裁待ち", right: "case.revoke" },
    },
    on: {
      revoke: {
        target: "revoked",
        guard: meets(...anotherPerson),
        actions: [letter("revocation")],
      },
      remand: [
        { target: "issued", guard: meets("certificateIssued", "notPreparer") },
        { target: "certified", guard: meets("noCertificateYet", "notPreparer") },
      ],
    },
  },
  revoked: {
    meta: { title: "職権取消", line: "side", open: false, tone: "error" },
    type: "final",
  },
} as const;
