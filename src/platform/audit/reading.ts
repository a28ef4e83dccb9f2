import type postgres from "postgres";

/** A connection or a transaction that may read all of `audit`. */
export type Reader = postgres.ISql<Record<never, never>>;

/** Runs a short read, each in a transaction of its own where it is the program's: no connection is held for long. */
export type Reading = <T>(read: (sql: Reader) => Promise<T>) => Promise<T>;

/** What is wrong, as sentences: the first of them, and how many there are. */
export class Faults {
  static readonly most = 200;
  readonly sentences: string[] = [];
  count = 0;

  add(sentence: string): void {
    this.count += 1;
    if (this.sentences.length < Faults.most) this.sentences.push(sentence);
  }
}
