import type { ProgramScreens, ScreenSet } from "../screens.ts";
import { entryCheck } from "./entry-checks.ts";
import { help } from "./help.tsx";
import { homePage } from "./home.tsx";
import { messageRead } from "./messages.ts";
import { personScreens } from "./people/person.tsx";
import { peopleSearch } from "./people/search.tsx";
import { leave, leaveLocked, lock, passwordChange, passwordForm, unlock } from "./session.tsx";
import { codeGiven, passwordGiven, signInPage } from "./sign-in.tsx";

/** Screens that belong to no 事務: before theirs in the menu, and after. */
export function shellScreens(programs: readonly ProgramScreens[]): {
  before: readonly ScreenSet[];
  after: readonly ScreenSet[];
} {
  const common: ScreenSet = {
    title: "共通",
    menu: [
      { title: "ホーム", path: "/", right: "work.read" },
      { title: "住民検索", path: "/people", right: "person.search" },
    ],
    routes: [
      signInPage,
      passwordGiven,
      codeGiven,
      lock,
      unlock,
      leaveLocked,
      leave,
      passwordForm,
      passwordChange,
      messageRead,
      help,
      entryCheck,
      homePage(programs),
      ...peopleSearch(programs),
      ...personScreens(programs),
    ],
  };
  return { before: [common], after: [] };
}
