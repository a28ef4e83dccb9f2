import { holds } from "#src/platform/access/actor.ts";
import {
  listSettings,
  openSettings,
  settingActions,
  settingState,
} from "#src/platform/printing/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { entryScreens } from "./entry.tsx";
import { settingLists } from "./list.tsx";
import { programScreens } from "./program-page.tsx";
import { proposalScreens } from "./proposal-page.tsx";
import { type PrintingProgram, paths, printingPrograms, title } from "./words.ts";

/** 帳票の設定: what a city sets for the papers of each 事務, proposed by one person and approved by another. */
export function formSettingScreens(programs: readonly ProgramScreens[]): ScreenSet {
  const printing = printingPrograms(programs);
  return {
    title: "帳票",
    handbook: "09-form-settings",
    menu: [
      { title, path: paths.list, right: "form-setting.prepare" },
      {
        title: `${title}の承認`,
        path: paths.approvals,
        right: "form-setting.approve",
        count: "form-settings",
      },
    ],
    menuCounts: async (work) => ({ "form-settings": (await waitingFor(work)).length }),
    workItems: [fewItems((work) => workItems(work, printing))],
    // Fixed addresses come before those in which the 事務 stands.
    routes: [
      ...settingLists(printing),
      ...proposalScreens(printing),
      ...entryScreens(printing),
      ...programScreens(printing),
    ],
  };
}

/** Proposals that this person may decide. */
const waitingFor = async (work: Work) =>
  (await openSettings(work)).filter((setting) =>
    settingActions(work.actor, setting).some(
      ({ type, reasons }) => type === "approve" && reasons.length === 0,
    ),
  );

async function workItems(work: Work, programs: readonly PrintingProgram[]): Promise<WorkItem[]> {
  const items: WorkItem[] = [];
  const titles = new Map(programs.map((program) => [program.id, program.title]));
  const itemOf = (list: WorkItem["list"], id: number, program: string, since: Date): WorkItem => ({
    list,
    kind: list === "waiting" ? "帳票の設定の承認" : title,
    title: `${title} ${titles.get(program) ?? program} 第${id}号`,
    path: paths.proposal(id),
    since,
    ...(list === "sent" && { state: settingState(null) }),
  });
  for (const { id, program, preparedAt } of await waitingFor(work))
    items.push(itemOf("waiting", id, program, preparedAt));
  for (const { id: program } of programs) {
    if (!holds(work.actor, "form-setting.prepare", { program })) continue;
    // Only the newest proposal: what came back is done with when the next one is made.
    const [newest] = await listSettings(work, program);
    if (newest?.preparedBy !== work.actor.staffId) continue;
    if (newest.decision === null) items.push(itemOf("sent", newest.id, program, newest.preparedAt));
    if (newest.decision === "remanded" && newest.decidedAt)
      items.push({
        ...itemOf("returned", newest.id, program, newest.decidedAt),
        ...(newest.reason && { comment: newest.reason }),
      });
  }
  return items;
}
