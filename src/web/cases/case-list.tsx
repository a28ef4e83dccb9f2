import { office } from "#db/schema/access.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { caseKindOf } from "#src/platform/applications/index.ts";
import {
  type CaseLine,
  caseKindTitle,
  countByState,
  linesPerPage,
  listCases,
} from "#src/platform/cases/index.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, PageTitle, Pagination, Table, Tabs } from "../components/index.ts";
import { dayOf, showDateShort } from "../dates.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { type CaseTab, tabsOf } from "./case-tabs.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { FilterLinks } from "./filter-links.tsx";
import { StateBadge } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";

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

const kindsOf = ({ application, change }: AnyCaseScreens) =>
  [caseKindOf(application), caseKindOf(change)].map((value) => ({
    value,
    label: caseKindTitle(value).replace(`${application.title} `, ""),
  }));

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

function CaseTable(props: {
  screens: AnyCaseScreens;
  lines: readonly CaseLine[];
  tab: CaseTab | undefined;
  today: IsoDate;
  officeNames: ReadonlyMap<string, string> | undefined;
}) {
  const { screens, lines, tab, today, officeNames } = props;
  const kinds = new Map(kindsOf(screens).map(({ value, label }) => [value, label]));
  const offices = officeNames
    ? [
        {
          title: "区",
          cell: ({ officeCode }: CaseLine) => officeNames.get(officeCode) ?? officeCode,
          nowrap: true,
        },
      ]
    : [];
  return (
    <Table
      caption={`申請・届出（${tab?.title ?? ""} ${tab?.count.toLocaleString("ja-JP") ?? 0}件）`}
      captionShown
      rows={lines}
      href={casePath}
      empty="該当する申請・届出はありません。"
      tone={(line) => (isOverdue(line, today) ? "error" : undefined)}
      columns={[
        { title: "番号", cell: ({ number }) => number, nowrap: true },
        { title: "種別", cell: ({ kind }) => kinds.get(kind), nowrap: true },
        {
          title: "状態",
          cell: ({ tone, stateTitle }) => <StateBadge tone={tone} title={stateTitle} />,
          nowrap: true,
        },
        ...offices,
        { title: "受付日", cell: ({ receivedOn }) => showDateShort(receivedOn), nowrap: true },
        {
          title: "この状態になってから",
          cell: ({ stateSince }) => `${daysBetween(dayOf(stateSince), today)}日`,
          align: "end",
          nowrap: true,
        },
        {
          title: "期限",
          cell: (line) => (
            <>
              {showDateShort(line.dueOn)}{" "}
              {isOverdue(line, today) && <Badge tone="error">超過</Badge>}
            </>
          ),
          nowrap: true,
        },
      ]}
    />
  );
}

const isOverdue = ({ dueOn }: CaseLine, today: IsoDate): boolean => dueOn !== null && dueOn < today;
