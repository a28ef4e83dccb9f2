import { officeFinder } from "#src/platform/printing/index.ts";
import { FilterLinks, PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { readSeason } from "../../renewals/seasons.ts";
import { listInvited, standings, standingTitles } from "../../renewals/standings.ts";
import { count, day, paths, program, reading, rowsAPage, seasonTitle } from "./parts.tsx";

/** The people of a season who stand so: each leads to the application for renewal, or to the one that granted what ends. */
export const invitedList: AnyRoute = defineRoute({
  ...reading,
  method: "get",
  path: `${paths.seasons}/seasons/:season/list` as const,
  audit: "intractable-season.people-listed",
  async handle({ params, query, work, platform }) {
    const id = idOf(params.season);
    const at = Math.max(1, query.integer("page") ?? 1);
    const standing = standings.find((one) => one === query.text("standing")) ?? "silent";
    const { season, list, people, officeOf } = await work(async (unit) => {
      const lines = { from: (at - 1) * rowsAPage, size: rowsAPage };
      const list = await listInvited(unit, id, standing, lines);
      return {
        season: await readSeason(unit, id),
        list,
        people: await peopleOfRows(
          unit,
          list.rows.map(({ personNumber }) => personNumber),
        ),
        officeOf: await officeFinder(unit),
      };
    });
    const title = `${seasonTitle(season)} ${standingTitles[standing]}の一覧`;
    return page({
      title,
      breadcrumb: [
        { title: "更新", path: paths.seasons },
        { title: seasonTitle(season), path: paths.season(id) },
        { title: "一覧" },
      ],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <FilterLinks
            label="状態"
            present={standing}
            choices={standings.map((value) => ({ value, label: standingTitles[value] }))}
            href={(value) => paths.list(id, standings.find((one) => one === value) ?? "silent")}
          />
          <Panel title={`${count(list.total)}人`}>
            <Table
              caption={title}
              columns={[
                {
                  title: "受給者番号",
                  cell: ({ recipientNumber }) => recipientNumber,
                  nowrap: true,
                },
                {
                  title: "氏名・年齢",
                  cell: ({ personNumber }) => (
                    <PersonCell person={people.get(personNumber)} today={platform.clock.today()} />
                  ),
                },
                { title: "窓口", cell: ({ officeCode }) => officeOf(officeCode).name },
                { title: "お知らせ", cell: ({ invitedOn }) => day(invitedOn) || "―", nowrap: true },
                { title: "申請日", cell: ({ receivedOn }) => day(receivedOn) || "―", nowrap: true },
              ]}
              rows={list.rows}
              href={({ application, grantingCase }) =>
                `/${program}/cases/${application ?? grantingCase}`
              }
              empty="該当する方はいません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / rowsAPage)}
              href={(next) => paths.list(id, standing, next)}
            />
          </Panel>
        </>
      ),
    });
  },
});
