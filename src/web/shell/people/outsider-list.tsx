import { inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { holds } from "#src/platform/access/index.ts";
import { countOutsiders, listOutsiders, typistsOf } from "#src/platform/outsiders/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { ButtonLink, PageTitle, Pagination, Table } from "../../components/index.ts";
import { showBirth, showMoment } from "../../dates.ts";
import { PersonCell, peopleOfRows } from "../../person-cell.tsx";
import { personPath } from "../../person-path.ts";
import { page } from "../../reply.ts";
import { type AnyRoute, defineRoute } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";

const title = "住登外者";
const path = "/outsiders";
const perPage = 50;
const kind = "住登外者の確認";

const anchored = (work: Work, personNumber: string): `/${string}` =>
  `${personPath(work.platform, personNumber as PersonNumber)}#outsider`;

const list = defineRoute({
  method: "get",
  path,
  right: "case.enter",
  purpose: "counter",
  audit: "outsiders.listed",
  async handle({ work, query, platform }) {
    const at = Math.max(1, query.integer("page") ?? 1);
    const { total, rows } = await work(async (unit) => {
      const found = await listOutsiders(unit, { from: (at - 1) * perPage, size: perPage });
      const numbers = found.map(({ personNumber }) => personNumber);
      const people = await peopleOfRows(unit, numbers);
      const typists = await typistsOf(unit, numbers);
      const staffNames = new Map(
        (
          await unit.tx
            .select({ id: staff.id, name: staff.displayName })
            .from(staff)
            .where(inArray(staff.id, [...typists.values()]))
        ).map(({ id, name }) => [id, name]),
      );
      return {
        total: (await countOutsiders(unit)).count,
        rows: found.map((row) => ({
          ...row,
          person: people.get(row.personNumber),
          typedBy: staffNames.get(typists.get(row.personNumber) ?? 0) ?? "―",
          href: anchored(unit, row.personNumber),
        })),
      };
    });
    const today = platform.clock.today();
    return page({
      title,
      breadcrumb: [{ title }],
      content: (
        <>
          <PageTitle actions={<ButtonLink href="/outsiders/new">住登外者を登録する</ButtonLink>}>
            {title}
          </PageTitle>
          <p class="lead">
            登録・訂正され、2人目の職員の確認を待つ方です。確認済の方は、住民検索で探してください。
          </p>
          <Table
            caption={`確認を待つ方 ${total.toLocaleString("ja-JP")}人`}
            columns={[
              { title: "氏名", cell: ({ person }) => <PersonCell person={person} today={today} /> },
              { title: "生年月日", cell: ({ person }) => (person ? showBirth(person) : "―") },
              { title: "登録・訂正した職員", cell: ({ typedBy }) => typedBy },
              { title: "いつから", cell: ({ since }) => showMoment(since), nowrap: true },
            ]}
            rows={rows}
            href={({ href }) => href}
            empty="確認を待つ方はいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `${path}?page=${number}`}
          />
        </>
      ),
    });
  },
});

/** 住登外者: those who wait to be confirmed, and what waits of it on the home page. */
export const outsiderSet = (routes: readonly AnyRoute[]): ScreenSet => ({
  title,
  handbook: "23-outside-the-register",
  menu: [{ title, path, right: "case.enter", count: "outsiders" }],
  menuCounts: async (work) => ({
    outsiders: holds(work.actor, "case.enter") ? (await countOutsiders(work)).byOthers.count : 0,
  }),
  workItems: [
    itemsOfKind({
      list: "waiting",
      kind,
      for: ({ actor }) => holds(actor, "case.examine"),
      figures: async (work) => (await countOutsiders(work)).byOthers,
      read: async (work, lines) =>
        (await listOutsiders(work, { ...lines, byOthersAlone: true })).map(
          ({ personNumber, since }): Omit<WorkItem, "list" | "kind"> => ({
            title: kind,
            path: anchored(work, personNumber),
            since,
            personNumber,
          }),
        ),
    }),
  ],
  routes: [list, ...routes],
});
