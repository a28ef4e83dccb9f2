import { isEnd, stateMeta, stateNames } from "./answer.ts";
import type { CaseDefinition } from "./definition.ts";

/** A state in the picture of the flow. */
export interface PictureStep {
  state: string;
  title: string;
  line: "main" | "side";
  /** `present`: the case stands here; `passed`: it has been here; `ahead`: not yet. */
  position: "present" | "passed" | "ahead";
  end: boolean;
  /** Column of the main line; a side state stands under the first main state that leads to it. */
  column: number;
}

/** An arrow of the picture: the titles of the events that lead from one state to another. */
export interface PictureArrow {
  from: string;
  to: string;
  titles: string[];
}

export interface Picture {
  steps: PictureStep[];
  arrows: PictureArrow[];
}

/** Draws the flow from the machine itself, so that the picture can't differ from what the door allows. */
export function pictureOf(
  definition: Pick<CaseDefinition, "machine" | "events">,
  present: string,
  passed: readonly string[] = [],
): Picture {
  const names = stateNames(definition);
  const arrows: PictureArrow[] = names.flatMap((from) => arrowsFrom(definition, from));
  const main = names.filter((name) => stateMeta(definition, name).line === "main");
  const columnOf = (state: string): number => {
    const own = main.indexOf(state);
    if (own >= 0) return own;
    const sources = arrows
      .filter((arrow) => arrow.to === state)
      .map((arrow) => main.indexOf(arrow.from));
    return Math.max(...sources, 0);
  };
  const steps = names.map((state): PictureStep => {
    const { title, line } = stateMeta(definition, state);
    const position = state === present ? "present" : passed.includes(state) ? "passed" : "ahead";
    return { state, title, line, position, end: isEnd(definition, state), column: columnOf(state) };
  });
  return { steps, arrows };
}

function arrowsFrom(
  definition: Pick<CaseDefinition, "machine" | "events">,
  from: string,
): PictureArrow[] {
  const byTarget = new Map<string, Set<string>>();
  for (const [event, ways] of definition.machine.states[from]?.transitions ?? []) {
    for (const target of ways.flatMap((way) => way.target ?? [])) {
      if (target.key === from) continue;
      const titles = byTarget.get(target.key) ?? new Set<string>();
      byTarget.set(target.key, titles.add(definition.events[event]?.title ?? event));
    }
  }
  return [...byTarget].map(([to, titles]) => ({ from, to, titles: [...titles] }));
}
