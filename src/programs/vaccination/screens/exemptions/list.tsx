import { holds } from "#src/platform/access/actor.ts";
import {
  ButtonLink,
  FilterLinks,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { exemptionGrounds } from "#workflows/vaccination/exemptions/grounds.ts";
import {
  exemptionFigures,
  exemptionMeta,
  exemptionNumber,
  exemptionStates,
  listExemptions,
} from "../../exemptions/applications.ts";
import { vaccineTitles } from "../../special/titles.ts";
import { rowsAPage } from "../records/parts.tsx";
import { ExemptionBadge } from "./parts.tsx";
import { exemptionPaths } from "./paths.ts";

/** 減免の申請: what is under way, the oldest first; or those of a state. */
export const exemptionList = defineRoute({
  method: "get",
  path: exemptionPaths.list,
  right: "case.read",
  program: "vaccination",
  purpose: "case",
  audit: "exemptions.listed",
  async handle({ work, query, platform, actor }) {
    const state = query.choice("state", exemptionStates);
    const at = Math.max(1, query.integer("page") ?? 1);
    const { list, figures, people } = await work(async (unit) => {
      const list = await listExemptions(unit, state, {
        from: (at - 1) * rowsAPage,
        size: rowsAPage,
      });
      return {
        list,
        figures: await exemptionFigures(unit),
        people: await peopleOfRows(
          unit,
          list.rows.map(({ personNumber }) => personNumber),
        ),
      };
    });
    const address = (given: Readonly<Record<string, string | number | undefined>>) =>
      `${exemptionPaths.list}?${new URLSearchParams(
        Object.entries(given).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      )}`;
    return page({
      title: "予防接種 自己負担減免",
      breadcrumb: [{ title: "自己負担減免" }],
      content: (
        <>
          <PageTitle
            actions={
              <>
                <ButtonLink href={exemptionPaths.certificates}>確認証</ButtonLink>
                {holds(actor, "mailing.prepare", { program: "vaccination" }) && (
                  <ButtonLink href={exemptionPaths.lists}>名簿からの一括</ButtonLink>
                )}
              </>
            }
          >
            自己負担減免
          </PageTitle>
          <p class="lead">
            申請の受付は、<a href="/people">住民検索</a>で対象の方の画面を開いて行います。
          </p>
          <Panel
            title={`${state ? exemptionMeta(state).title : "処理中"} ${list.total.toLocaleString("ja-JP")}件`}
          >
            <FilterLinks
              label="状態"
              present={state}
              choices={exemptionStates.flatMap((one) => {
                const found = figures.find((row) => row.state === one);
                return found
                  ? [
                      {
                        value: one,
                        label: `${exemptionMeta(one).title} ${found.applications.toLocaleString("ja-JP")}`,
                      },
                    ]
                  : [];
              })}
              href={(value) => address({ state: value })}
            />
            <Table
              caption="減免の申請"
              columns={[
                { title: "番号", cell: exemptionNumber, nowrap: true },
                {
                  title: "受付日",
                  cell: (row) => showDateShort(row.receivedOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "氏名",
                  cell: (row) => (
                    <PersonCell
                      person={people.get(row.personNumber)}
                      today={platform.clock.today()}
                    />
                  ),
                },
                { title: "要件", cell: ({ ground }) => exemptionGrounds[ground] },
                { title: "予防接種", cell: ({ vaccines }) => vaccineTitles(vaccines) },
                {
                  title: "状態",
                  cell: (row) => <ExemptionBadge state={row.state} />,
                  nowrap: true,
                },
              ]}
              rows={list.rows}
              href={({ id }) => exemptionPaths.application(id)}
              empty="減免の申請はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / rowsAPage)}
              href={(next) => address({ state, page: next })}
            />
          </Panel>
        </>
      ),
    });
  },
});
