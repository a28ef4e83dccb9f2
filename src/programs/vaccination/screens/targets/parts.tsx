import { Badge } from "#src/web/components/index.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import { type Outcome, outcomeIds, outcomes } from "#workflows/vaccination/targets/outcomes.ts";
import type { Extraction } from "../../targets/extractions.ts";

/** How many rows stand on a page. */
export const rowsAPage = 50;
/** 12,345 */
export const figure = (number: number): string => number.toLocaleString("ja-JP");

const states: Record<Extraction["state"], { title: string; tone: Tone }> = {
  made: { title: "抽出済み", tone: "info" },
  used: { title: "使用済み", tone: "success" },
  discarded: { title: "破棄", tone: "neutral" },
};
export const ExtractionBadge = ({ state }: Pick<Extraction, "state">) => (
  <Badge tone={states[state].tone}>{states[state].title}</Badge>
);

/** Counts of an extraction by outcome, those who go first. */
export const countsOf = ({
  counts,
}: Pick<Extraction, "counts">): { outcome: Outcome; people: number }[] =>
  outcomeIds.flatMap((outcome) => {
    const people = counts[outcome] ?? 0;
    return people > 0 ? [{ outcome, people }] : [];
  });

export const outcomeTitle = (outcome: string): string => outcomes[outcome as Outcome] ?? outcome;
