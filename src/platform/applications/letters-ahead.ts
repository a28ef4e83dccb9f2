import { transitionsOf } from "#workflows/cases/table.ts";
import { type CaseRow, definitionOf } from "../cases/index.ts";
import type { Change } from "../entitlements/index.ts";
import type { LetterKind } from "./letter-parts.ts";

/** Whether some way from where a case stands still sends a letter of that kind. */
export function mayYetSend(found: CaseRow, letter: string): boolean {
  const ways = transitionsOf(definitionOf(found));
  const reached = new Set([found.state]);
  // A set hands out what is added while it is walked through.
  for (const state of reached)
    for (const { from, to, effects } of ways) {
      if (from !== state) continue;
      if (effects.some(({ type, params }) => type === "letter" && params.kind === letter))
        return true;
      reached.add(to);
    }
  return false;
}

/** The letter that a report sends when it takes effect; none where it can't any more. */
export function letterAhead(
  found: CaseRow,
  { movement }: Pick<Change, "movement">,
): LetterKind | undefined {
  const letter = movement === "lost" ? "loss" : movement === "granted" ? "grant" : "change";
  return mayYetSend(found, letter) ? letter : undefined;
}
