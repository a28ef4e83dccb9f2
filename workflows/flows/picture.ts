import { isEnd, stateMeta, stateNames } from "./answer.ts";
import type { FlowDefinition } from "./definition.ts";

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
  definition: Pick<FlowDefinition, "machine" | "events">,
  present: string,
  passed: readonly string[] = [],
): Picture {
  const names = stateNames(definition);
  const arrows: PictureArrow[] = names.flatMap((from) => arrowsFrom(definition, from));
  const main = names.filter((name) => stateMeta(definition, name).line === "main");
  const columnOf = (state: string, seen: readonly string[] = []): number => {
    const own = main.indexOf(state);
    if (own >= 0 || seen.includes(state)) return own;
    const sources = arrows.filter((arrow) => arrow.to === state);
    return Math.max(0, ...sources.map((arrow) => columnOf(arrow.from, [...seen, state])));
  };
  const reached = columnOf(present);
  const steps = names.map((state): PictureStep => {
    const { title, line } = stateMeta(definition, state);
    const column = columnOf(state);
    // What lies behind a case that was sent back is ahead of it again.
    const behind = passed.includes(state) && (line === "side" || column <= reached);
    const position = state === present ? "present" : behind ? "passed" : "ahead";
    return { state, title, line, position, end: isEnd(definition, state), column };
  });
  return { steps, arrows };
}

function arrowsFrom(
  definition: Pick<FlowDefinition, "machine" | "events">,
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
