import { notFound } from "#src/platform/problem.ts";
import { type LedgerChoice, ledgerOf, linesAPage } from "#src/platform/receipts/index.ts";
import { type ReceiptCare, receiptCares } from "#workflows/receipts/facts.ts";
import { PageTitle, Pagination, Panel } from "../components/index.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { ProgramScreens } from "../screens.ts";
import { LedgerTable } from "./ledger-table.tsx";
import { showMonth } from "./words.ts";

export type BenefitChoice = Omit<LedgerChoice, "program">;

/** Address of the rows of the ledger behind a figure; it holds codes and months alone. */
export const benefitsPath = (program: string, choice: BenefitChoice): `/${string}` =>
  `/${program}/benefits?${new URLSearchParams(
    Object.entries(choice).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )}`;

const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** A 事務 paid by receipts: the rows of its ledger behind the figures of its statistics. */
export const withBenefits = (screens: ProgramScreens): ProgramScreens => ({
  ...screens,
  routes: [...screens.routes, benefitList(screens.id, screens.title)],
});

const benefitList = (program: string, title: string): AnyRoute =>
  defineRoute({
    method: "get",
    path: `/${program}/benefits` as const,
    right: "receipt.read",
    program,
    purpose: "inquiry",
    audit: "receipt-ledger.listed",
    handbook: "12-statistics",
    async handle({ query, work }) {
      const [from, to] = [query.text("from"), query.text("to")];
      if (!isMonth(from) || !isMonth(to)) throw notFound();
      const at = Math.max(1, query.integer("page") ?? 1);
      const choice: BenefitChoice = {
        from,
        to,
        office: query.text("office") || undefined,
        care: query.choice("care", Object.keys(receiptCares) as ReceiptCare[]),
        institution: query.text("institution") || undefined,
      };
      const { rows, total } = await work((unit) => ledgerOf(unit, { program, ...choice }, at));
      const words = [
        from === to ? `${showMonth(from)}診療` : `${showMonth(from)}から${showMonth(to)}診療`,
        choice.care && receiptCares[choice.care],
      ].filter(Boolean);
      return page({
        title: `${title} 給付の記録`,
        breadcrumb: [{ title: "統計", path: `/${program}/statistics` }, { title: "給付の記録" }],
        content: (
          <>
            <PageTitle>給付の記録</PageTitle>
            <Panel title={`${words.join("、")} ${total.toLocaleString("ja-JP")}行`}>
              <LedgerTable rows={rows} />
              <Pagination
                page={at}
                pages={Math.ceil(total / linesAPage)}
                href={(next) => `${benefitsPath(program, choice)}&page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  });
