import {
  type FollowUpKind,
  followUpTitles,
  listFollowUps,
} from "#src/platform/entitlements/index.ts";
import { type FollowUpState, followUpV1 } from "#workflows/cases/follow-up.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { yen } from "#workflows/text/yen.ts";
import { FilterLinks, PageTitle, Pagination, Panel, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { showMonth } from "../receipts/words.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { FollowUpState as State } from "./consequences-panel.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { followUpScreen } from "./follow-up-page.tsx";
import { followUpPath, followUpsPath } from "./paths.ts";

const size = 50;
const states = stateNames(followUpV1) as FollowUpState[];
const kinds = Object.keys(followUpTitles) as FollowUpKind[];
export const followUpsTitle = "遡及に伴う処理";

/** What movements back in time have left to be done in a 事務: the list, the oldest first, and each with its steps. */
export const followUpScreens = (screens: AnyCaseScreens): AnyRoute[] => {
  const { program, title } = screens.application;
  const path = followUpsPath(program);
  return [
    defineRoute({
      method: "get",
      path,
      right: "case.read",
      program,
      audit: "follow-ups.listed",
      purpose: "inquiry",
      async handle({ work, query, platform }) {
        const at = Math.max(1, query.integer("page") ?? 1);
        const chosen = query.choice("state", [...states, "all"]) ?? "open";
        const state = chosen === "all" ? undefined : chosen;
        const kind = query.choice("kind", kinds);
        const { list, people } = await work(async (unit) => {
          const found = await listFollowUps(unit, {
            program,
            settled: true,
            state,
            kind,
            from: (at - 1) * size,
            size,
          });
          const numbers = found.rows.map(({ personNumber }) => personNumber);
          return { list: found, people: await peopleOfRows(unit, numbers) };
        });
        const href = (of: {
          page?: number;
          state?: string | undefined;
          kind?: string | undefined;
        }) => {
          const entries = Object.entries({ state: chosen, kind, ...of }).filter(
            ([, value]) => value,
          );
          return `${path}?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
        };
        return page({
          title: `${title} ${followUpsTitle}`,
          breadcrumb: [{ title: followUpsTitle }],
          content: (
            <>
              <PageTitle>{followUpsTitle}</PageTitle>
              <FilterLinks
                label="状態"
                present={state}
                choices={states.map((value) => ({
                  value,
                  label: stateMeta(followUpV1, value).title,
                }))}
                href={(value) => href({ state: value ?? "all" })}
              />
              <FilterLinks
                label="処理"
                present={kind}
                choices={kinds.map((value) => ({ value, label: followUpTitles[value] }))}
                href={(value) => href({ kind: value })}
              />
              <Panel title={`${list.total.toLocaleString("ja-JP")}件`}>
                <Table
                  caption={followUpsTitle}
                  rows={list.rows}
                  href={({ id }) => followUpPath(program, id)}
                  empty="当てはまる処理はありません。"
                  columns={[
                    { title: "処理", cell: (row) => followUpTitles[row.kind] },
                    {
                      title: "氏名",
                      cell: (row) => (
                        <PersonCell
                          person={people.get(row.personNumber)}
                          today={platform.clock.today()}
                        />
                      ),
                    },
                    {
                      title: "診療年月",
                      cell: (row) => showMonth(row.treatmentMonth),
                      nowrap: true,
                    },
                    {
                      title: "額",
                      cell: (row) => (row.amount === null ? "―" : yen(row.amount)),
                      align: "end",
                      nowrap: true,
                    },
                    {
                      title: "決裁の日",
                      cell: (row) => showDateShort(row.openedOn as IsoDate),
                      nowrap: true,
                    },
                    { title: "状態", cell: (row) => <State {...row} /> },
                  ]}
                />
                <Pagination
                  page={at}
                  pages={Math.ceil(list.total / size)}
                  href={(next) => href({ page: next })}
                />
              </Panel>
            </>
          ),
        });
      },
    }),
    ...followUpScreen(screens),
  ];
};
