import { countOpenCharacters } from "#src/platform/printing/index.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { unprintableDetail } from "./detail.tsx";
import { guard, title, unprintableList } from "./list.tsx";

/** The 外字一覧: characters that stopped papers of any 事務. */
export const unprintableScreens = (programs: readonly ProgramScreens[]): ScreenSet => ({
  title: "帳票",
  handbook: "08-gaiji",
  menu: [{ title, path: "/unprintable", right: guard.right, count: "unprintable" }],
  menuCounts: async (work) => ({ unprintable: await countOpenCharacters(work) }),
  routes: [...unprintableList(programs), ...unprintableDetail(programs)],
});
