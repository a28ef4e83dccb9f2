import { office } from "#db/schema/access.ts";
import { type Actor, holds } from "#src/platform/access/index.ts";
import { countByState, holdersOf, linesPerPage, listCases } from "#src/platform/cases/index.ts";
import { PageTitle, Pagination, Tabs } from "../components/index.ts";
import { peopleOfRows } from "../person-cell.tsx";
import { moveOn, page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { AssignTicked, ticksForm } from "./assign-ticked.tsx";
import { rememberList } from "./came-from.ts";
import { CaseTable, kindsOf } from "./case-table.tsx";
import { tabsOf } from "./case-tabs.ts";
import { CopyLinks } from "./copy-links.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { addressOf, datesAmiss, filterOf, type ListAddress, readAddress } from "./list-address.ts";
import { ListFilter } from "./list-filter.tsx";
import { listPath } from "./paths.ts";

/** Applications and reports by where they stand: counted and cut by the database, with one logged look at whom they are about. */
export function caseList(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const guard = { right: "case.read", program, purpose: "case" } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: listPath(program),
      audit: "case-list.opened",
      handle: (request) =>
        listReply(screens, request, readAddress(request.query, kindNames(screens))),
    }),
    // Dates are typed in any way of writing; the address has them in one.
    defineRoute({
      ...guard,
      method: "post",
      path: `${listPath(program)}/filter` as const,
      audit: "case-list.filtered",
      async handle(request) {
        const { form } = request;
        const address = readAddress(form, kindNames(screens));
        const errors = datesAmiss(form);
        if (Object.keys(errors).length > 0)
          return listReply(screens, request, address, { form, errors });
        return moveOn(addressOf(program, { ...address, page: undefined }));
      },
    }),
  ];
}

const kindNames = (screens: AnyCaseScreens) => kindsOf(screens).map(({ value }) => value);

async function listReply(
  screens: AnyCaseScreens,
  { work, platform, actor }: Pick<ScreenRequest, "work" | "platform" | "actor">,
  address: ListAddress,
  sent?: { form: Values; errors: Record<string, string> },
): Promise<Reply> {
  const { program, title } = screens.application;
  const found = await work(async (unit) => {
    await rememberList(unit, program, address);
    return readList(screens, unit, address);
  });
  const { tabs, tab, pages, at, lines, offices, holders, people, told } = found;
  const today = platform.clock.today();
  const here: ListAddress = { ...address, state: tab?.id, page: undefined };
  const href = (change: ListAddress) => addressOf(program, { ...here, ...change });
  const officeNames = seesEveryOffice(actor, program)
    ? new Map(offices.map(({ code, name }) => [code, name]))
    : undefined;
  const assigns = holds(actor, "case.assign", { program });
  const heading = `${title} 申請一覧`;
  return page({
    title: heading,
    status: sent ? 422 : 200,
    breadcrumb: [{ title: "申請一覧" }],
    content: (
      <>
        <PageTitle actions={<CopyLinks actor={actor} program={program} address={here} />}>
          {heading}
        </PageTitle>
        <Tabs
          label="状態"
          tabs={tabs.map((one) => ({
            title: one.title,
            count: one.count,
            href: href({ state: one.id }),
            current: one === tab,
          }))}
        />
        <ListFilter
          program={program}
          address={here}
          kinds={kindsOf(screens)}
          offices={
            officeNames ? offices.map(({ code, name }) => ({ value: code, label: name })) : []
          }
          holders={holders}
          today={today}
          sent={sent}
        />
        <CaseTable
          {...{ screens, lines, tab, today, officeNames, people, told, address: here, href }}
          ticks={assigns ? ticksForm : undefined}
        />
        <Pagination page={at} pages={pages} href={(next) => href({ page: next })} />
        {assigns && lines.length > 0 && (
          <AssignTicked program={program} holders={holders} address={{ ...here, page: at }} />
        )}
      </>
    ),
  });
}

async function readList(
  screens: AnyCaseScreens,
  work: Parameters<typeof listCases>[0],
  address: ListAddress,
) {
  const { program } = screens.application;
  const { kind, sort, descending } = address;
  const filter = filterOf(program, address, work.actor.staffId);
  const counts = await countByState(work, filter);
  const tabs = tabsOf(counts.filter((one) => !kind || one.kind === kind));
  const tab = tabs.find(({ id }) => id === address.state) ?? tabs[0];
  const pages = Math.max(1, Math.ceil((tab?.count ?? 0) / linesPerPage));
  const at = Math.min(Math.max(1, address.page ?? 1), pages);
  const { lines } = await listCases(work, {
    ...filter,
    kinds: kind ? [kind] : undefined,
    states: tab?.states,
    sort,
    descending,
    page: at,
  });
  const offices = await work.tx
    .select({ code: office.code, name: office.name })
    .from(office)
    .orderBy(office.code);
  const people = await peopleOfRows(
    work,
    lines.map(({ personNumber }) => personNumber),
  );
  return {
    tabs,
    tab,
    pages,
    at,
    lines,
    offices,
    people,
    told: (await screens.listColumn?.read(work, lines)) ?? new Map<string, string>(),
    holders: await holdersOf(work, { program }),
  };
}

/** Whoever works for one office sees its cases alone, and needs no choice. */
const seesEveryOffice = ({ rights }: Actor, program: string): boolean =>
  rights.some(
    (held) =>
      held.right === "case.read" &&
      held.office === null &&
      (held.program === null || held.program === program),
  );
