import { holds } from "../access/actor.ts";
import type { Person } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/**
 * 支援措置 of anybody whom a paper names, or of one they live with: such papers are made only by who may see the
 * address, never by the clock.
 *
 * @throws Problem 403
 */
export function requireReleasedAddress(work: Work, people: Iterable<Person>): void {
  for (const person of people) {
    const byTheClock = person.isProtected && holds(work.actor, "system.run");
    if (!person.addressMasked && !byTheClock) continue;
    throw new Problem({
      status: 403,
      message: "支援措置の対象者です。住所を扱う権限のある職員が確認のうえ発行してください。",
    });
  }
}
