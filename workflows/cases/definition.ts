import type { EventRule, FlowDefinition } from "#workflows/flows/definition.ts";

/**
 * What a step does to what all cases have in common; the database knows it too. `retract` takes back
 * the proposal where one is open, `apply` puts a confirmed report of change into the register of
 * entitlements without a decision.
 */
type Act =
  | {
      act?:
        | "identify"
        | "documents"
        | "enter"
        | "confirm"
        | "incomes"
        | "confirm-incomes"
        | "approve"
        | "remand"
        | "retract"
        | "issue"
        | "end-certificate"
        | "apply";
      subject?: never;
    }
  | {
      act: "propose";
      subject:
        | "grant"
        | "rejection"
        | "revocation"
        | "loss"
        | "change"
        | "payment"
        | "refusal"
        | "cancellation"
        | "letter";
    };

/** The pages of a case that ask for what a step needs; the address of each ends with its name. */
export type CasePage =
  | "identity"
  | "entry"
  | "documents"
  | "income"
  | "inquiry"
  | "decision"
  | "issue";

/** An event of a case. `OwnPage` names pages that the 事務 adds. */
export type CaseEventRule<OwnPage extends string = string> = EventRule &
  Act & {
    right: string;
    page?: CasePage | OwnPage;
    /** The list of reasons that it asks for. */
    reasons?: "rejection" | "dismissal" | "revocation" | "reissue" | "refusal" | "cancellation";
    /** Asks for a limit date (`until`) of this name: 補正期限 of a 保留. */
    until?: string;
  };

/** The machine of a kind of case. */
export type CaseDefinition<Context = never> = FlowDefinition<Context, CaseEventRule>;
