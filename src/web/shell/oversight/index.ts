import { holds } from "#src/platform/access/index.ts";
import {
  countFindings,
  countIncidents,
  countReEntrustmentsToDecide,
  countSubjectRequests,
  countTask,
  dueIncidents,
  type Finding,
  type FindingTask,
  findingsOfTask,
  incidentsUnderWay,
  nextDeadline,
  reEntrustmentsToDecide,
} from "#src/platform/oversight/index.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { auditWordsOf } from "../audit/words/index.ts";
import { programTitles } from "../staff/duty-words.tsx";
import { declarationScreens } from "./declarations.tsx";
import { explainScreens, explanationPath } from "./explain-page.tsx";
import { findingScreens } from "./finding-page.tsx";
import { incidentGuard, incidentListScreens, incidentsTitle } from "./incident-list.tsx";
import { incidentScreens } from "./incident-page.tsx";
import { incidentPeopleScreens } from "./incident-people.tsx";
import { findingList, guard, title } from "./list.tsx";
import { reEntrustmentMenu, reEntrustmentScreens } from "./re-entrustments.tsx";
import { requestGuard, requestItems, requestList, requestsTitle } from "./subject-request-list.tsx";
import { newRequestScreens } from "./subject-request-new.tsx";
import { requestScreens } from "./subject-request-page.tsx";
import { findingTitles } from "./words.ts";

/** Oversight of how the data are used: what the nightly analysis of the log found, incidents, and requests of people about their own data. */
export function oversightScreens(programs: readonly ProgramScreens[]): ScreenSet {
  const known = { titles: programTitles(programs), words: auditWordsOf(programs) };
  return {
    title: "個人情報の保護",
    handbook: "11-oversight",
    menu: [
      { title, path: "/access-review", right: guard.right, count: "findings" },
      { title: incidentsTitle, path: "/incidents", right: incidentGuard.right, count: "incidents" },
      {
        title: requestsTitle,
        path: "/subject-requests",
        right: requestGuard.right,
        count: "subjectRequests",
      },
      ...reEntrustmentMenu,
    ],
    menuCounts: async (work) => ({
      findings: (await countFindings(work)).open,
      incidents: (await countIncidents(work)).open,
      subjectRequests: (await countSubjectRequests(work)).open,
      reEntrustments: (await reEntrustmentsWaiting(work)).count,
    }),
    workItems: [...findingItems, incidentItems, requestItems, reEntrustmentItems],
    routes: [
      findingList,
      ...declarationScreens,
      ...findingScreens(known),
      ...explainScreens(known),
      ...incidentListScreens,
      ...incidentScreens,
      ...incidentPeopleScreens,
      requestList,
      ...newRequestScreens(known.titles),
      ...requestScreens(programs),
      ...reEntrustmentScreens,
    ],
  };
}

/** Findings of one task. */
const findings = (
  list: "waiting" | "sent",
  of: { kind: string; task: FindingTask; settles: boolean; path: (one: Finding) => `/${string}` },
): WorkSource =>
  itemsOfKind({
    list,
    kind: of.kind,
    for: ({ actor }) => !of.settles || holds(actor, "finding.settle"),
    figures: (work) => countTask(work, of.task),
    read: async (work, lines) =>
      (await findingsOfTask(work, of.task, lines)).map((one) => ({
        ...itemOf(one),
        path: of.path(one),
      })),
  });

const findingPath = ({ id }: Finding) => `/access-review/findings/${id}` as const;

/** Findings to settle, those that others explain, and those that this person is asked to explain. */
const findingItems = [
  findings("waiting", { kind: "点検の確認", task: "settle", settles: true, path: findingPath }),
  findings("sent", { kind: "閲覧の説明待ち", task: "asked", settles: true, path: findingPath }),
  findings("waiting", {
    kind: "閲覧の説明",
    task: "explain",
    settles: false,
    path: explanationPath,
  }),
];

/** Incidents under way, with the deadline of the next report. */
const incidentItems = itemsOfKind({
  list: "waiting",
  kind: "漏えい等の事案",
  for: ({ actor }) => holds(actor, "incident.handle"),
  figures: dueIncidents,
  read: async (work, lines) =>
    (await incidentsUnderWay(work, lines)).map((one) => {
      const due = nextDeadline(one);
      return {
        title: `${incidentsTitle} 第${one.id}号${due ? `（${due.title}）` : ""}`,
        path: `/incidents/${one.id}` as const,
        since: one.stateSince,
        ...(due && { deadline: due.on }),
      };
    }),
});

const decidesReEntrustments = ({ actor }: Work) => holds(actor, "re-entrustment.approve");

const reEntrustmentsWaiting = async (work: Work) =>
  decidesReEntrustments(work) ? countReEntrustmentsToDecide(work) : { count: 0, since: null };

/** Re-entrustments that this person may decide: entered by others. */
const reEntrustmentItems = itemsOfKind({
  list: "waiting",
  kind: "再委託の許諾",
  for: decidesReEntrustments,
  figures: countReEntrustmentsToDecide,
  read: async (work, lines) =>
    (await reEntrustmentsToDecide(work, lines)).map(({ id, requestedAt }) => ({
      title: `再委託の申出 第${id}号`,
      path: "/re-entrustments/decisions",
      since: requestedAt,
    })),
});

const itemOf = (one: Finding) => ({
  title: `点検の指摘 第${one.id}号（${findingTitles[one.kind]}）`,
  since: one.stateSince,
  ...(one.askedName && one.state === "asked" ? { state: `${one.askedName}の説明待ち` } : {}),
});
