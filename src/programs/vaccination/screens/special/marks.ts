import { holds } from "#src/platform/access/actor.ts";
import type { Work } from "#src/platform/work.ts";
import { specialOn } from "../../special/index.ts";

/** Words beside people in a search result: that there is something to mind today. What it is stands on their page. */
export async function specialMarks(
  work: Work,
  personNumbers: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (!holds(work.actor, "case.read", { program: "vaccination" })) return new Map();
  const found = await specialOn(work, personNumbers, work.platform.clock.today());
  return new Map(
    [...found].flatMap(([number, { cautions, longIllness }]) => {
      const words = [
        ...(cautions.length > 0 ? ["予防接種 要注意"] : []),
        ...(longIllness.length > 0 ? ["予防接種 長期療養特例"] : []),
      ];
      return words.length > 0 ? [[number, words] as const] : [];
    }),
  );
}
