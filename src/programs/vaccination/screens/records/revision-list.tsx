import { PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import {
  revisionFigures,
  revisionNumber,
  revisionReasons,
  waitingRevisions,
} from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { rowsAPage } from "./parts.tsx";

/** Corrections and cancellations that wait for another person, the oldest first. */
export const revisionList = defineRoute({
  method: "get",
  path: paths.revisions,
  right: "case.read",
  program: "vaccination",
  purpose: "case",
  audit: "vaccination-revisions.listed",
  async handle({ work, query, platform }) {
    const at = Math.max(1, query.integer("page") ?? 1);
    const { rows, people, total } = await work(async (unit) => {
      const rows = await waitingRevisions(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
      const { count } = await revisionFigures(unit);
      const numbers = rows.map(({ personNumber }) => personNumber);
      return { rows, total: count, people: await peopleOfRows(unit, numbers) };
    });
    return page({
      title: "予防接種 接種記録の訂正の決裁",
      breadcrumb: [{ title: "予診票の処理", path: paths.slips }, { title: "訂正の決裁" }],
      content: (
        <>
          <PageTitle>接種記録の訂正の決裁</PageTitle>
          <Panel title={`決裁待ち ${total.toLocaleString("ja-JP")}件`}>
            <Table
              caption="決裁を待つ訂正と取消"
              columns={[
                { title: "番号", cell: revisionNumber, nowrap: true },
                {
                  title: "氏名",
                  cell: (row) => (
                    <PersonCell
                      person={people.get(row.personNumber)}
                      today={platform.clock.today()}
                    />
                  ),
                },
                { title: "種類", cell: ({ kind }) => (kind === "correct" ? "訂正" : "取消") },
                { title: "理由", cell: ({ reason }) => revisionReasons[reason] },
                { title: "起案", cell: (row) => showMoment(row.proposedAt), nowrap: true },
              ]}
              rows={rows}
              href={({ shotId }) => paths.record(shotId)}
              empty="決裁を待つ訂正はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(total / rowsAPage)}
              href={(next) => `${paths.revisions}?page=${next}`}
            />
          </Panel>
        </>
      ),
    });
  },
});
