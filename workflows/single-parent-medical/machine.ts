import { setup } from "xstate";
import {
  anotherPerson,
  certificates,
  endings,
  examining,
  held,
  holding,
  identifying,
  intake,
  proposed,
  proposingRejection,
  rejection,
  remanding,
  revocation,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { type ApplicationFacts, applicationChecks, check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { clearDeadline, deadline, effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/**
 * What the machine may know of a household's application. Incomes count of the applicant, the spouse
 * and the 扶養義務者.
 */
export interface SingleParentFacts extends ApplicationFacts {
  /** The evidence that the category (事由) asks for was seen. */
  categoryProven: boolean;
  /** People whose income counts and was neither looked up nor keyed. */
  incomesUnknown: number;
  /** People whose income was keyed and not yet confirmed by somebody else. */
  incomesUnconfirmed: number;
  /** The acting person keyed one of them. */
  keyedIncome: boolean;
  /** People whose income is not below their limit. */
  incomesOverLimit: number;
  /** Inquiries that another municipality has not answered. */
  openInquiries: number;
}

const own = check<SingleParentFacts>;

const checks = {
  ...applicationChecks,
  categoryProven: own("ひとり親の事由の証明書類が確認されていません。", (c) => c.categoryProven),
  incomeKnown: own("所得が確認できない世帯員がいます。", (c) => c.incomesUnknown === 0),
  incomeUnknown: own(
    "全員の所得が確認できています。照会は要りません。",
    (c) => c.incomesUnknown > 0,
  ),
  incomeConfirmed: own(
    "入力した所得が、別の職員によって確認されていません。",
    (c) => c.incomesUnconfirmed === 0,
  ),
  incomeUnconfirmed: own("確認を待つ所得はありません。", (c) => c.incomesUnconfirmed > 0),
  notIncomeEnterer: own(
    "所得を入力した本人は確認できません。別の職員が確認してください。",
    (c) => !c.keyedIncome,
  ),
  withinLimits: own(
    "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
    (c) => c.incomesOverLimit === 0,
  ),
  moreAnswersDue: own(null, (c) => c.openInquiries > 1),
  lastAnswerDue: own(null, (c) => c.openInquiries <= 1),
} as const;

const events = {
  ...applicationEvents,
  recordIncome: {
    title: "所得を記録する",
    right: "case.examine",
    comment: "optional",
    page: "income",
  },
  confirmIncome: {
    title: "入力した所得を確認する",
    right: "case.examine",
    comment: "optional",
    forward: true,
  },
  inquire: {
    title: "所得を照会する",
    right: "case.examine",
    comment: "optional",
    page: "inquiry",
    until: true,
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
} as const satisfies Record<string, CaseEventRule<"income" | "inquiry">>;

export type SingleParentEventType = keyof typeof events;

type SingleParentEvent =
  | ApplicationEvent
  | { type: "inquire"; until: IsoDate }
  | { type: "recordIncome" | "confirmIncome" | "recordAnswer" | "closeInquiry" | "remind" };

/** The taxes of who moved in are asked of the municipality of January 1, until a day that the letter names. */
const askingTaxes = {
  guard: meets("incomeUnknown"),
  actions: [letter("inquiry"), deadline("inquiry", "remind")],
} as const;

const machine = setup({
  types: {
    context: {} as SingleParentFacts,
    events: {} as SingleParentEvent,
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "single-parent-medical/application",
  initial: "received",
  context: {} as SingleParentFacts,
  states: {
    ...intake,
    identity: { ...intake.identity, on: { ...identifying, recordIncome: {}, ...withdrawing } },
    examination: {
      meta: stages.examination,
      on: {
        ...examining,
        recordIncome: {},
        confirmIncome: { guard: meets("incomeUnconfirmed", "notIncomeEnterer") },
        inquire: { target: "inquiring", ...askingTaxes },
        ...holding,
        propose: {
          target: "proposed",
          guard: meets(
            "confirmed",
            "documentsComplete",
            "categoryProven",
            "incomeKnown",
            "incomeConfirmed",
            "withinLimits",
            "periodKnown",
            "noOverlap",
          ),
        },
        ...proposingRejection,
        ...withdrawing,
      },
    },
    ...held,
    inquiring: {
      meta: {
        title: "照会中",
        line: "side",
        open: true,
        waits: { title: "照会の回答待ち", right: "case.examine" },
        tone: "warning",
      },
      on: {
        recordDocuments: {},
        inquire: askingTaxes,
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
    },
    ...proposed,
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          {
            target: "certified",
            // The limits of the ordinance may have changed since the proposal.
            guard: meets("grant", ...anotherPerson, "incomeKnown", "withinLimits", "noOverlap"),
            actions: [letter("grant")],
          },
          rejection,
        ],
        ...remanding,
      },
    },
    ...certificates,
    ...endings,
    ...revocation,
  },
});

/** The household's application for ひとり親家庭等医療費助成, first version. */
export const applicationV1: CaseDefinition<SingleParentFacts> = {
  kind: "single-parent-medical/application",
  version: 1,
  title: "ひとり親家庭等医療費助成 申請",
  machine,
  events,
  checks,
};
