import { holds } from "#src/platform/access/index.ts";
import {
  Button,
  ButtonLink,
  DateField,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Tabs,
} from "../components/index.ts";
import { copiesPath } from "../copies/paths.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { moveOn, page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { Values } from "../values.ts";
import { keptAsked, periodChoices } from "./asked.ts";
import { FigureChart } from "./chart.tsx";
import { FigureTable, titleWithUnit } from "./figure-table.tsx";
import { statisticsPath } from "./paths.ts";
import { askedSheet, type ReadSheet, readSheet } from "./read-sheet.ts";
import type { Statistics } from "./sheet.ts";

/** Figures of a 事務: one sheet a page, each table with its chart. */
export function statisticsPages(of: Statistics): AnyRoute[] {
  const path = statisticsPath(of.program);
  const guard = {
    program: of.program,
    right: "statistics.read",
    purpose: "inquiry",
    handbook: "12-statistics",
  } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path,
      audit: "statistics.opened",
      async handle(request) {
        const found = await request.work((unit) => readSheet(unit, of, request.query));
        return sheetReply(of, request, found);
      },
    }),
    // Dates are typed in any way of writing; the address has them in one.
    defineRoute({
      ...guard,
      method: "post",
      path: `${path}/choose` as const,
      audit: "statistics.chosen",
      async handle({ form, work }) {
        const { sheet, asked } = await work((unit) => askedSheet(unit, of, form));
        return moveOn(`${path}?${new URLSearchParams(keptAsked(sheet, asked))}`);
      },
    }),
  ];
}

function sheetReply(
  of: Statistics,
  { actor, platform }: Pick<ScreenRequest, "actor" | "platform">,
  found: ReadSheet,
): Reply {
  const { program, title, sheets } = of;
  const { sheet, asked, words, exact, tables } = found;
  const kept = keptAsked(sheet, asked);
  const path = statisticsPath(program);
  const heading = `${title} 統計（${sheet.title}）`;
  return page({
    title: heading,
    breadcrumb: [{ title: "統計" }],
    content: (
      <>
        <PageTitle
          actions={
            holds(actor, "copy.request", { program }) && (
              <ButtonLink
                href={`${copiesPath(program)}/new?${new URLSearchParams({ of: "statistics", ...kept })}`}
              >
                写し（印刷・CSV）…
              </ButtonLink>
            )
          }
        >
          {heading}
        </PageTitle>
        <Tabs
          label="統計の種類"
          tabs={sheets.map((one) => ({
            title: one.title,
            href: `${path}?${new URLSearchParams(keptAsked(one, asked))}`,
            current: one === sheet,
          }))}
        />
        <Choose path={path} {...found} />
        <Basis words={words} source={sheet.source} exact={exact} at={platform.clock.now()} />
        {tables.map((table, n) => (
          <Panel key={table.title} title={titleWithUnit(table)}>
            <FigureChart id={`chart-${n}`} table={table} />
            <FigureTable table={table} leads={exact} />
          </Panel>
        ))}
      </>
    ),
  });
}

/** What the figures are, when they were counted and from what; on the screen, on paper and on a copy. */
export const Basis = (props: { words: string; source: string; exact: boolean; at: Date }) => (
  <div class="figure-basis">
    <p>
      {props.words}　{showMoment(props.at)} 現在　{!props.exact && <strong>{roundedNote}</strong>}
    </p>
    <p>{props.source}</p>
  </div>
);

/** Said of figures that are not exact. */
export const roundedNote = "一件ごとの記録を見る権限がないため、数は10の位に丸めてあります。";

function Choose({ path, sheet, asked, offices }: ReadSheet & { path: `/${string}` }) {
  const kept = new Values(Object.entries(keptAsked(sheet, asked)));
  const byOffice = sheet.byOffice && offices.length > 0;
  if (sheet.asks === "now" && !byOffice) return null;
  return (
    <Form action={`${path}/choose`} keys="search" class="form search-form">
      <input type="hidden" name="sheet" value={sheet.id} />
      <div class="search-bar">
        {sheet.asks === "period" && (
          <SelectField
            name="period"
            label="期間"
            options={periodChoices(asked.today)}
            value={kept.text("period")}
          />
        )}
        {sheet.asks === "day" && (
          <DateField name="on" label="時点" width={8} value={showDateShort(asked.on)} />
        )}
        {byOffice && (
          <SelectField
            name="office"
            label="区"
            empty="すべて"
            options={offices}
            value={asked.office}
          />
        )}
        <Button look="secondary">表示する</Button>
      </div>
    </Form>
  );
}
