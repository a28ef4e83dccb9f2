import { holds } from "#src/platform/access/actor.ts";
import {
  ButtonLink,
  FilterLinks,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { MistakeCategory } from "#workflows/vaccination/mistakes/categories.ts";
import {
  foundByTitles,
  listMistakes,
  mistakeFigures,
  mistakeNumber,
  mistakeStateMeta,
  mistakeStates,
  reportTitles,
} from "../../mistakes/incidents.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage } from "../records/parts.tsx";
import { categoryTitle, MistakeBadge } from "./parts.tsx";

/** 間違い接種: what is under way, those known longest first; or those of a state. */
export const mistakeList = defineRoute({
  method: "get",
  path: paths.mistakes,
  right: "case.read",
  program: "vaccination",
  purpose: "case",
  audit: "mistakes.listed",
  async handle({ work, query, platform, actor }) {
    const state = query.choice("state", mistakeStates);
    const at = Math.max(1, query.integer("page") ?? 1);
    const { list, figures, people } = await work(async (unit) => {
      const list = await listMistakes(
        unit,
        { state: state ?? "open" },
        { from: (at - 1) * rowsAPage, size: rowsAPage },
      );
      const numbers = list.rows.map(({ personNumber }) => personNumber);
      return {
        list,
        figures: await mistakeFigures(unit),
        people: await peopleOfRows(unit, numbers),
      };
    });
    const address = (given: { state?: string | undefined; page?: number }) =>
      `${paths.mistakes}?${new URLSearchParams(
        Object.entries(given).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      )}`;
    return page({
      title: "予防接種 間違い接種",
      breadcrumb: [{ title: "間違い接種" }],
      content: (
        <>
          <PageTitle
            actions={
              <>
                {holds(actor, "case.enter", { program: "vaccination" }) && (
                  <ButtonLink href={`${paths.mistakes}/new`} look="primary">
                    間違い接種を入力する
                  </ButtonLink>
                )}
                <ButtonLink href={paths.mistakeYears}>年次報告</ButtonLink>
                <ButtonLink href={paths.adverseReports}>副反応疑い報告</ButtonLink>
              </>
            }
          >
            間違い接種
          </PageTitle>
          <Panel
            title={`${state ? mistakeStateMeta(state).title : "処理中"} ${list.total.toLocaleString("ja-JP")}件`}
          >
            <FilterLinks
              label="状態"
              present={state}
              choices={mistakeStates.flatMap((one) => {
                const found = figures.find((row) => row.state === one);
                return found
                  ? [
                      {
                        value: one,
                        label: `${mistakeStateMeta(one).title} ${found.incidents.toLocaleString("ja-JP")}`,
                      },
                    ]
                  : [];
              })}
              href={(value) => address({ state: value })}
            />
            <Table
              caption="間違い接種"
              columns={[
                { title: "番号", cell: mistakeNumber, nowrap: true },
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
                {
                  title: "接種日",
                  cell: (row) => showDateShort(row.givenOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "態様",
                  cell: ({ category }) => categoryTitle(category as MistakeCategory | null),
                },
                {
                  title: "報告",
                  cell: ({ report }) => (report ? reportTitles[report] : "―"),
                  nowrap: true,
                },
                { title: "発見", cell: ({ foundBy }) => foundByTitles[foundBy] },
                {
                  title: "状態",
                  cell: ({ state }) => <MistakeBadge state={state} />,
                  nowrap: true,
                },
              ]}
              rows={list.rows}
              href={({ id }) => paths.mistake(id)}
              tone={({ report, state }) =>
                report === "at-once" && (state === "found" || state === "to-report")
                  ? "error"
                  : undefined
              }
              empty="間違い接種の事案はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / rowsAPage)}
              href={(next) => address({ state, page: next })}
            />
          </Panel>
        </>
      ),
    });
  },
});
