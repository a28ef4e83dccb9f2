import { holds, type Right } from "#src/platform/access/index.ts";
import { countLinks, type LinkKind, linkKinds, listLinks } from "#src/platform/merges/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { PageTitle, Pagination, Table, Tabs } from "../../components/index.ts";
import { showBirth, showMoment } from "../../dates.ts";
import { PersonCell, peopleOfRows } from "../../person-cell.tsx";
import { personPath } from "../../person-path.ts";
import { page } from "../../reply.ts";
import { type AnyRoute, defineRoute } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";

const title = "番号の統合";
const path = "/number-links";
const perPage = 50;
const kinds = Object.keys(linkKinds) as LinkKind[];

/** The page on which it goes on: of a match, where both are compared. */
function pathOf(work: Work, kind: LinkKind, number: string, other: string): `/${string}` {
  const own = personPath(work.platform, number as PersonNumber);
  if (kind !== "match") return `${own}#merges`;
  return `${own}/merge?with=${personPath(work.platform, other as PersonNumber).slice("/people/".length)}`;
}

const itemsOf = (kind: LinkKind, right: Right) => {
  const byOthersAlone = right === "person.link-approve";
  return itemsOfKind({
    list: "waiting",
    kind: linkKinds[kind],
    for: ({ actor }) => holds(actor, right),
    async figures(work) {
      const found = (await countLinks(work)).get(kind);
      return (byOthersAlone ? found?.byOthers : found) ?? { count: 0, since: null };
    },
    read: async (work, lines) =>
      (await listLinks(work, kind, { ...lines, byOthersAlone })).map(
        ({ number, other, since }): Omit<WorkItem, "list" | "kind"> => ({
          title: linkKinds[kind],
          path: pathOf(work, kind, number, other),
          since,
          personNumber: number,
        }),
      ),
  });
};

const list = defineRoute({
  method: "get",
  path,
  right: "person.link",
  purpose: "counter",
  audit: "merges.listed",
  async handle({ work, query, platform }) {
    const at = Math.max(1, query.integer("page") ?? 1);
    const kind = query.choice("kind", kinds) ?? "merge";
    const { counts, rows } = await work(async (unit) => {
      const found = await listLinks(unit, kind, { from: (at - 1) * perPage, size: perPage });
      const people = await peopleOfRows(
        unit,
        found.flatMap(({ number, other }) => [number, other]),
      );
      return {
        counts: await countLinks(unit),
        rows: found.map((row) => ({
          ...row,
          person: people.get(row.number),
          second: people.get(row.other),
          href: pathOf(unit, kind, row.number, row.other),
        })),
      };
    });
    const today = platform.clock.today();
    const total = counts.get(kind)?.count ?? 0;
    return page({
      title,
      breadcrumb: [{ title }],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <p class="lead">
            2つの番号の統合と分離、住民になった可能性のある住登外者です。統合は、住民の画面の「番号の統合」から起案します。
          </p>
          <Tabs
            label="種類"
            tabs={kinds.map((one) => ({
              title: linkKinds[one],
              href: `${path}?kind=${one}`,
              current: one === kind,
              count: counts.get(one)?.count ?? 0,
            }))}
          />
          <Table
            caption={linkKinds[kind]}
            columns={[
              { title: "氏名", cell: ({ person }) => <PersonCell person={person} today={today} /> },
              { title: "番号", cell: ({ number }) => number, nowrap: true },
              { title: "もう1つの番号", cell: ({ other }) => other, nowrap: true },
              {
                title: "その氏名",
                cell: ({ second }) => <PersonCell person={second} today={today} />,
              },
              { title: "生年月日", cell: ({ second }) => (second ? showBirth(second) : "―") },
              { title: "いつから", cell: ({ since }) => showMoment(since), nowrap: true },
            ]}
            rows={rows}
            href={({ href }) => href}
            empty="待っているものはありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `${path}?kind=${kind}&page=${number}`}
          />
        </>
      ),
    });
  },
});

/** 番号の統合: what waits, and what of it stands on the home page. */
export const mergeSet = (routes: readonly AnyRoute[]): ScreenSet => ({
  title,
  handbook: "23-outside-the-register",
  menu: [{ title, path, right: "person.link", count: "numberLinks" }],
  menuCounts: async (work) => {
    if (!holds(work.actor, "person.link")) return { numberLinks: 0 };
    const counts = await countLinks(work);
    const decide = holds(work.actor, "person.link-approve")
      ? counts.get("merge")?.byOthers.count
      : 0;
    return {
      numberLinks:
        (decide ?? 0) + (counts.get("match")?.count ?? 0) + (counts.get("line")?.count ?? 0),
    };
  },
  workItems: [
    itemsOf("merge", "person.link-approve"),
    itemsOf("match", "person.link"),
    itemsOf("line", "person.link"),
  ],
  routes: [list, ...routes],
});
