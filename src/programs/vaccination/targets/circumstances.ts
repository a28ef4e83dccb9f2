import { isIsoDate } from "#workflows/dates/iso-date.ts";
import type { Condition } from "#workflows/vaccination/vocabulary.ts";

/**
 * Reads the lines of `targets.circumstances`: a kind of condition, and behind tabs its days (`pregnant` the expected delivery,
 * `long-illness` its first and last day). What is not known here is left out.
 */
export function readCircumstances(lines: string): Condition[] {
  return lines.split("\n").flatMap((line): Condition[] => {
    const [kind, first = "", last = ""] = line.split("\t");
    if (
      kind === "disability-60-64" ||
      kind === "hiv-60-64" ||
      kind === "rubella-antibody-low" ||
      kind === "supply-shortage"
    )
      return [{ kind }];
    if (kind === "pregnant" && isIsoDate(first)) return [{ kind, expectedDelivery: first }];
    if (kind === "long-illness" && isIsoDate(first) && isIsoDate(last))
      return [{ kind, from: first, until: last }];
    return [];
  });
}
