import { holds } from "#src/platform/access/actor.ts";
import {
  type FormSetting,
  listSettings,
  openSettings,
  settingInForce,
} from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { PageTitle, Panel, Table } from "../../components/index.ts";
import { showDateShort, showMoment } from "../../dates.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { DecisionBadge } from "./parts.tsx";
import { type PrintingProgram, paths, title } from "./words.ts";

interface Line {
  program: PrintingProgram;
  inForce: FormSetting | undefined;
  waiting: FormSetting | undefined;
}

/** The 事務 that print, and the proposals that wait for somebody's approval. */
export const settingLists = (programs: readonly PrintingProgram[]) => [
  defineRoute({
    method: "get",
    path: paths.list,
    right: "form-setting.prepare",
    purpose: "administration",
    audit: "form-settings.listed",
    async handle({ work, actor }) {
      const own = programs.filter(({ id }) =>
        holds(actor, "form-setting.prepare", { program: id }),
      );
      const lines = await work(async (unit): Promise<Line[]> => {
        const found: Line[] = [];
        for (const program of own) {
          const settings = await listSettings(unit, program.id);
          const inForce = await settingInForce(unit, program.id);
          found.push({
            program,
            inForce: settings.find(({ id }) => id === inForce),
            waiting: settings.find(({ decision }) => decision === null),
          });
        }
        return found;
      });
      return page({
        title,
        breadcrumb: [{ title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <Panel title="事務">
              <Table
                caption="帳票を印字する事務"
                columns={[
                  { title: "事務", cell: ({ program }: Line) => program.title },
                  {
                    title: "帳票",
                    cell: ({ program }) => `${program.papers.forms.length}種類`,
                    nowrap: true,
                  },
                  {
                    title: "いまの設定",
                    cell: ({ inForce }) =>
                      inForce
                        ? `第${inForce.id}号（${showDateShort(inForce.validFrom as IsoDate)}から）`
                        : "付属の文言",
                    nowrap: true,
                  },
                  {
                    title: "承認待ち",
                    cell: ({ waiting }) =>
                      waiting
                        ? `第${waiting.id}号（${waiting.preparerName} ${showMoment(waiting.preparedAt)}）`
                        : "―",
                  },
                ]}
                rows={lines}
                href={({ program }) => paths.program(program.id)}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    method: "get",
    path: paths.approvals,
    right: "form-setting.approve",
    purpose: "administration",
    audit: "form-settings.waiting-listed",
    async handle({ work, actor }) {
      const titles = new Map(programs.map(({ id, title }) => [id, title]));
      const waiting = (await work(openSettings)).filter(({ program }) =>
        holds(actor, "form-setting.approve", { program }),
      );
      return page({
        title: "帳票の設定の承認",
        breadcrumb: [{ title: "帳票の設定の承認" }],
        content: (
          <>
            <PageTitle>帳票の設定の承認</PageTitle>
            <Panel title={`承認待ち ${waiting.length}件`}>
              <Table
                caption="承認を待つ設定"
                columns={[
                  { title: "番号", cell: ({ id }: FormSetting) => `第${id}号`, nowrap: true },
                  { title: "事務", cell: ({ program }) => titles.get(program) ?? program },
                  {
                    title: "適用開始日",
                    cell: ({ validFrom }) => showDateShort(validFrom as IsoDate),
                    nowrap: true,
                  },
                  {
                    title: "起案",
                    cell: (row) => `${row.preparerName} ${showMoment(row.preparedAt)}`,
                  },
                  {
                    title: "状態",
                    cell: ({ decision }) => <DecisionBadge decision={decision} />,
                    nowrap: true,
                  },
                ]}
                rows={waiting}
                href={({ id }) => paths.proposal(id)}
                empty="承認を待っている設定はありません。"
              />
            </Panel>
          </>
        ),
      });
    },
  }),
];
