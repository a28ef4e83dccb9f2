import { holds } from "#src/platform/access/actor.ts";
import {
  countWaiting,
  countWaitingFiles,
  feedKind,
  waitingFiles,
} from "#src/platform/feeds/index.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { ScreenSet } from "../screens.ts";
import { feedActions } from "./actions.ts";
import { importScreens } from "./import-page.tsx";
import { feedListScreens } from "./list.tsx";
import { requestTaken } from "./requests.tsx";
import { importTitle } from "./words.ts";

/** Files that wait to be committed, for those who hold the right. */
const files = (
  list: "waiting" | "sent",
  right: "feed.commit" | "feed.import",
  owner: "me" | "others",
) =>
  itemsOfKind({
    list,
    kind: "連携ファイルの反映承認",
    for: ({ actor }) => holds(actor, right),
    figures: (work) => countWaitingFiles(work, owner),
    read: async (work, lines) =>
      (await waitingFiles(work, owner, lines)).map((entry) => ({
        title: importTitle(feedKind(entry.kind), entry),
        path: `/feeds/${entry.id}` as const,
        since: entry.preparedAt,
        state: "反映の承認待ち",
      })),
  });

/** 連携取込: files from other systems, taken in by one person and committed by another. */
export const feedScreens: ScreenSet = {
  title: "連携",
  handbook: "06-feeds",
  menu: [{ title: "連携取込", path: "/feeds", right: "feed.read", count: "feeds" }],
  menuCounts: async (work) => ({ feeds: await countWaiting(work) }),
  workItems: [files("waiting", "feed.commit", "others"), files("sent", "feed.import", "me")],
  routes: [...feedListScreens, ...importScreens, ...feedActions, requestTaken],
};
