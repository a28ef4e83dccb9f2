import { holds } from "#src/platform/access/index.ts";
import { countOpenCharacters, listCharacters } from "#src/platform/printing/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { characterPath, codeWords } from "../../characters.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { unprintableDetail } from "./detail.tsx";
import { guard, title, unprintableList } from "./list.tsx";

/** The 外字一覧: characters that stopped papers of any 事務. */
export const unprintableScreens = (programs: readonly ProgramScreens[]): ScreenSet => ({
  title: "帳票",
  handbook: "08-gaiji",
  menu: [{ title, path: "/unprintable", right: guard.right, count: "unprintable" }],
  menuCounts: async (work) => ({ unprintable: await countOpenCharacters(work) }),
  workItems,
  routes: [...unprintableList(programs), ...unprintableDetail(programs)],
});

/** Characters that wait to be settled, by whoever may. */
async function workItems(work: Work): Promise<WorkItem[]> {
  if (!holds(work.actor, "unprintable.settle")) return [];
  return (await listCharacters(work, { state: "open" })).map((character) => ({
    list: "waiting",
    kind: "外字の処理",
    title: `${title} ${codeWords(character)}（${character.people}人）`,
    path: characterPath(character),
    since: character.since,
  }));
}
