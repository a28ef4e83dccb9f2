import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** What the machine may know of the amounts of a claim. */
export interface BenefitFacts {
  /** What is claimed (visits, receipts, grade) was entered. */
  claimed: boolean;
  /** How much speaks against it that was not settled. */
  benefitFaults: number;
  /** How many amounts it needs that no parameter has. */
  missingAmounts: number;
  payable: boolean;
  accountConfirmed: boolean;
  benefitsEnteredBy: number | null;
  /** Every one-off payment of the case was made. */
  paidOut: boolean;
  pensionEnded: boolean;
}

/** What a decision says of the amounts, for the notice; yen. */
export interface NoticeLines {
  payees: readonly {
    personNumber: string;
    total: number;
    payOn?: IsoDate;
    /** The account in words, all but its last digits hidden. */
    account?: string;
    lines: readonly { title: string; amount: number; note?: string }[];
  }[];
  pensions: readonly { title: string; from: IsoDate; yearly: number; note?: string }[];
  refused: readonly { title: string; reason: string }[];
  basis: readonly string[];
}

/** The amounts of the claims, which have a part of their own: entered, reckoned, proposed, carried out. */
export interface ReliefBenefitsPart {
  facts(work: Work, found: CaseRow): Promise<BenefitFacts>;
  /** What the event `enterBenefits` does with its input. */
  enter(work: Work, step: Step): Promise<EventDetail>;
  /** Writes what is proposed, in the step that proposes a payment. */
  propose(work: Work, step: Step): Promise<EventDetail>;
  /** Carries out what was proposed, in the step that approves a payment. */
  carryOut(work: Work, step: Step): Promise<EventDetail>;
  /** As they are proposed or were decided. */
  lines(work: Work, caseId: string): Promise<NoticeLines>;
}

let part: ReliefBenefitsPart | undefined;

/** Hands over the part that knows the amounts; once, as the program starts. */
export function useReliefBenefits(given: ReliefBenefitsPart): void {
  part = given;
}

/** @throws where no part was handed over */
export function reliefBenefitsPart(): ReliefBenefitsPart {
  if (!part) throw new Error("nothing knows the amounts of relief");
  return part;
}

/** What may be known of the amounts; without the part nothing of them is settled. */
export const benefitFactsOf = async (work: Work, found: CaseRow): Promise<BenefitFacts> =>
  (await part?.facts(work, found)) ?? {
    claimed: false,
    benefitFaults: 0,
    missingAmounts: 0,
    payable: false,
    accountConfirmed: false,
    benefitsEnteredBy: null,
    paidOut: false,
    pensionEnded: false,
  };
