import {
  ButtonLink,
  DefinitionList,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { inlinePdf, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getExtraction } from "../../targets/extractions.ts";
import { getSession, printSession, seatsOf, timeOfSeat } from "../../targets/sessions.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { paths } from "../paths.ts";
import { figure, rowsAPage } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "mailing" } as const;
const path = "/vaccination/target-sessions/:id" as const;

/** 集団接種の名簿: who comes when, on the screen and on paper. */
export const sessionScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    right: "mailing.read",
    audit: "targets.session-opened",
    async handle({ work, params, query, platform }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { one, extraction, seats, people } = await work(async (unit) => {
        const one = await getSession(unit, numberOf(params.id));
        const seats = await seatsOf(unit, one.id, { from: (at - 1) * rowsAPage, size: rowsAPage });
        return {
          one,
          extraction: await getExtraction(unit, one.extractionId),
          seats,
          people: await peopleOfRows(
            unit,
            seats.map(({ personNumber }) => personNumber),
          ),
        };
      });
      return page({
        title: "予防接種 集団接種の名簿",
        breadcrumb: [
          { title: "対象者抽出", path: paths.targets },
          { title: extraction.title, path: paths.target(extraction.id) },
          { title: "集団接種の名簿" },
        ],
        content: (
          <>
            <PageTitle
              actions={
                <ButtonLink href={`${paths.targetSession(one.id)}/paper`} look="primary" newTab>
                  名簿を印刷する
                </ButtonLink>
              }
            >
              集団接種の名簿
            </PageTitle>
            <Panel title="会場と期日">
              <DefinitionList
                columns={2}
                items={[
                  ["会場", one.place],
                  ["期日", showDate(one.heldOn as IsoDate)],
                  [
                    "受付",
                    `${one.opensAt.slice(0, 5)}から、${one.together}人ずつ${one.minutes}分ごと`,
                  ],
                  ["人数", `${figure(one.seats)}人`],
                ]}
              />
            </Panel>
            <Panel title={`名簿 ${figure(one.seats)}人`}>
              <Table
                caption="集団接種の名簿"
                columns={[
                  { title: "番号", cell: ({ seat }) => String(seat), align: "end", nowrap: true },
                  { title: "受付", cell: ({ seat }) => timeOfSeat(one, seat), nowrap: true },
                  {
                    title: "氏名",
                    cell: ({ personNumber }) => (
                      <PersonCell
                        person={people.get(personNumber)}
                        today={platform.clock.today()}
                      />
                    ),
                  },
                  { title: "予防接種・回", cell: ({ subject }) => subjectTitle(subject) },
                ]}
                rows={seats}
              />
              <Pagination
                page={at}
                pages={Math.ceil(one.seats / rowsAPage)}
                href={(next) => `${paths.targetSession(one.id)}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${path}/paper` as const,
    right: "mailing.prepare",
    audit: "targets.session-paper-asked",
    handle: async ({ work, params }) =>
      inlinePdf("session.pdf", await work((unit) => printSession(unit, numberOf(params.id)))),
  }),
];
