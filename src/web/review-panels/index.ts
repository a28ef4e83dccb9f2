/** 審査会 on screens: members, meetings and answers, the same for each panel that a 事務 declares. */
import type { AnyRoute } from "../route.ts";
import { answerScreens } from "./answer-page.tsx";
import { memberListScreens } from "./member-list.tsx";
import { sessionListScreens } from "./session-list.tsx";
import { sessionScreens } from "./session-steps.ts";
import type { PanelSet } from "./set.ts";

export { opinionWords, voteWords } from "./answer-words.tsx";
export { type PanelSet, panelSetOf } from "./set.ts";

/** Its pages; each names the chapter of the handbook of its 事務. */
export const panelScreens = (of: PanelSet): readonly AnyRoute[] => [
  ...sessionListScreens(of),
  ...sessionScreens(of),
  ...answerScreens(of),
  ...memberListScreens(of),
];
