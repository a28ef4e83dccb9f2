import { officeFinder } from "#src/platform/printing/index.ts";
import {
  answerNumber,
  answerStateMeta,
  findingTitlesOf,
  listAnswers,
  outcomeTitles,
  readSeason,
} from "#src/platform/renewals/index.ts";
import {
  choicesOf,
  FilterLinks,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../components/index.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import {
  AnswerBadge,
  answerStates,
  count,
  day,
  isAnswerState,
  rowsAPage,
  seasonTitle,
} from "./parts.tsx";
import type { Renewals } from "./set.ts";

/** The answers of a season, narrowed by state and by what was found. */
export const answerList = (of: Renewals): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.seasons}/seasons/:season/answers` as const,
    audit: "renewal-answers.listed",
    async handle({ params, query, work, platform }) {
      const seasonId = idOf(params.season);
      const at = Math.max(1, query.integer("page") ?? 1);
      const asked = query.text("state");
      const state = isAnswerState(asked) ? asked : undefined;
      const titles = findingTitlesOf(of.kind);
      const finding = Object.hasOwn(titles, query.text("finding"))
        ? query.text("finding")
        : undefined;
      const { season, list, people, officeOf } = await work(async (unit) => {
        const list = await listAnswers(
          unit,
          { seasonId, state, finding },
          { page: at, size: rowsAPage },
        );
        return {
          season: await readSeason(unit, seasonId),
          list,
          people: await peopleOfRows(
            unit,
            list.rows.map(({ personNumber }) => personNumber),
          ),
          officeOf: await officeFinder(unit),
        };
      });
      const filter = (more: Record<string, string | undefined>) =>
        of.paths.answers(
          seasonId,
          Object.fromEntries(
            Object.entries({ state, finding, ...more }).flatMap(([key, value]) =>
              value ? [[key, value]] : [],
            ),
          ),
        );
      return page({
        title: `${seasonTitle(season, of.kind.title)} 一覧`,
        breadcrumb: [
          { title: of.kind.title, path: of.paths.seasons },
          { title: seasonTitle(season, ""), path: of.paths.season(seasonId) },
          { title: "一覧" },
        ],
        content: (
          <>
            <PageTitle>{`${seasonTitle(season, of.kind.title)} 一覧`}</PageTitle>
            <FilterLinks
              label="状態"
              present={state}
              choices={answerStates.map((value) => ({
                value,
                label: answerStateMeta(value).title,
              }))}
              href={(value) => filter({ state: value, finding: undefined })}
            />
            {state === "exception" && (
              <FilterLinks
                label="理由"
                present={finding}
                choices={choicesOf(titles)}
                href={(value) => filter({ finding: value })}
              />
            )}
            <Panel title={`${count(list.total)}件`}>
              <Table
                caption="現況届の一覧"
                columns={[
                  { title: "整理番号", cell: answerNumber, nowrap: true },
                  {
                    title: "氏名・年齢",
                    cell: (row) => (
                      <PersonCell
                        person={people.get(row.personNumber)}
                        today={platform.clock.today()}
                      />
                    ),
                  },
                  { title: "窓口", cell: ({ officeCode }) => officeOf(officeCode).name },
                  { title: "受付日", cell: ({ receivedOn }) => day(receivedOn), nowrap: true },
                  {
                    title: "確かめること",
                    cell: ({ findings }) =>
                      findings.map((one) => titles[one] ?? one).join("、") || "―",
                  },
                  {
                    title: "起案・決定",
                    cell: ({ outcome }) => (outcome ? outcomeTitles[outcome] : "―"),
                    nowrap: true,
                  },
                  { title: "状態", cell: (row) => <AnswerBadge state={row.state} />, nowrap: true },
                ]}
                rows={list.rows}
                href={({ id }) => of.paths.answer(id)}
                empty="該当する現況届はありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(list.total / rowsAPage)}
                href={(next) => filter({ page: String(next) })}
              />
            </Panel>
          </>
        ),
      });
    },
  });
