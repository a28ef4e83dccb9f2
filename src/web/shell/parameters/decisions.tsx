import {
  cityParameterOf,
  decideParameter,
  differingCases,
  type ParameterProposal,
  proposalActions,
  proposalOf,
  proposalsOf,
  proposalsToDecide,
  rowBefore,
  titleOfKey,
} from "#src/platform/parameters/index.ts";
import { PageTitle, Panel, RowDecision, Table } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { PER_PAGE } from "./list.tsx";
import { daysOf, ProposalFacts, Proposed, Trial } from "./parts.tsx";

const guard = { right: "city-parameter.approve", purpose: "approval" } as const;
export const decisionsTitle = "制度の数値の承認";
export const decisionsPath = "/city-parameter-proposals";

/** What waits for another person, with its value beside the one before and the cases that it would change. */
export const decisionScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path: decisionsPath,
    audit: "city-parameters.waiting-listed",
    async handle({ work }) {
      const rows = await work(proposalsToDecide);
      return page({
        title: decisionsTitle,
        breadcrumb: [{ title: decisionsTitle }],
        content: (
          <>
            <PageTitle>{decisionsTitle}</PageTitle>
            <Table
              caption="承認を待つ数値"
              columns={[
                { title: "数値", cell: ({ key }: ParameterProposal) => titleOfKey(key) },
                { title: "期間", cell: daysOf, nowrap: true },
                { title: "出典", cell: ({ source }) => source },
                {
                  title: "起案",
                  cell: ({ proposer, proposedAt }) => (
                    <>
                      {proposer}
                      <span class="cell-note">{showMoment(proposedAt)}</span>
                    </>
                  ),
                },
                { title: "試算", cell: ({ triedAt }) => (triedAt ? "済" : "待ち"), nowrap: true },
              ]}
              rows={rows}
              href={({ id }) => `${decisionsPath}/${id}`}
              empty="承認を待つ数値はありません。"
            />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/city-parameter-proposals/:number",
    audit: "city-parameter.proposal-opened",
    async handle({ params, query, work, platform }) {
      const asked = Math.max(1, query.integer("page") ?? 1);
      const { one, before, differing, actions } = await work(async (unit) => {
        const found = await proposalOf(unit, numberOf(params.number));
        return {
          one: found,
          before: rowBefore(await proposalsOf(unit, found.key), found),
          differing: await differingCases(unit, found.id, {
            from: (asked - 1) * PER_PAGE,
            size: PER_PAGE,
          }),
          actions: proposalActions(unit, found),
        };
      });
      const parameter = cityParameterOf(one.key);
      return page({
        title: `${decisionsTitle} ${parameter.title} 第${one.id}号`,
        breadcrumb: [{ title: decisionsTitle, path: decisionsPath }, { title: parameter.title }],
        content: (
          <>
            <PageTitle>{parameter.title}</PageTitle>
            <Panel title={`起案 第${one.id}号`}>
              <ProposalFacts one={one} today={platform.clock.today()} />
              {actions.length > 0 && (
                <RowDecision
                  action={`${decisionsPath}/${one.id}/decision`}
                  actions={actions}
                  asks={{
                    approve:
                      "承認すると、始まりの日からこの値で計算します。後から変えることはできません。よろしいですか。",
                    refuse: "この起案を却下します。よろしいですか。",
                  }}
                />
              )}
            </Panel>
            <Proposed one={one} before={before} />
            <Trial
              one={one}
              found={differing}
              page={asked}
              perPage={PER_PAGE}
              path={`${decisionsPath}/${one.id}`}
            />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/city-parameter-proposals/:number/decision",
    audit: "city-parameter.decision-sent",
    async handle({ params, form, work }) {
      const event = form.pressed(["approve", "refuse"]);
      await work((unit) => decideParameter(unit, numberOf(params.number), event));
      return redirect(decisionsPath, event === "approve" ? "承認しました。" : "却下しました。");
    },
  }),
];
