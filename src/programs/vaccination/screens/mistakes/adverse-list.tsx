import { holds } from "#src/platform/access/actor.ts";
import {
  Badge,
  ButtonLink,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type AdverseReport, adverseNumber, listAdverse } from "../../mistakes/adverse.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage } from "../records/parts.tsx";

/** The reports of which the city got a copy, the newest first. */
export const adverseList = defineRoute({
  program: "vaccination",
  purpose: "case",
  right: "case.read",
  method: "get",
  path: paths.adverseReports,
  audit: "adverse-reports.listed",
  handle: listPage,
});

async function listPage({
  work,
  query,
  platform,
  actor,
}: Pick<ScreenRequest, "work" | "query" | "platform" | "actor">): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total, people } = await work(async (unit) => {
    const list = await listAdverse(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    const numbers = list.rows.map(({ personNumber }) => personNumber);
    return { ...list, people: await peopleOfRows(unit, numbers) };
  });
  return page({
    title: "予防接種 副反応疑い報告",
    breadcrumb: [{ title: "間違い接種", path: paths.mistakes }, { title: "副反応疑い報告" }],
    content: (
      <>
        <PageTitle
          actions={
            holds(actor, "case.enter", { program: "vaccination" }) && (
              <ButtonLink href={`${paths.adverseReports}/new`} look="primary">
                副反応疑い報告を入力する
              </ButtonLink>
            )
          }
        >
          副反応疑い報告
        </PageTitle>
        <p>医師などがPMDAに報告し、都道府県から写しが届いたものを控えます。市からは送りません。</p>
        <Panel title={`一覧 ${total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="副反応疑い報告"
            columns={[
              { title: "控え番号", cell: adverseNumber, nowrap: true },
              { title: "識別番号", cell: ({ number }) => number },
              {
                title: "氏名",
                cell: (row) => (
                  <PersonCell
                    person={people.get(row.personNumber)}
                    today={platform.clock.today()}
                  />
                ),
              },
              { title: "予防接種", cell: (row) => doseTitle(row.vaccine, row.dose) },
              { title: "ロット", cell: ({ lot }) => lot ?? "―" },
              {
                title: "接種日",
                cell: (row) => showDateShort(row.givenOn as IsoDate),
                nowrap: true,
              },
              {
                title: "受け取った日",
                cell: (row) => showDateShort(row.receivedOn as IsoDate),
                nowrap: true,
              },
              { title: "状態", cell: ({ state }) => <ReportBadge state={state} />, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => paths.adverseReport(id)}
            tone={({ state }) => (state === "withdrawn" ? "muted" : undefined)}
            empty="副反応疑い報告はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${paths.adverseReports}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

/** How a report stands. */
export const ReportBadge = ({ state }: Pick<AdverseReport, "state">) =>
  state === "entered" ? (
    <Badge tone="success">控え済み</Badge>
  ) : (
    <Badge tone="neutral">取下げ</Badge>
  );
