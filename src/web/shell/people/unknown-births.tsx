import { holds } from "#src/platform/access/index.ts";
import {
  countUnknownBirths,
  listUnknownBirths,
  type UnknownBirthState,
  unknownBirthStates,
} from "#src/platform/people/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { PageTitle, Pagination, Table, Tabs } from "../../components/index.ts";
import { showBirth, showMoment } from "../../dates.ts";
import { PersonCell, peopleOfRows } from "../../person-cell.tsx";
import { personPath } from "../../person-path.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";

const title = "生年月日が不詳の人";
const path = "/unknown-births";
const perPage = 50;
const states = Object.keys(unknownBirthStates) as UnknownBirthState[];

const anchored = (work: Work, personNumber: string): `/${string}` =>
  `${personPath(work.platform, personNumber as PersonNumber)}#reckoned-birth`;

/** Work of one state on the home page. */
const itemsOf = (
  kind: string,
  state: UnknownBirthState,
  right: "birth-date.set" | "birth-date.confirm",
) => {
  const byOthersAlone = right === "birth-date.confirm";
  return itemsOfKind({
    list: "waiting",
    kind,
    for: ({ actor }) => holds(actor, right),
    async figures(work) {
      const found = (await countUnknownBirths(work)).get(state);
      return (byOthersAlone ? found?.byOthers : found) ?? { count: 0, since: null };
    },
    read: async (work, lines) =>
      (await listUnknownBirths(work, state, { ...lines, byOthersAlone })).map(
        ({ personNumber, since }): Omit<WorkItem, "list" | "kind"> => ({
          title: kind,
          path: anchored(work, personNumber),
          since,
          personNumber,
        }),
      ),
  });
};

const list = defineRoute({
  method: "get",
  path,
  right: "birth-date.set",
  purpose: "counter",
  audit: "unknown-births.listed",
  async handle({ work, query, platform }) {
    const at = Math.max(1, query.integer("page") ?? 1);
    const state = query.choice("state", states) ?? "unset";
    const { counts, rows } = await work(async (unit) => {
      const counts = await countUnknownBirths(unit);
      const found = await listUnknownBirths(unit, state, {
        from: (at - 1) * perPage,
        size: perPage,
      });
      const people = await peopleOfRows(
        unit,
        found.map(({ personNumber }) => personNumber),
      );
      return {
        counts,
        rows: found.map((row) => ({
          ...row,
          person: people.get(row.personNumber),
          href: anchored(unit, row.personNumber),
        })),
      };
    });
    const today = platform.clock.today();
    const total = counts.get(state)?.count ?? 0;
    return page({
      title,
      breadcrumb: [{ title }],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <p class="lead">
            住民記録に生まれた日がない方です。年齢や期間の判定には、みなし生年月日の設定と、別の職員の確認が要ります。
          </p>
          <Tabs
            label="状態"
            tabs={states.map((one) => ({
              title: unknownBirthStates[one],
              href: `${path}?state=${one}`,
              current: one === state,
              count: counts.get(one)?.count ?? 0,
            }))}
          />
          <Table
            caption={`${title}（${unknownBirthStates[state]}）`}
            columns={[
              { title: "氏名", cell: ({ person }) => <PersonCell person={person} today={today} /> },
              { title: "生年月日", cell: ({ person }) => (person ? showBirth(person) : "―") },
              { title: "いつから", cell: ({ since }) => showMoment(since), nowrap: true },
            ]}
            rows={rows}
            href={({ href }) => href}
            empty="該当する方はいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `${path}?state=${state}&page=${number}`}
          />
        </>
      ),
    });
  },
});

/** 生年月日が不詳の人: the list, and what waits of it on the home page. */
export const unknownBirthScreens: ScreenSet = {
  title,
  handbook: "02-people",
  menu: [{ title, path, right: "birth-date.set", count: "unknownBirths" }],
  menuCounts: async (work) => {
    if (!holds(work.actor, "birth-date.set")) return { unknownBirths: 0 };
    return { unknownBirths: (await countUnknownBirths(work)).get("unset")?.count ?? 0 };
  },
  workItems: [
    itemsOf("みなし生年月日の確認", "waiting", "birth-date.confirm"),
    itemsOf("みなし生年月日が終わった方の見直し", "to-review", "birth-date.set"),
  ],
  routes: [list],
};
