import type { Fault } from "../fault.ts";

/** What a bank says of one transfer. */
export interface PaymentAnswer {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Number of the payable, without its letter and zeros. */
  readonly serial: number;
  /** Whole yen. */
  readonly amount: number;
  readonly outcome: "paid" | "failed";
  /** Why not: `no-account`, `closed-account`, `name-mismatch`, `refused`, `other`. */
  readonly reason?: string;
}

/** What a list of answers holds, as far as it can be read, and all that is wrong with it; `record` is the line. */
export interface ReadAnswers {
  readonly answers: readonly PaymentAnswer[];
  readonly faults: readonly Fault[];
}

/**
 * How a bank answers a 総合振込. No common layout is established for that (the 振替結果コード belongs to 口座振替): a city whose bank has one of its
 * own adds a layout here.
 */
export interface AnswerLayout {
  readonly id: string;
  readonly title: string;
  /** Never throws. */
  read(bytes: Uint8Array): ReadAnswers;
}
