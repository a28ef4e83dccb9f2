import {
  bulkSubjects,
  caseKindTitle,
  countDecisions,
  listDecisions,
  mostInBulk,
  unfinishedBulks,
  type WaitingDecision,
} from "#src/platform/cases/index.ts";
import {
  Button,
  EmptyState,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Table,
  Tabs,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { bulkPath, casePath } from "./paths.ts";

/** What is proposed, in words. */
export const subjectTitles: Readonly<Record<string, string>> = {
  grant: "認定",
  change: "変更",
  letter: "依頼書の交付",
  loss: "喪失",
  rejection: "却下",
  revocation: "職権取消",
  payment: "支給",
  refusal: "不支給",
  cancellation: "支給決定の取消し",
};

const isForBulk = (subject: string): boolean =>
  (bulkSubjects as readonly string[]).includes(subject);

/** Proposals that wait for this person's decision, of one kind and subject at a time, to be ticked. */
export function bulkList(screens: AnyCaseScreens): AnyRoute {
  const { program, title } = screens.application;
  const path = bulkPath(program);
  return defineRoute({
    method: "get",
    path,
    right: "case.approve",
    program,
    purpose: "approval",
    audit: "bulk-approval.listed",
    async handle({ query, work, platform }) {
      const found = await work(async (unit) => {
        const sorts = await countDecisions(unit, program);
        const sort = sorts.find((one) => sortId(one) === query.text("sort")) ?? sorts[0];
        const pages = Math.max(1, Math.ceil((sort?.count ?? 0) / mostInBulk));
        const at = Math.min(Math.max(1, query.integer("page") ?? 1), pages);
        const rows = sort ? await listDecisions(unit, program, { ...sort, page: at }) : [];
        const people = await peopleOfRows(
          unit,
          rows.map(({ personNumber }) => personNumber),
        );
        const unfinished = await unfinishedBulks(unit, program);
        return { sorts, sort, pages, at, rows, people, unfinished };
      });
      const { sorts, sort, pages, at, rows, people, unfinished } = found;
      const today = platform.clock.today();
      const heading = `${title} 一括決裁`;
      const href = (of: Sort, page?: number) =>
        `${path}?${new URLSearchParams({ sort: sortId(of), ...(page && { page: `${page}` }) })}`;
      const together = sort !== undefined && isForBulk(sort.subject);
      return page({
        title: heading,
        breadcrumb: [{ title: "一括決裁" }],
        content: (
          <>
            <PageTitle>{heading}</PageTitle>
            {unfinished.length > 0 && (
              <Notification tone="info" title="途中の一括決裁があります">
                <ul>
                  {unfinished.map(({ id, subject, startedAt, cases, done }) => (
                    <li key={id}>
                      <a href={`${path}/${id}`}>
                        {`${showMoment(startedAt)} ${subjectTitles[subject]} ${cases}件（決裁済 ${done}件）を続ける`}
                      </a>
                    </li>
                  ))}
                </ul>
              </Notification>
            )}
            {sort === undefined ? (
              <EmptyState>あなたの決裁を待っているものはありません。</EmptyState>
            ) : (
              <>
                <Tabs
                  label="決裁待ち"
                  tabs={sorts.map((one) => ({
                    title: `${caseKindTitle(one.kind).replace(`${title} `, "")}・${subjectTitles[one.subject]}`,
                    count: one.count,
                    href: href(one),
                    current: one === sort,
                  }))}
                />
                <p class="lead">
                  {together
                    ? "選んだものを一件ずつ調べ、決裁できるものと個別に確かめるものに分けて示します。この段階ではまだ決裁されません。"
                    : "この処分は一括では決裁できません。番号を押して、一件ずつ決裁してください。"}
                </p>
                <Table
                  caption="決裁を待っているもの"
                  rows={rows}
                  href={(row) => `${casePath(row)}/decision`}
                  {...(together && {
                    ticks: {
                      form: "bulk",
                      name: "case",
                      value: ({ id }: WaitingDecision) => id,
                      label: ({ number }: WaitingDecision) => `${number}を選ぶ`,
                      offBecause: ({ personNumber }: WaitingDecision) =>
                        people.get(personNumber)?.isProtected ? "個別" : undefined,
                    },
                  })}
                  columns={[
                    { title: "番号", cell: ({ number }) => number, nowrap: true },
                    {
                      title: "氏名・年齢",
                      cell: ({ personNumber }) => (
                        <PersonCell person={people.get(personNumber)} today={today} />
                      ),
                    },
                    {
                      title: "担当",
                      cell: ({ assigned }) => assigned?.name ?? "未定",
                      nowrap: true,
                    },
                    {
                      title: "受付日",
                      cell: ({ receivedOn }) => showDateShort(receivedOn),
                      nowrap: true,
                    },
                    { title: "期限", cell: ({ dueOn }) => showDateShort(dueOn), nowrap: true },
                  ]}
                />
                <Pagination page={at} pages={pages} href={(next) => href(sort, next)} />
                {together && (
                  <Form action={path} id="bulk" keys="search" class="inline-form">
                    <input type="hidden" name="kind" value={sort.kind} />
                    <input type="hidden" name="subject" value={sort.subject} />
                    <Button>選んだものを調べる</Button>
                  </Form>
                )}
              </>
            )}
          </>
        ),
      });
    },
  });
}

type Sort = { kind: string; subject: string };

const sortId = ({ kind, subject }: Sort): string => `${kind} ${subject}`;
