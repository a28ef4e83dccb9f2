import { holds } from "#src/platform/access/index.ts";
import {
  cityParameterOf,
  cityParameters,
  differingCases,
  type ParameterProposal,
  proposalOf,
  proposalsOf,
  rowBefore,
  scopeOf,
} from "#src/platform/parameters/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, ButtonLink, PageTitle, Panel, Table } from "../../components/index.ts";
import { numberOf } from "../../params.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { daysOf, ProposalFacts, Proposed, standingOf, Trial, title } from "./parts.tsx";

const guard = { right: "city-parameter.prepare", purpose: "administration" } as const;
export const PER_PAGE = 50;
const breadcrumb = [{ title, path: "/city-parameters" as const }];

/** What the city sets, with what holds today; each with its rows, and each row by itself. */
export const listScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/city-parameters",
    audit: "city-parameters.listed",
    async handle({ work, platform }) {
      const today = platform.clock.today();
      const rows = await work(async (unit) => {
        const own = cityParameters.filter(({ key }) =>
          holds(unit.actor, "city-parameter.prepare", scopeOf(key)),
        );
        const found = [];
        for (const one of own) found.push({ one, rows: await proposalsOf(unit, one.key) });
        return found;
      });
      return page({
        title,
        breadcrumb: [{ title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <p class="lead">
              市が定める額・番号・期限です。起案し、実際の案件で試算した後、別の職員が承認すると、始まりの日から使われます。登録した値は変えられません。改めるときは、新しい始まりの日の値を起案します。
            </p>
            <Table
              caption="市が定める数値"
              columns={[
                {
                  title: "数値",
                  cell: ({ one }: (typeof rows)[number]) => one.title,
                  nowrap: true,
                },
                { title: "今日の値", cell: ({ rows }) => todayIn(rows, today), nowrap: true },
                { title: "承認待ち", cell: ({ rows }) => waitingIn(rows), nowrap: true },
                { title: "使い道", cell: ({ one }) => one.hint },
              ]}
              rows={rows}
              href={({ one }) => `/city-parameters/${one.key}`}
            />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/city-parameters/:key",
    audit: "city-parameter.opened",
    async handle({ params, work, platform }) {
      const one = cityParameterOf(params.key);
      const rows = await work((unit) => proposalsOf(unit, one.key));
      const path = `/city-parameters/${one.key}` as const;
      return page({
        title: `${title} ${one.title}`,
        breadcrumb: [...breadcrumb, { title: one.title }],
        content: (
          <>
            <PageTitle actions={<ButtonLink href={`${path}/new`}>新しい値を起案する</ButtonLink>}>
              {one.title}
            </PageTitle>
            <p class="lead">{one.hint}</p>
            <Rows rows={rows} today={platform.clock.today()} path={path} />
            {one.templates && (
              <Panel title="分かっている市の定め">
                <p>
                  値の一部が分かっています。選ぶと入力した形で起案を始めます。残りは確かめて入力します。
                </p>
                <ul class="plain-list">
                  {one.templates.map((template, index) => (
                    <li key={template.title}>
                      <a href={`${path}/new?template=${index}`}>{template.title}</a>
                      <span class="cell-note">{template.source}</span>
                    </li>
                  ))}
                </ul>
              </Panel>
            )}
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/city-parameters/:key/rows/:number",
    audit: "city-parameter.proposal-opened",
    async handle({ params, query, work, platform }) {
      const asked = Math.max(1, query.integer("page") ?? 1);
      const found = await work(async (unit) => {
        const one = await proposalOf(unit, numberOf(params.number));
        if (one.key !== params.key) throw notFound("起案が見つかりません。");
        return {
          one,
          before: rowBefore(await proposalsOf(unit, one.key), one),
          differing: await differingCases(unit, one.id, {
            from: (asked - 1) * PER_PAGE,
            size: PER_PAGE,
          }),
        };
      });
      const { one, before, differing } = found;
      const parameter = cityParameterOf(one.key);
      return page({
        title: `${title} ${parameter.title} 第${one.id}号`,
        breadcrumb: [
          ...breadcrumb,
          { title: parameter.title, path: `/city-parameters/${one.key}` },
          { title: `第${one.id}号` },
        ],
        content: (
          <>
            <PageTitle
              actions={
                <ButtonLink href={`/city-parameters/${one.key}/new?from=${one.id}`}>
                  この値を基に起案する
                </ButtonLink>
              }
            >
              {parameter.title}
            </PageTitle>
            <Panel title={`起案 第${one.id}号`}>
              <ProposalFacts one={one} today={platform.clock.today()} />
            </Panel>
            <Proposed one={one} before={before} />
            <Trial
              one={one}
              found={differing}
              page={asked}
              perPage={PER_PAGE}
              path={`/city-parameters/${one.key}/rows/${one.id}`}
            />
          </>
        ),
      });
    },
  }),
];

function todayIn(rows: readonly ParameterProposal[], today: IsoDate) {
  const row = rows.find(({ decision, validFrom }) => decision === "approved" && validFrom <= today);
  if (!row || (row.validTo !== null && row.validTo < today)) return "画面での登録なし";
  return daysOf(row);
}

function waitingIn(rows: readonly ParameterProposal[]) {
  const row = rows.find(({ decision }) => decision === null);
  return row ? daysOf(row) : "―";
}

function Rows(props: { rows: readonly ParameterProposal[]; today: IsoDate; path: string }) {
  const approved = props.rows.filter(({ decision }) => decision === "approved");
  const nextOf = (row: ParameterProposal) => approved[approved.indexOf(row) - 1]?.validFrom;
  return (
    <Panel title={`登録と起案 ${props.rows.length}件`}>
      <Table
        caption="登録と起案"
        columns={[
          { title: "期間", cell: daysOf, nowrap: true },
          {
            title: "状態",
            cell: (row: ParameterProposal) => {
              const next = row.decision === "approved" ? nextOf(row) : undefined;
              const { word, tone } = standingOf(row, props.today, next);
              return <Badge tone={tone}>{word}</Badge>;
            },
            nowrap: true,
          },
          { title: "出典", cell: ({ source }) => source },
          { title: "起案", cell: ({ proposer }) => proposer, nowrap: true },
          { title: "決定", cell: ({ decider }) => decider ?? "―", nowrap: true },
        ]}
        rows={props.rows}
        href={(row) => `${props.path}/rows/${row.id}`}
        empty="まだ登録も起案もありません。"
      />
    </Panel>
  );
}
