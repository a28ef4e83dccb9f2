import type { ComponentChildren } from "preact";
import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";

/** A panel on the page of a claim that another part brings, such as the amounts. */
export interface ReliefPanel<Seen> {
  look(work: Work, found: CaseRow): Promise<Seen>;
  Panel(props: { seen: Seen; found: CaseRow }): ComponentChildren;
  /** Lines of what the decision on a payment will do. */
  outcome?(seen: Seen): readonly (readonly [string, ComponentChildren])[];
  /** Why the open proposal can't be approved as it stands. */
  moved?(seen: Seen): readonly string[];
  /** What a decision among many will do. */
  summary?(seen: Seen): string;
}

// biome-ignore lint/suspicious/noExplicitAny: what it saw goes only to its own functions
type AnyReliefPanel = ReliefPanel<any>;

const panels: AnyReliefPanel[] = [];

/** Puts a panel on the page of a claim; once, as the program starts. */
export function addReliefPanel<Seen>(panel: ReliefPanel<Seen>): void {
  panels.push(panel);
}

/** A panel with what it saw. */
export interface SeenPanel {
  panel: AnyReliefPanel;
  seen: unknown;
}

export async function lookAtPanels(work: Work, found: CaseRow): Promise<SeenPanel[]> {
  const looked: SeenPanel[] = [];
  for (const panel of panels) looked.push({ panel, seen: await panel.look(work, found) });
  return looked;
}
