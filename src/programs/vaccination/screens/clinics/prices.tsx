import {
  ButtonLink,
  EmptyState,
  FilterLinks,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { inlinePdf, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import { printClinicList, printPriceTable } from "../../clinics/papers.ts";
import { pricesOfYear, priceYears } from "../../clinics/prices.ts";
import { listAddress, readClinicFilter } from "./list.tsx";
import { contractChoices, contractTitle, guard, period } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const kindOf = (query: Values): ContractKind =>
  query.choice(
    "kind",
    contractChoices.map(({ value }) => value as ContractKind),
  ) ?? "individual";
const reading = { ...guard, method: "get", right: "case.read" } as const;
const address = (kind: string, year: number) => `${clinicPaths.prices}?kind=${kind}&year=${year}`;

/** 契約単価 as a clerk reads and prints them, and the list for residents. */
export const clinicPriceScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    path: clinicPaths.prices,
    audit: "nothing-personal",
    because: "prices of contracts",
    async handle({ work, query, platform }) {
      const kind = kindOf(query);
      const year = query.integer("year") ?? fiscalYear(platform.clock.today());
      const { tables, years } = await work(async (unit) => ({
        tables: await pricesOfYear(unit, kind, year),
        years: await priceYears(unit, kind),
      }));
      return page({
        title: "予防接種 契約単価",
        breadcrumb: [{ title: "医療機関台帳", path: clinicPaths.list }, { title: "契約単価" }],
        content: (
          <>
            <PageTitle
              actions={
                <ButtonLink href={listAddress({ contract: kind })}>
                  この契約の医療機関を見る
                </ButtonLink>
              }
            >
              契約単価 {formatFiscalYear(year)}
            </PageTitle>
            <FilterLinks
              label="契約の種類"
              present={kind}
              choices={contractChoices}
              href={(value) => address(value ?? "individual", year)}
              always
            />
            <FilterLinks
              label="年度"
              present={String(year)}
              choices={[...new Set([year, ...years])]
                .toSorted((a, b) => b - a)
                .map((one) => ({ value: String(one), label: formatFiscalYear(one) }))}
              href={(value) => address(kind, Number(value ?? year))}
              always
            />
            {tables.length === 0 && (
              <Panel title={contractTitle(kind)}>
                <EmptyState>
                  この年度の単価は登録されていません。制度担当者が「制度の数値」の「予防接種の契約単価（
                  {contractTitle(kind)}）」で起案し、決裁者が承認してください。
                </EmptyState>
              </Panel>
            )}
            {tables.map((table) => (
              <Panel
                key={table.from}
                title={`${contractTitle(kind)}　${period(table.from, table.to)}`}
                actions={
                  <ButtonLink
                    href={`${clinicPaths.prices}/print?kind=${kind}&year=${year}&from=${table.from}`}
                  >
                    単価表を印刷する
                  </ButtonLink>
                }
              >
                <p>
                  根拠: {table.source}　消費税率 {table.taxPercent}%（税込。内税は1円未満切捨て）
                </p>
                <Table
                  caption={`${contractTitle(kind)}の単価`}
                  columns={[
                    { title: "予防接種", cell: ({ vaccine }) => vaccine },
                    { title: "回", cell: ({ doses }) => doses, nowrap: true },
                    { title: "製品", cell: ({ product }) => product || "すべて" },
                    { title: "接種", cell: ({ given }) => yen(given), align: "end", nowrap: true },
                    {
                      title: "うち消費税",
                      cell: ({ givenTax }) => yen(givenTax),
                      align: "end",
                      nowrap: true,
                    },
                    {
                      title: "予診のみ",
                      cell: ({ screened }) =>
                        screened === undefined ? "支払わない" : yen(screened),
                      align: "end",
                      nowrap: true,
                    },
                    {
                      title: "うち消費税",
                      cell: ({ screenedTax }) =>
                        screenedTax === undefined ? "―" : yen(screenedTax),
                      align: "end",
                      nowrap: true,
                    },
                  ]}
                  rows={table.lines}
                />
              </Panel>
            ))}
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...reading,
    path: `${clinicPaths.prices}/print` as const,
    audit: "nothing-personal",
    because: "prices of contracts; that they were printed is recorded with the paper",
    async handle({ work, query, platform }) {
      const year = query.integer("year") ?? fiscalYear(platform.clock.today());
      const pdf = await work((unit) =>
        printPriceTable(unit, { kind: kindOf(query), year, from: query.text("from") }),
      );
      return inlinePdf(`予防接種委託単価表-${year}.pdf`, pdf);
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${clinicPaths.list}/residents` as const,
    right: "document.print",
    audit: "clinics.list-asked",
    handle: async ({ work, form }) =>
      inlinePdf(
        "予防接種医療機関一覧.pdf",
        await work((unit) => printClinicList(unit, readClinicFilter(form))),
      ),
  }),
];
