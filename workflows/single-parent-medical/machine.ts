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
import { effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import { type IncomeFacts, incomeChecks, incomeEvents } from "#workflows/cases/incomes.ts";
import {
  asking,
  type InquiryFacts,
  inquiring,
  inquiryChecks,
  inquiryEvents,
} from "#workflows/cases/inquiries.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/**
 * What the machine may know of a household's application. Incomes count of the applicant, the spouse
 * and the 扶養義務者.
 */
export interface SingleParentFacts extends ApplicationFacts, IncomeFacts, InquiryFacts {
  /** The evidence that the category (事由) asks for was seen. */
  categoryProven: boolean;
  /** People whose income is not below their limit. */
  incomesOverLimit: number;
}

const own = check<SingleParentFacts>;

const checks = {
  ...applicationChecks,
  ...incomeChecks,
  ...inquiryChecks,
  categoryProven: own("ひとり親の事由の証明書類が確認されていません。", (c) => c.categoryProven),
  withinLimits: own(
    "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
    (c) => c.incomesOverLimit === 0,
  ),
} as const;

const events = {
  ...applicationEvents,
  ...incomeEvents,
  ...inquiryEvents,
} as const satisfies Record<string, CaseEventRule<never>>;

export type SingleParentEventType = keyof typeof events;

type SingleParentEvent =
  | ApplicationEvent
  | { type: "inquire"; until: IsoDate }
  | { type: "recordIncome" | "confirmIncome" | "recordAnswer" | "closeInquiry" | "remind" };

/** The taxes of who moved in are asked of the municipality of January 1, until a day that the letter names. */
const askingTaxes = { guard: meets("incomeUnknown"), ...asking } as const;

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
    inquiring: { ...inquiring, on: { ...inquiring.on, inquire: askingTaxes } },
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
