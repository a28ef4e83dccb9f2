import {
  listEnclosings,
  listHandOvers,
  printHandOvers,
  runNumber,
} from "#src/platform/mailings/index.ts";
import {
  Badge,
  ButtonLink,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { inlinePdf, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { EnclosingBook } from "./enclosing.tsx";
import { figure, rowsAPage } from "./parts.tsx";
import type { Mailings } from "./set.ts";

const day = (date: string | null) => showDateShort(date as IsoDate | null);

/** 授受簿: what was handed to whom, and what came back; on the screen, and as a paper to sign and keep. */
export const handOverScreens = (of: Mailings): AnyRoute[] => [handOvers(of), handOverPaper(of)];

const handOvers = ({ title, paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: paths.handOvers,
    audit: "hand-over.listed",
    async handle({ work, query }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { total, rows, enclosings } = await work(async (unit) => ({
        ...(await listHandOvers(unit, { page: at, size: rowsAPage })),
        enclosings: at === 1 ? await listEnclosings(unit, rowsAPage) : [],
      }));
      return page({
        title: `${title} 授受簿`,
        breadcrumb: [{ title: "授受簿" }],
        content: (
          <>
            <PageTitle
              actions={
                rows.length > 0 && (
                  <ButtonLink href={`${paths.handOvers}/print`} newTab>
                    印刷する
                  </ButtonLink>
                )
              }
            >
              授受簿
            </PageTitle>
            <Panel title={`委託先への引渡し ${figure(total)}件`}>
              <Table
                caption="授受簿"
                columns={[
                  { title: "一括発送", cell: (row) => runNumber(row), nowrap: true },
                  { title: "内容", cell: ({ title }) => title },
                  { title: "委託先", cell: ({ contractorName }) => contractorName },
                  {
                    title: "通数",
                    cell: ({ entry }) => figure(entry.pieces),
                    align: "end",
                    nowrap: true,
                  },
                  {
                    title: "年月日",
                    cell: ({ entry }) => day(entry.handedOn ?? entry.withdrawnOn),
                    nowrap: true,
                  },
                  { title: "扱った職員", cell: ({ handedBy }) => handedBy, nowrap: true },
                  {
                    title: "渡し方",
                    cell: ({ entry }) =>
                      entry.withdrawnOn ? (
                        <Badge tone="error">取下げ</Badge>
                      ) : entry.manner === "medium" ? (
                        "媒体"
                      ) : (
                        "転送"
                      ),
                    nowrap: true,
                  },
                  {
                    title: "受領（受領書）",
                    cell: ({ entry }) =>
                      entry.receivedOn ? `${day(entry.receivedOn)} ${entry.receiptNumber}` : "―",
                  },
                  {
                    title: "媒体返却",
                    cell: ({ entry }) => day(entry.mediumReturnedOn),
                    nowrap: true,
                  },
                  {
                    title: "消去（報告書）",
                    cell: ({ entry }) =>
                      entry.erasedOn ? `${day(entry.erasedOn)} ${entry.erasureReport}` : "―",
                  },
                ]}
                rows={rows}
                href={({ entry }) => paths.run(entry.runId)}
                tone={({ entry }) => (entry.erasedOn || entry.withdrawnOn ? "muted" : undefined)}
                empty="まだ何も引き渡していません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / rowsAPage)}
                href={(next) => `${paths.handOvers}?page=${next}`}
              />
            </Panel>
            <EnclosingBook rows={enclosings} paths={paths} />
          </>
        ),
      });
    },
  });

const handOverPaper = ({ title, papers, paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.handOvers}/print` as const,
    audit: "hand-over.printed",
    async handle({ work }) {
      const pdf = await work((unit) => printHandOvers(unit, { papers, title }));
      return inlinePdf("hand-over-book.pdf", pdf);
    },
  });
