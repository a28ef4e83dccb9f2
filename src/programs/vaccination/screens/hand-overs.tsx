import { listHandOvers, runNumber } from "#src/platform/mailings/index.ts";
import { ButtonLink, PageTitle, Panel, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { inlinePdf, page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { printHandOvers } from "../hand-over-book.ts";
import { paths } from "./parts.tsx";

const day = (date: string | null) => showDateShort(date as IsoDate | null);

/** 授受簿: what was handed to whom, and what came back. */
export const handOvers = defineRoute({
  method: "get",
  path: paths.handOvers,
  right: "mailing.read",
  program: "vaccination",
  purpose: "mailing",
  audit: "hand-over.listed",
  async handle({ work }) {
    const rows = await work(listHandOvers);
    return page({
      title: "予防接種 授受簿",
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
          <Panel title="委託先への引渡し">
            <Table
              caption="授受簿"
              columns={[
                { title: "一括発送", cell: (row) => runNumber(row), nowrap: true },
                { title: "内容", cell: ({ title }) => title },
                { title: "委託先", cell: ({ contractorName }) => contractorName },
                {
                  title: "枚数",
                  cell: ({ entry }) => entry.pieces.toLocaleString("ja-JP"),
                  align: "end",
                  nowrap: true,
                },
                { title: "引渡し", cell: ({ entry }) => day(entry.handedOn), nowrap: true },
                { title: "渡した職員", cell: ({ handedBy }) => handedBy, nowrap: true },
                {
                  title: "渡し方",
                  cell: ({ entry }) => (entry.manner === "medium" ? "媒体" : "転送"),
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
              tone={({ entry }) => (entry.erasedOn ? "muted" : undefined)}
              empty="まだ何も引き渡していません。"
            />
          </Panel>
        </>
      ),
    });
  },
});

/** 授受簿 as a paper to sign and keep. */
export const handOverPaper = defineRoute({
  method: "get",
  path: `${paths.handOvers}/print`,
  right: "mailing.read",
  program: "vaccination",
  purpose: "mailing",
  audit: "hand-over.printed",
  async handle({ work }) {
    return inlinePdf("hand-over-book.pdf", await work(printHandOvers));
  },
});
