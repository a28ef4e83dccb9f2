import type { CaseAction } from "#src/platform/cases/index.ts";
import type { PhraseUse } from "#src/platform/phrases/index.ts";
import { answer, stateMeta } from "#workflows/flows/answer.ts";
import type { Shown } from "./shown.ts";

/** Which sentences of the office are meant for the comment on a step. */
export function phrasesFor({ rule }: CaseAction): PhraseUse {
  if (rule.act === "remand") return "remand";
  if (rule.until) return "hold";
  const refuses = rule.act === "propose" && rule.subject !== "grant";
  return refuses || rule.act === "retract" ? "refusal" : "note";
}

/** What these steps do to papers and entitlements stays done. */
const lasting = new Set(["approve", "issue", "end-certificate", "apply"]);

/** What is asked before a step that can't be undone: it ends the work on the case, or does something that lasts. */
export function questionOf({ view }: Shown, { type, title, rule }: CaseAction): string | undefined {
  const { found, prepared } = view;
  const { definition, context } = prepared;
  const next = answer(definition, found.state, context, { type });
  const ends =
    next.possible && next.state !== found.state && !stateMeta(definition, next.state).open;
  if (!ends && !lasting.has(rule.act ?? "")) return undefined;
  return `「${title}」を行います。元に戻せません。よろしいですか。`;
}
