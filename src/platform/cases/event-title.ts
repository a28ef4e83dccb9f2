import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { correctionTitles } from "./correction-titles.ts";

/** What an event of a case is called: as its machine says, or what any case may have beside it. */
export const eventTitle = (events: Readonly<Record<string, CaseEventRule>>, type: string): string =>
  events[type]?.title ??
  (type === "open" ? "受け付ける" : (correctionTitles as Record<string, string>)[type]) ??
  "手続き";
