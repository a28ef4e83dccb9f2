import { office } from "#db/schema/access.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { countByState, linesPerPage, listCases } from "#src/platform/cases/index.ts";
import { PageTitle, Pagination, Tabs } from "../components/index.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { CaseTable, kindsOf } from "./case-table.tsx";
import { tabsOf } from "./case-tabs.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { FilterLinks } from "./filter-links.tsx";
import { listPath } from "./paths.ts";

/** Applications and reports by where they stand: counted and cut by the database, numbers and dates only. */
export function caseList(screens: AnyCaseScreens): AnyRoute {
  const { program, title } = screens.application;
  return defineRoute({
    method: "get",
    path: listPath(program),
    right: "case.read",
    program,
    audit: "case-list.opened",
    purpose: "case",
    async handle({ query, work, platform, actor }) {
      const filter = readFilter(screens, query);
      const found = await work(async (unit) => {
        const counts = await countByState(unit, { program, officeCode: filter.office });
        const tabs = tabsOf(counts.filter(({ kind }) => !filter.kind || kind === filter.kind));
        const tab = tabs.find(({ id }) => id === query.text("state")) ?? tabs[0];
        const pages = Math.max(1, Math.ceil((tab?.count ?? 0) / linesPerPage));
        const at = Math.min(Math.max(1, query.integer("page") ?? 1), pages);
        const { lines } = await listCases(unit, {
          program,
          kinds: filter.kind ? [filter.kind] : undefined,
          states: tab?.states,
          officeCode: filter.office,
          page: at,
        });
        const offices = await unit.tx
          .select({ code: office.code, name: office.name })
          .from(office)
          .orderBy(office.code);
        return { tabs, tab, pages, at, lines, offices };
      });
      const { tabs, tab, pages, at, lines, offices } = found;
      const today = platform.clock.today();
      const href = (change: Partial<Address>) =>
        addressOf(program, { ...filter, state: tab?.id, ...change });
      const officeNames = seesEveryOffice(actor, program)
        ? new Map(offices.map(({ code, name }) => [code, name]))
        : undefined;
      const heading = `${title} 申請一覧`;
      return page({
        title: heading,
        breadcrumb: [{ title: "申請一覧" }],
        content: (
          <>
            <PageTitle>{heading}</PageTitle>
            <Tabs
              label="状態"
              tabs={tabs.map((one) => ({
                title: one.title,
                count: one.count,
                href: href({ state: one.id }),
                current: one === tab,
              }))}
            />
            <FilterLinks
              label="種別"
              present={filter.kind}
              choices={kindsOf(screens)}
              href={(kind) => href({ kind })}
            />
            {officeNames && (
              <FilterLinks
                label="区"
                present={filter.office}
                choices={offices.map(({ code, name }) => ({ value: code, label: name }))}
                href={(chosen) => href({ office: chosen })}
              />
            )}
            <CaseTable {...{ screens, lines, tab, today, officeNames }} />
            <Pagination page={at} pages={pages} href={(next) => href({ page: next })} />
          </>
        ),
      });
    },
  });
}

interface Filter {
  kind: string | undefined;
  office: string | undefined;
}
type Address = Filter & { state: string | undefined; page: number };

function readFilter(screens: AnyCaseScreens, query: Values): Filter {
  const kinds = kindsOf(screens).map(({ value }) => value);
  return { kind: query.choice("kind", kinds), office: query.text("office") || undefined };
}

/** Another tab or filter begins with its first page. */
function addressOf(program: string, address: Partial<Address>): string {
  const given = Object.entries(address).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0
    ? `${listPath(program)}?${new URLSearchParams(given)}`
    : listPath(program);
}

/** Whoever works for one office sees its cases alone, and needs no choice. */
const seesEveryOffice = ({ rights }: Actor, program: string): boolean =>
  rights.some(
    (held) =>
      held.right === "case.read" &&
      held.office === null &&
      (held.program === null || held.program === program),
  );
