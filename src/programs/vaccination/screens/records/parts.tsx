import { Badge } from "#src/web/components/index.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import { doseLabel, findVaccine, schedule } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import type { SlipState } from "../../records/slips.ts";

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;

/** Vaccines as options, those of children first. */
export const vaccineChoices = schedule.map(({ id, label, period }) => ({
  value: id,
  label: [label, period].filter(Boolean).join(" "),
}));

/** 麻しん風しん混合(MR) 2期, with the name of the dose. */
export function doseTitle(vaccine: string, dose?: number | null): string {
  const found = findVaccine(vaccine);
  if (!found) return vaccine || "―";
  const label = dose ? doseLabel(vaccine as VaccineId, dose) : "";
  const period = found.period && !label.startsWith(found.period) ? found.period : "";
  return [found.label, period, label].filter(Boolean).join(" ");
}

const slipStates: Record<SlipState, { title: string; tone: Tone }> = {
  recorded: { title: "記録", tone: "success" },
  "second-channel": { title: "記録済み（二つ目）", tone: "success" },
  noted: { title: "接種なし", tone: "neutral" },
  unmatched: { title: "人が不明", tone: "error" },
  doubtful: { title: "要確認", tone: "warning" },
  discarded: { title: "除外", tone: "neutral" },
};

export const slipStateTitle = (state: SlipState): string => slipStates[state].title;
export const SlipBadge = ({ state }: { state: SlipState }) => (
  <Badge tone={slipStates[state].tone}>{slipStates[state].title}</Badge>
);
