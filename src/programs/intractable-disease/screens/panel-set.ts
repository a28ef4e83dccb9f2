import { panelSetOf } from "#src/web/review-panels/index.ts";
import { intractablePanel } from "../panel.ts";

/** 指定難病審査会 with the addresses of its pages. */
export const intractablePanelSet = panelSetOf(intractablePanel, {
  sessions: "/intractable-disease/panel-sessions",
  members: "/intractable-disease/panel-members",
});
