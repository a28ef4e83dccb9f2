import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { ReceiptPlan } from "#workflows/receipts/judge.ts";
import type { Work } from "../work.ts";

/** A 事務 whose recipients are claimed for by receipts. The platform reads, judges, posts; the 事務 says what is its own. */
export interface ReceiptKind {
  program: string;
  /** 事業名 in the ledger, such as こども医療費助成. */
  title: string;
  /** The same where several stand in a column of a list, such as こども. */
  shortTitle: string;
  /** Which of its entitlements pays. */
  entitlementKind: string;
  /** 公費負担者番号 and 一部負担金, dated, as the city has registered them for a day; or how the 事務 reckons for itself. */
  settled(work: Work, on: IsoDate): Promise<Pick<ReceiptPlan, "payers" | "copay" | "reckon">>;
}

const kinds = new Map<string, ReceiptKind>();

/** Makes the receipts of a 事務 known; called where the 事務 is set up. */
export function declareReceiptKind(kind: ReceiptKind): void {
  kinds.set(kind.program, kind);
}

/** Every 事務 with receipts. */
export const receiptKinds = (): readonly ReceiptKind[] => [...kinds.values()];

/** The receipts of a 事務; throws where it has none. */
export function receiptKind(program: string): ReceiptKind {
  const kind = kinds.get(program);
  if (!kind) throw new Error(`no receipts of ${program}`);
  return kind;
}

/** 事業名 of a 事務; its id where it is not known any more. */
export const receiptProgramTitle = (program: string): string =>
  kinds.get(program)?.title ?? program;

/** What a 事務 is called in a list; its id where it is not known any more. */
export const receiptProgramShortTitle = (program: string): string =>
  kinds.get(program)?.shortTitle ?? program;

/**
 * What every 事務 has settled, for receipts that were claimed in a month.
 *
 * @throws Problem 503 where the city has not registered something
 */
export const plansFor = (work: Work, claimMonth: IsoMonth): Promise<ReceiptPlan[]> =>
  Promise.all(
    receiptKinds().map(async ({ program, entitlementKind, settled }) => ({
      program,
      entitlementKind,
      ...(await settled(work, `${claimMonth}-01`)),
    })),
  );
