import { countGrants, resetsToDecide } from "#src/platform/access/index.ts";
import { logCopies } from "#src/platform/documents/index.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import { copyItems } from "../copies/index.ts";
import { feedScreens } from "../feeds/index.ts";
import { receiptScreens } from "../receipts/index.ts";
import type { AnyRoute } from "../route.ts";
import type { ProgramScreens, ScreenSet } from "../screens.ts";
import { keyScreens } from "./account/key-screens.tsx";
import { auditItems } from "./audit/audit-items.ts";
import { auditScreens } from "./audit/audit-screens.tsx";
import { logTitle } from "./audit/log-copies.tsx";
import { allCopies, copiesTitle } from "./copies/register-of-all.tsx";
import { entryCheck } from "./entry-checks.ts";
import { formSettingScreens } from "./form-settings/index.ts";
import { helpScreens } from "./help/help-screens.tsx";
import { homePage } from "./home/home.tsx";
import { backupItems } from "./keeping/backup-items.ts";
import { erasureItems } from "./keeping/erasure-items.ts";
import { keepingScreens } from "./keeping/keeping-screens.tsx";
import { oversightScreens } from "./oversight/index.ts";
import { parameterScreens } from "./parameters/index.ts";
import { mergeSet } from "./people/merge-list.tsx";
import { mergeScreens } from "./people/merge-screens.tsx";
import { outsiderSet } from "./people/outsider-list.tsx";
import { outsiderScreens } from "./people/outsider-screens.tsx";
import { personScreens } from "./people/person.tsx";
import { peopleSearch } from "./people/search.tsx";
import { unknownBirthScreens } from "./people/unknown-births.tsx";
import { phraseScreens } from "./phrases/phrase-screens.tsx";
import { provisionScreens } from "./provision/index.ts";
import { ruleScreens } from "./rules/rule-screens.tsx";
import {
  leave,
  leaveLocked,
  lock,
  passwordChange,
  passwordForm,
  present,
  sessionStanding,
  unlock,
} from "./session.tsx";
import { codeGiven, keyGiven, passwordGiven, signInPage } from "./sign-in.tsx";
import { directoryScreens } from "./sign-in-directory.tsx";
import { grantItems, resetItems } from "./staff/grant-items.ts";
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
  const oversight = oversightScreens(programs);
  const administration: ScreenSet = {
    title: "管理",
    handbook: "07-administration",
    menu: [
      { title: "アクセス記録", path: "/audit", right: "audit.read" },
      { title: copiesTitle, path: "/copies", right: "copy.read" },
      { title: "職員", path: "/staff", right: "staff.manage" },
      { title: "端末", path: "/terminals", right: "staff.manage" },
      { title: "保存期間と消去", path: "/keeping", right: "keeping.read" },
      { title: "定型文", path: "/phrases", right: "phrase.keep" },
      { title: "権限の申請", path: "/grants/new", right: "grant.request" },
      { title: "権限の承認", path: "/grants", right: "grant.approve", count: "grants" },
      {
        title: "再設定の承認",
        path: "/credential-resets",
        right: "credential.approve",
        count: "resets",
      },
    ],
    menuCounts: async (work) => ({
      grants: (await countGrants(work, "decide")).count,
      resets: (await resetsToDecide(work)).length,
    }),
    workItems: [
      fewItems(auditItems),
      ...copyItems({ program: logCopies, title: logTitle }),
      ...grantItems,
      fewItems(resetItems),
      fewItems(erasureItems),
      fewItems(backupItems),
    ],
    routes: [
      ...inChapter("13-audit", [...auditScreens(programs), ...allCopies(programs)]),
      ...staffScreens(programs),
      ...grantScreens(programs),
      ...terminalScreens,
      ...phraseScreens(programs),
      ...keepingScreens(programs),
    ],
  };
  const provision = provisionScreens(programs);
  const merges = mergeSet(mergeScreens([...programs, receiptScreens]));
  const outsiders = outsiderSet(outsiderScreens([...programs, receiptScreens]));
  const common: ScreenSet = {
    title: "共通",
    handbook: "01-sign-in",
    menu: [
      { title: "ホーム", path: "/", right: "work.read" },
      { title: "住民検索", path: "/people", right: "person.search" },
      ...(outsiders.menu ?? []),
      ...(merges.menu ?? []),
      ...(unknownBirthScreens.menu ?? []),
      { title: "制度の試算", path: "/rules", right: "rules.try" },
    ],
    menuCounts: async (work) => ({
      ...(await outsiders.menuCounts?.(work)),
      ...(await merges.menuCounts?.(work)),
      ...(await unknownBirthScreens.menuCounts?.(work)),
    }),
    routes: [
      signInPage,
      passwordGiven,
      codeGiven,
      keyGiven,
      ...directoryScreens,
      lock,
      unlock,
      leaveLocked,
      leave,
      present,
      sessionStanding,
      passwordForm,
      passwordChange,
      ...keyScreens,
      ...helpScreens,
      entryCheck,
      homePage([
        ...programs,
        outsiders,
        merges,
        unknownBirthScreens,
        unprintable,
        formSettings,
        parameterScreens,
        feedScreens,
        receiptScreens,
        provision,
        oversight,
        administration,
      ]),
      ...inChapter("02-people", [
        ...peopleSearch(programs),
        ...personScreens([...programs, receiptScreens]),
        ...unknownBirthScreens.routes,
      ]),
      ...inChapter(outsiders.handbook, [...outsiders.routes, ...merges.routes]),
      ...inChapter("07-administration", ruleScreens),
    ],
  };
  const paperScreens = together("帳票", [unprintable, formSettings]);
  return {
    before: [common],
    after: [
      paperScreens,
      parameterScreens,
      feedScreens,
      receiptScreens,
      provision,
      oversight,
      administration,
    ],
  };
}

/** Routes whose help is another page of the handbook than that of the screens around them. */
const inChapter = (handbook: string | undefined, routes: readonly AnyRoute[]): AnyRoute[] =>
  routes.map((route) => ({ ...(handbook && { handbook }), ...route }));

/** Several sets of screens under one heading of the menu. */
function together(title: string, sets: readonly ScreenSet[]): ScreenSet {
  return {
    title,
    menu: sets.flatMap(({ menu }) => menu),
    routes: sets.flatMap(({ routes, handbook }) => inChapter(handbook, routes)),
    menuCounts: async (work) => {
      const counts: Record<string, number> = {};
      for (const set of sets) Object.assign(counts, await set.menuCounts?.(work));
      return counts;
    },
  };
}
