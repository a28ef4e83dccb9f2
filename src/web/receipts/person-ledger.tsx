import type { Person } from "#src/platform/people/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { ledgerOfPerson, linesAPage } from "#src/platform/receipts/index.ts";
import type { Work } from "#src/platform/work.ts";
import { ButtonLink, PageTitle, Pagination, Panel } from "../components/index.ts";
import { personOfPath, personPath } from "../person-path.ts";
import { page } from "../reply.ts";
import { defineRoute } from "../route.ts";
import type { PersonPanel } from "../screens.ts";
import { LedgerTable } from "./ledger-table.tsx";

/** How many rows the page of a person shows; the rest stands on a page of its own. */
const onPersonPage = 10;

const ledgerPath = (part: string) => `/receipts/people/${part}` as const;

/** 給付の記録 on the page of a person: the newest rows that whoever looks may see. */
export async function ledgerPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const { rows, total } = await ledgerOfPerson(work, person.personNumber, 1);
  if (total === 0) return [];
  const part = personPath(work.platform, person.personNumber).split("/").at(-1) ?? "";
  return [
    {
      title: `給付の記録 ${total.toLocaleString("ja-JP")}件`,
      order: 35,
      content: (
        <>
          <LedgerTable rows={rows.slice(0, onPersonPage)} />
          {total > onPersonPage && (
            <ButtonLink href={ledgerPath(part)} look="quiet">
              すべての給付の記録を開く
            </ButtonLink>
          )}
        </>
      ),
    },
  ];
}

/** All that was paid for a person by receipts. */
export const personLedger = defineRoute({
  method: "get",
  path: "/receipts/people/:person",
  right: "case.read",
  purpose: "inquiry",
  audit: "receipt-ledger.opened",
  async handle({ params, query, work, platform }) {
    const number = personOfPath(platform, params.person);
    const at = Math.max(1, query.integer("page") ?? 1);
    const found = await work(async (unit) => ({
      people: await lookAtPeople(unit, [number], ["facts"]),
      ledger: await ledgerOfPerson(unit, number, at),
    }));
    if (found.people.length === 0) throw notFound();
    const title = "給付の記録";
    return page({
      title,
      breadcrumb: [{ title: "住民", path: personPath(platform, number) }, { title }],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <Panel title={`${found.ledger.total.toLocaleString("ja-JP")}件`}>
            <LedgerTable rows={found.ledger.rows} />
            <Pagination
              page={at}
              pages={Math.ceil(found.ledger.total / linesAPage)}
              href={(next) => `${ledgerPath(params.person)}?page=${next}`}
            />
          </Panel>
        </>
      ),
    });
  },
});
