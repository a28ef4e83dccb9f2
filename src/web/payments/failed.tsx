import { failedPayables, payableNumber } from "#src/platform/payments/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { PageTitle, Pagination, Panel, Table } from "../components/index.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { day, PayableBadge, rowsAPage } from "./parts.tsx";
import { PayeeCell, payeesOfRows } from "./payee.tsx";
import type { Payments } from "./set.ts";

const title = "口座の訂正待ち";

/** Payments that failed or came back, until a corrected account is confirmed and they are gathered again. */
export const failedList = (of: Payments): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.failed,
    audit: "payments-failed.listed",
    async handle({ work, query, platform }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { total, rows, payees } = await work(async (unit) => {
        const found = await failedPayables(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
        return {
          ...found,
          payees: await payeesOfRows(unit, of.program, found.rows),
        };
      });
      return page({
        title: `${of.title} ${title}`,
        breadcrumb: [{ title: "支払", path: of.paths.runs }, { title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <Panel title={`${total.toLocaleString("ja-JP")}件`}>
              <Table
                caption={title}
                columns={[
                  { title: "支払番号", cell: payableNumber, nowrap: true },
                  {
                    title: "支払う相手",
                    cell: (row) => (
                      <PayeeCell row={row} payees={payees} today={platform.clock.today()} />
                    ),
                  },
                  { title: "支払額", cell: (row) => yen(row.amount - row.setOff), align: "end" },
                  { title: "決裁", cell: (row) => day(row.owedOn), nowrap: true },
                  {
                    title: "状態",
                    cell: (row) => <PayableBadge state={row.state} />,
                    nowrap: true,
                  },
                ]}
                rows={rows}
                href={({ id }) => of.paths.payable(id)}
                empty="口座の訂正を待つ支払はありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / rowsAPage)}
                href={(next) => `${of.paths.failed}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  });
