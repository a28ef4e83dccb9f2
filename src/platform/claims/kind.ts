import type { ClaimReceipt } from "#workflows/claims/receipt.ts";
import type { RefundMonth, SettledCare } from "#workflows/claims/refund.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { ApplicationKind } from "../applications/index.ts";
import type { CaseRow } from "../cases/index.ts";
import type { Work } from "../work.ts";

/** A 事務 that refunds what people paid (償還払い): its claims are cases of the kind `<program>/claim`. */
export interface ClaimKind {
  program: string;
  /** こども医療費助成. */
  title: string;
  /** Where 一部負担金 stand, dated. */
  scheme: PresetArea<SubsidyScheme>;
  /** By which its recipients were entitled: to whom letters go. */
  // biome-ignore lint/suspicious/noExplicitAny: what was entered goes only to the functions of the application
  application: ApplicationKind<any>;
  /** How a person's month is refunded, where the plan of 一部負担金 says nothing of it; nothing where it can't be reckoned. */
  refundOfMonth?:
    | ((work: Work, about: RefundSubject) => Promise<RefundMonth | undefined>)
    | undefined;
}

/** The receipts of a month of a claim that may be refunded, and what was paid for the month already. */
export interface RefundSubject {
  readonly found: CaseRow;
  readonly month: IsoMonth;
  readonly counted: readonly ClaimReceipt[];
  readonly settled: readonly SettledCare[];
}

/** Name of the kind of case: `child-medical/claim`. */
export const claimCaseKind = ({ program }: Pick<ClaimKind, "program">): string =>
  `${program}/claim`;
