import { panelSetOf } from "#src/web/review-panels/index.ts";
import { reliefCommittee } from "../../relief/committee.ts";
import { reliefPaths } from "./paths.ts";

/** 調査委員会 with the addresses of its pages. */
export const reliefCommitteeSet = panelSetOf(reliefCommittee, {
  sessions: reliefPaths.committee,
  members: reliefPaths.members,
});
