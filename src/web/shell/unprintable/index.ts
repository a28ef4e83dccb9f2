import { holds } from "#src/platform/access/index.ts";
import { countOpenCharacters, openCharacters } from "#src/platform/printing/index.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { characterPath, codeWords } from "../../characters.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { unprintableDetail } from "./detail.tsx";
import { guard, title, unprintableList } from "./list.tsx";

/** Characters that wait to be settled, by whoever may. */
const charactersToSettle = itemsOfKind({
  list: "waiting",
  kind: "外字の処理",
  for: ({ actor }) => holds(actor, "unprintable.settle"),
  figures: countOpenCharacters,
  read: async (work, lines) =>
    (await openCharacters(work, lines)).map((character) => ({
      title: `${title} ${codeWords(character)}（${character.people}人）`,
      path: characterPath(character),
      since: character.since,
    })),
});

/** The 外字一覧: characters that stopped papers of any 事務. */
export const unprintableScreens = (programs: readonly ProgramScreens[]): ScreenSet => ({
  title: "帳票",
  handbook: "08-gaiji",
  menu: [{ title, path: "/unprintable", right: guard.right, count: "unprintable" }],
  menuCounts: async (work) => ({ unprintable: (await countOpenCharacters(work)).count }),
  workItems: [charactersToSettle],
  routes: [...unprintableList(programs), ...unprintableDetail(programs)],
});
