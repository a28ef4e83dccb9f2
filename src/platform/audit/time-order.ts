import type { SentRow } from "./covered.ts";
import type { SealPage } from "./seal-pages.ts";

/** Between taking a number and looking at the clock, and for a clock that is set right. */
const leeway = 5_000;
/** No transaction is open for longer; what is sealed later than that was not written then. */
const longestTransaction = 3_600_000;

/** Whether times run as numbers do: who writes a record of yesterday today has no number of yesterday for it. */
export class TimeOrder {
  #highest = 0;
  #latest = Number.NEGATIVE_INFINITY;
  #sealedBefore = Number.NEGATIVE_INFINITY;
  #firstNamed: number | undefined;

  /** What is wrong with the times of a seal and its records; seals come in the order of their numbers. */
  *faultsOf(seal: SealPage): Generator<string> {
    const sealedAt = seal.sealedAt.getTime();
    if (sealedAt < this.#sealedBefore - leeway) yield "封印の時刻が前の封印より前です";
    if (seal.version !== 1)
      for (const row of seal.rows) {
        const fault = this.#faultOf(row, sealedAt);
        if (fault) yield `記録 ${row.id}: ${fault}`;
      }
    this.#sealedBefore = Math.max(this.#sealedBefore, sealedAt);
  }

  #faultOf(row: SentRow, sealedAt: number): string | undefined {
    const { id, at } = row;
    // The first release wrote the time at which the transaction began, and no names.
    if (row.bytes("staff_id") && !row.bytes("staff_name"))
      return this.#firstNamed !== undefined && id > this.#firstNamed
        ? "職員の氏名が消されています"
        : undefined;
    this.#firstNamed ??= id;
    if (at > sealedAt + leeway) return "時刻が封印より後です";
    if (id < this.#highest) {
      const late = this.#sealedBefore - at > longestTransaction;
      return late ? "後から差し込まれています（時刻が封印より大きく前です）" : undefined;
    }
    const backwards = at < this.#latest - leeway;
    this.#highest = id;
    this.#latest = Math.max(this.#latest, at);
    return backwards ? "時刻が番号の順と合いません" : undefined;
  }
}
