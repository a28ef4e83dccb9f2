import { grantsToDecide } from "#src/platform/access/index.ts";
import { feedScreens } from "../feeds/index.ts";
import type { ProgramScreens, ScreenSet } from "../screens.ts";
import { auditScreens } from "./audit/audit-screens.tsx";
import { entryCheck } from "./entry-checks.ts";
import { formSettingScreens } from "./form-settings/index.ts";
import { help } from "./help.tsx";
import { homePage } from "./home/home.tsx";
import { messageRead } from "./messages.ts";
import { personScreens } from "./people/person.tsx";
import { peopleSearch } from "./people/search.tsx";
import { ruleScreens } from "./rules/rule-screens.tsx";
import {
  leave,
  leaveLocked,
  lock,
  passwordChange,
  passwordForm,
  present,
  unlock,
} from "./session.tsx";
import { codeGiven, passwordGiven, signInPage } from "./sign-in.tsx";
import { grantItems } from "./staff/grant-items.ts";
import { grantScreens } from "./staff/grant-screens.tsx";
import { staffScreens } from "./staff/staff-screens.tsx";
import { terminalScreens } from "./staff/terminal-screens.tsx";
import { unprintableScreens } from "./unprintable/index.ts";

/** Screens that belong to no 事務: before theirs in the menu, and after. */
export function shellScreens(programs: readonly ProgramScreens[]): {
  before: readonly ScreenSet[];
  after: readonly ScreenSet[];
} {
  const formSettings = formSettingScreens(programs);
  const unprintable = unprintableScreens(programs);
  const administration: ScreenSet = {
    title: "管理",
    menu: [
      { title: "アクセス記録", path: "/audit", right: "audit.read" },
      { title: "職員", path: "/staff", right: "staff.manage" },
      { title: "端末", path: "/terminals", right: "staff.manage" },
      { title: "権限の申請", path: "/grants/new", right: "grant.request" },
      { title: "権限の承認", path: "/grants", right: "grant.approve", count: "grants" },
    ],
    menuCounts: async (work) => ({ grants: (await grantsToDecide(work)).length }),
    workItems: grantItems,
    routes: [
      ...auditScreens(programs),
      ...staffScreens(programs),
      ...grantScreens(programs),
      ...terminalScreens,
    ],
  };
  const common: ScreenSet = {
    title: "共通",
    menu: [
      { title: "ホーム", path: "/", right: "work.read" },
      { title: "住民検索", path: "/people", right: "person.search" },
      { title: "制度の試算", path: "/rules", right: "rules.try" },
    ],
    routes: [
      signInPage,
      passwordGiven,
      codeGiven,
      lock,
      unlock,
      leaveLocked,
      leave,
      present,
      passwordForm,
      passwordChange,
      messageRead,
      help,
      entryCheck,
      homePage([...programs, unprintable, formSettings, feedScreens, administration]),
      ...peopleSearch(programs),
      ...personScreens(programs),
      ...ruleScreens,
    ],
  };
  const paperScreens = together("帳票", [unprintable, formSettings]);
  return { before: [common], after: [paperScreens, feedScreens, administration] };
}

/** Several sets of screens under one heading of the menu. */
function together(title: string, sets: readonly ScreenSet[]): ScreenSet {
  return {
    title,
    menu: sets.flatMap(({ menu }) => menu),
    routes: sets.flatMap(({ routes }) => routes),
    menuCounts: async (work) => {
      const counts: Record<string, number> = {};
      for (const set of sets) Object.assign(counts, await set.menuCounts?.(work));
      return counts;
    },
  };
}
