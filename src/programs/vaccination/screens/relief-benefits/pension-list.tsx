import { holds } from "#src/platform/access/actor.ts";
import { StateBadge } from "#src/web/cases/parts.tsx";
import { ButtonLink, PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { listPensions, pensionNumber, pensionStateMeta } from "../../relief-benefits/pensions.ts";
import { rowsAPage } from "../records/parts.tsx";
import { monthInWords, pensionPaths, program } from "./words.ts";

/** The pensions, each with its state. */
export const pensionList = defineRoute({
  right: "case.read",
  program,
  purpose: "case",
  method: "get",
  path: pensionPaths.list,
  audit: "relief-pensions.listed",
  handle: listPage,
});

async function listPage({ work, query, platform, actor }: ScreenRequest) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, people } = await work(async (unit) => {
    const found = await listPensions(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list: found,
      people: await peopleOfRows(
        unit,
        found.rows.map(({ payeeNumber }) => payeeNumber),
      ),
    };
  });
  return page({
    title: "健康被害救済の年金",
    breadcrumb: [{ title: "年金" }],
    content: (
      <>
        <PageTitle
          actions={
            <>
              <ButtonLink href={pensionPaths.reports}>現況届</ButtonLink>
              {holds(actor, "payment.read", { program }) && (
                <ButtonLink href={pensionPaths.runs}>定期支払</ButtonLink>
              )}
            </>
          }
        >
          健康被害救済の年金
        </PageTitle>
        <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="年金の一覧"
            rows={list.rows}
            href={({ id }) => pensionPaths.one(id)}
            empty="支給が決定された年金はありません。"
            columns={[
              { title: "番号", cell: pensionNumber, nowrap: true },
              {
                title: "受給者",
                cell: (row) => (
                  <PersonCell person={people.get(row.payeeNumber)} today={platform.clock.today()} />
                ),
              },
              { title: "年金", cell: (row) => reliefBenefits[row.benefit], nowrap: true },
              { title: "支給の始まり", cell: (row) => monthInWords(row.fromMonth), nowrap: true },
              {
                title: "最後の月",
                cell: (row) => (row.lastMonth ? monthInWords(row.lastMonth) : "―"),
                nowrap: true,
              },
              {
                title: "状態",
                cell: (row) => {
                  const { title, tone } = pensionStateMeta(row.state);
                  return <StateBadge tone={tone ?? "neutral"} title={title} />;
                },
                nowrap: true,
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.max(1, Math.ceil(list.total / rowsAPage))}
            href={(to) => `${pensionPaths.list}?page=${to}`}
          />
        </Panel>
      </>
    ),
  });
}
