import { holds } from "#src/platform/access/actor.ts";
import { countWaiting, feedKind, waitingForMe } from "#src/platform/feeds/index.ts";
import type { ScreenSet } from "../screens.ts";
import { feedActions } from "./actions.ts";
import { importScreens } from "./import-page.tsx";
import { feedListScreens } from "./list.tsx";
import { requestTaken } from "./requests.tsx";
import { importTitle } from "./words.ts";

/** 連携取込: files from other systems, taken in by one person and committed by another. */
export const feedScreens: ScreenSet = {
  title: "連携",
  handbook: "06-feeds",
  menu: [{ title: "連携取込", path: "/feeds", right: "feed.read", count: "feeds" }],
  menuCounts: async (work) => ({ feeds: await countWaiting(work) }),
  async workItems(work) {
    if (!holds(work.actor, "feed.commit")) return [];
    const waiting = await waitingForMe(work);
    return waiting.map((entry) => ({
      list: "waiting" as const,
      kind: "連携ファイルの反映承認",
      title: importTitle(feedKind(entry.kind), entry),
      path: `/feeds/${entry.id}` as const,
      since: entry.preparedAt,
    }));
  },
  routes: [...feedListScreens, ...importScreens, ...feedActions, requestTaken],
};
