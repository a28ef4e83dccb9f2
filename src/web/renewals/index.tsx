import type { MenuItem } from "#src/platform/program.ts";
import {
  type AnyRenewalKind,
  answerNumber,
  answersOf,
  countAnswersInProgram,
  findAnswer,
  followRegister,
  heldOfRenewals,
  serialOf,
} from "#src/platform/renewals/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { Table } from "../components/index.ts";
import type { NumberHit, ProgramScreens } from "../screens.ts";
import { answerList } from "./answer-list.tsx";
import { answerScreens } from "./answer-steps.ts";
import { entryScreens } from "./entry.tsx";
import { AnswerBadge, day, seasonTitle } from "./parts.tsx";
import { seasonListScreens } from "./season-list.tsx";
import { seasonScreens } from "./season-page.tsx";
import { type Renewals, renewalsOf } from "./set.ts";
import { timelineOfRenewals } from "./timeline.ts";
import { togetherScreens } from "./together.tsx";
import { renewalItems } from "./work-items.ts";

export { renewalOrders } from "./orders.tsx";
export { renewalSheet } from "./sheet.ts";

/** A 事務 with a yearly renewal: its screens with 現況届 beside them, what waits of it, and what the clock does. */
export function withRenewals(screens: ProgramScreens, kind: AnyRenewalKind): ProgramScreens {
  const of = renewalsOf(kind);
  const { program, paths } = of;
  const menu: MenuItem[] = [
    { title: kind.title, path: paths.seasons, right: "case.read", count: `${program}.renewals` },
    { title: `${kind.title}の受付`, path: paths.entry, right: "case.enter" },
  ];
  const routes = [
    ...seasonListScreens(of),
    ...entryScreens(of),
    ...togetherScreens(of),
    answerList(of),
    ...answerScreens(of),
    ...seasonScreens(of),
  ].map((route) => ({ handbook: "19-renewals", ...route }));
  return {
    ...screens,
    menu: [...screens.menu, ...menu],
    routes: [...screens.routes, ...routes],
    workItems: [...(screens.workItems ?? []), ...renewalItems(of)],
    timeline: [...(screens.timeline ?? []), timelineOfRenewals(of)],
    menuCounts: async (work) => ({
      ...(await screens.menuCounts?.(work)),
      [`${program}.renewals`]: await countAnswersInProgram(work, program),
    }),
    held: async (work, request) => [
      ...((await screens.held?.(work, request)) ?? []),
      ...(await heldOfRenewals(work, request, kind)),
    ],
    numberHits: async (work, number) => [
      ...((await screens.numberHits?.(work, number)) ?? []),
      ...(await hitsOf(work, of, number)),
    ],
    personPanels: async (work, person) => {
      const own = await answersOf(work, program, person.personNumber);
      const panel = {
        title: `${of.title} ${kind.title}`,
        order: 25,
        content: (
          <Table
            caption={kind.title}
            columns={[
              { title: "期", cell: ({ season }) => seasonTitle(season, ""), nowrap: true },
              { title: "整理番号", cell: ({ answer }) => answerNumber(answer), nowrap: true },
              { title: "受付日", cell: ({ answer }) => day(answer.receivedOn), nowrap: true },
              {
                title: "状態",
                cell: ({ answer }) => <AnswerBadge state={answer.state} />,
                nowrap: true,
              },
            ]}
            rows={own}
            href={({ answer }) => paths.answer(answer.id)}
          />
        ),
      };
      return [
        ...((await screens.personPanels?.(work, person)) ?? []),
        ...(own.length > 0 ? [panel] : []),
      ];
    },
    scheduled: [
      ...(screens.scheduled ?? []),
      {
        name: `${program}.renewals`,
        title: `資格がなくなった方を${kind.title}の対象から外す`,
        cron: "25 * * * *",
        run: (platform, system) =>
          runWork(platform, system, { purpose: "feed", program, reason: "register-loss" }, (work) =>
            followRegister(work, program),
          ),
      },
    ],
  };
}

async function hitsOf(work: Work, of: Renewals, number: string): Promise<NumberHit[]> {
  const serial = serialOf(number);
  if (serial === undefined) return [];
  const found = await findAnswer(work, { program: of.program, serial });
  return found
    ? [
        {
          title: `${of.title} ${of.kind.title} ${answerNumber(found)}`,
          to: { path: of.paths.answer(found.id) },
        },
      ]
    : [];
}
