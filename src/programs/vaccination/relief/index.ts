/** 健康被害救済: claims for the relief of a damage to health, from the counter to the decision; the amounts are a part of their own. */
import "./workflow.ts";

export type { BenefitFacts, NoticeLines } from "./benefits-part.ts";
export { reliefRequired } from "./keep-entry.ts";
export { reliefPaperTitles } from "./letters.ts";
export { openRelief } from "./open.ts";
export { reliefLetters } from "./program-letters.ts";
