import { holds } from "#src/platform/access/index.ts";
import { reminderMailingId } from "#src/platform/applications/index.ts";
import {
  listReturns,
  type ReturnCause,
  returnCauseTitles,
  returnStateMeta,
} from "#src/platform/entitlements/index.ts";
import { mailingKinds } from "#src/platform/mailings/index.ts";
import {
  type CertificateReturnState,
  certificateReturnV1,
} from "#workflows/cases/certificate-return.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import {
  ButtonLink,
  FilterLinks,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { StateBadge } from "./parts.tsx";
import { casePath, returnEntryPath, returnsPath } from "./paths.ts";
import { certificateName, returnEntryScreens } from "./return-entry.tsx";

const size = 50;
const states = stateNames(certificateReturnV1) as CertificateReturnState[];
const causes = Object.keys(returnCauseTitles) as ReturnCause[];
export const returnsTitle = "証の回収";

const day = (date: string | null) => showDateShort(date as IsoDate | null);

/** 証の回収: what is out, the oldest first, and the entry of what came back. */
export const returnScreens = (screens: AnyCaseScreens): AnyRoute[] => {
  const { program, title } = screens.application;
  const path = returnsPath(program);
  return [
    defineRoute({
      method: "get",
      path,
      right: "certificate.issue",
      program,
      audit: "certificate-returns.listed",
      purpose: "inquiry",
      async handle({ work, query, platform, actor }) {
        const reminds =
          holds(actor, "mailing.prepare", { program }) &&
          mailingKinds(program).some(({ id }) => id === reminderMailingId(program));
        const at = Math.max(1, query.integer("page") ?? 1);
        const state = query.choice("state", states) ?? "outstanding";
        const cause = query.choice("cause", causes);
        const { list, people } = await work(async (unit) => {
          const from = (at - 1) * size;
          const found = await listReturns(unit, { program, state, cause, from, size });
          const numbers = found.rows.map(({ personNumber }) => personNumber);
          return { list: found, people: await peopleOfRows(unit, numbers) };
        });
        const href = (of: Record<string, string | number | undefined>) => {
          const entries = Object.entries({ state, cause, ...of }).filter(([, value]) => value);
          return `${path}?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
        };
        return page({
          title: `${title} ${returnsTitle}`,
          breadcrumb: [{ title: returnsTitle }],
          content: (
            <>
              <PageTitle
                actions={
                  <>
                    <ButtonLink href={returnEntryPath(program)} look="primary">
                      返ってきた証を入力する
                    </ButtonLink>
                    {reminds && (
                      <ButtonLink href={`/${program}/mailings/certificate-reminders`}>
                        返還のお願いを郵送する
                      </ButtonLink>
                    )}
                  </>
                }
              >
                {returnsTitle}
              </PageTitle>
              <FilterLinks
                label="状態"
                always
                present={state}
                choices={states.map((value) => ({ value, label: returnStateMeta(value).title }))}
                href={(value) => href({ state: value })}
              />
              <FilterLinks
                label="回収の理由"
                present={cause}
                choices={causes.map((value) => ({ value, label: returnCauseTitles[value] }))}
                href={(value) => href({ cause: value })}
              />
              <Panel
                title={`${returnStateMeta(state).title} ${list.total.toLocaleString("ja-JP")}件`}
              >
                <Table
                  caption={returnsTitle}
                  rows={list.rows}
                  href={({ caseId }) => casePath({ program, id: caseId })}
                  empty="当てはまる証はありません。"
                  columns={[
                    { title: "受給者番号", cell: (row) => row.recipientNumber, nowrap: true },
                    {
                      title: "氏名",
                      cell: (row) => (
                        <PersonCell
                          person={people.get(row.personNumber)}
                          today={platform.clock.today()}
                        />
                      ),
                    },
                    { title: "証", cell: (row) => certificateName(screens, row) },
                    { title: "理由", cell: (row) => returnCauseTitles[row.cause] },
                    { title: "無効になった日", cell: (row) => day(row.sinceOn), nowrap: true },
                    {
                      title: "依頼",
                      cell: ({ reminders, remindedOn }) =>
                        reminders > 0 ? `${reminders}回（${day(remindedOn)}）` : "―",
                      nowrap: true,
                    },
                    {
                      title: "状態",
                      cell: (row) => {
                        const { title: word, tone = "info" } = returnStateMeta(row.state);
                        return (
                          <>
                            <StateBadge tone={tone} title={word} />{" "}
                            {row.settledOn ? day(row.settledOn) : ""}
                          </>
                        );
                      },
                      nowrap: true,
                    },
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
    ...returnEntryScreens(screens),
  ];
};
