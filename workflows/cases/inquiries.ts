import { meets, type StateMeta } from "#workflows/flows/definition.ts";
import { withdrawing } from "./application.ts";
import { type CaseFacts, check } from "./checks.ts";
import type { CaseEventRule } from "./definition.ts";
import { clearDeadline, deadline, letter } from "./effects.ts";

/*
 * Pieces for an application that waits for the answer of another authority (照会): a letter asks, until a day; once that
 * has passed the authority is reminded. When somebody may be asked stands in the machine of the 事務.
 */

/** What a machine may know of the inquiries of a case. */
export interface InquiryFacts extends CaseFacts {
  /** Inquiries that are neither answered nor given up. */
  openInquiries: number;
}

const own = check<InquiryFacts>;

export const inquiryChecks = {
  moreAnswersDue: own(null, (c) => c.openInquiries > 1),
  lastAnswerDue: own(null, (c) => c.openInquiries <= 1),
} as const;

export const inquiryEvents = {
  inquire: {
    title: "照会する",
    right: "case.examine",
    comment: "optional",
    page: "inquiry",
    until: "回答期限",
  },
  recordAnswer: {
    title: "照会の回答を記録する",
    right: "case.examine",
    comment: "optional",
    page: "inquiry",
    forward: true,
  },
  closeInquiry: { title: "照会を打ち切る", right: "case.examine", comment: "required" },
  remind: { title: "回答期限の経過", right: "system.run", comment: "optional", scheduled: true },
} as const satisfies Record<string, CaseEventRule<never>>;

/** What asking leaves to be done. */
export const asking = {
  actions: [letter("inquiry"), deadline("inquiry", "remind")],
} as const;

/** 照会中: back to 審査 with the last answer, or when the inquiry is given up. */
export const inquiring = {
  meta: {
    title: "照会中",
    line: "side",
    open: true,
    waits: { title: "照会の回答待ち", right: "case.examine" },
    tone: "warning",
  } satisfies StateMeta,
  on: {
    recordDocuments: {},
    recordAnswer: [
      { guard: meets("moreAnswersDue") },
      {
        target: "examination",
        guard: meets("lastAnswerDue"),
        actions: [clearDeadline("inquiry")],
      },
    ],
    closeInquiry: { target: "examination", actions: [clearDeadline("inquiry")] },
    remind: { actions: [letter("inquiry-reminder")] },
    withdraw: { ...withdrawing.withdraw, actions: [clearDeadline("inquiry")] },
  },
} as const;
