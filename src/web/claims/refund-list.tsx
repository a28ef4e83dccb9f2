import { type RefundChoice, refundsAPage, refundsOf } from "#src/platform/claims/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { claimCares } from "#workflows/claims/receipt.ts";
import { yen } from "#workflows/text/yen.ts";
import { PageTitle, Pagination, Panel, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { showMonth } from "../receipts/words.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { claimPaths } from "./words.ts";

export type { RefundChoice } from "#src/platform/claims/index.ts";

/** Address of the 領収書 behind a figure; it holds codes and months alone. */
export const refundsPath = (program: string, choice: RefundChoice): `/${string}` =>
  `/${program}/refunds?${new URLSearchParams(
    Object.entries(choice).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )}`;

const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** 領収書 that were refunded, behind the figures of the statistics, each leading to its claim. */
export const refundList = (program: string, title: string): AnyRoute =>
  defineRoute({
    method: "get",
    path: `/${program}/refunds` as const,
    right: "case.read",
    program,
    purpose: "inquiry",
    audit: "refunds.listed",
    handbook: "12-statistics",
    async handle({ query, work, platform }) {
      const [from, to] = [query.text("from"), query.text("to")];
      if (!isMonth(from) || !isMonth(to)) throw notFound();
      const at = Math.max(1, query.integer("page") ?? 1);
      const choice: RefundChoice = {
        from,
        to,
        office: query.text("office") || undefined,
        care: query.choice("care", Object.keys(claimCares) as (keyof typeof claimCares)[]),
      };
      const { rows, total, people } = await work(async (unit) => {
        const found = await refundsOf(unit, program, choice, at);
        const numbers = found.rows.map(({ personNumber }) => personNumber);
        return { ...found, people: await peopleOfRows(unit, numbers) };
      });
      const today = platform.clock.today();
      const words = [
        from === to ? `${showMonth(from)}診療` : `${showMonth(from)}から${showMonth(to)}診療`,
        choice.care && claimCares[choice.care],
      ].filter(Boolean);
      return page({
        title: `${title} 償還払いの記録`,
        breadcrumb: [
          { title: "統計", path: `/${program}/statistics` },
          { title: "償還払いの記録" },
        ],
        content: (
          <>
            <PageTitle>償還払いの記録</PageTitle>
            <Panel title={`${words.join("、")} 領収書 ${total.toLocaleString("ja-JP")}枚`}>
              <Table
                caption="償還払いの記録"
                rows={rows}
                empty="支給を決定した領収書はありません。"
                href={({ caseId }) => claimPaths(program).claim(caseId)}
                columns={[
                  { title: "申請", cell: ({ caseNumber }) => caseNumber, nowrap: true },
                  {
                    title: "対象者",
                    cell: ({ personNumber }) => (
                      <PersonCell person={people.get(personNumber)} today={today} />
                    ),
                  },
                  { title: "診療年月", cell: ({ month }) => showMonth(month), nowrap: true },
                  { title: "種類", cell: ({ care }) => claimCares[care], nowrap: true },
                  { title: "医療費", cell: ({ cost }) => yen(cost), align: "end" },
                  { title: "支給額", cell: ({ amount }) => yen(amount), align: "end" },
                  {
                    title: "決定日",
                    cell: ({ decidedOn }) => showDateShort(decidedOn),
                    nowrap: true,
                  },
                ]}
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / refundsAPage)}
                href={(next) => `${refundsPath(program, choice)}&page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  });
