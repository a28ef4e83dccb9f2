import { holds } from "#src/platform/access/actor.ts";
import { entriesOfPerson, entryNumber } from "#src/platform/high-cost/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { yen } from "#workflows/text/yen.ts";
import { Table } from "../components/index.ts";
import { showMonth } from "../receipts/words.ts";
import type { PersonPanel } from "../screens.ts";
import { EntryBadge } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

/** What the page of a person shows of 高額療養費. */
export async function highCostPanels(
  work: Work,
  { personNumber }: Person,
  of: HighCosts,
): Promise<PersonPanel[]> {
  if (!holds(work.actor, "high-cost.read", { program: of.program })) return [];
  const rows = await entriesOfPerson(work, of.program, personNumber);
  if (rows.length === 0) return [];
  return [
    {
      title: `${of.title} 高額療養費`,
      order: 46,
      content: (
        <Table
          caption={`${of.title} 高額療養費`}
          columns={[
            { title: "番号", cell: entryNumber, nowrap: true },
            { title: "診療月", cell: (row) => showMonth(row.treatmentMonth), nowrap: true },
            {
              title: "市が請求できる額",
              cell: (row) => yen(row.ofCity),
              align: "end",
              nowrap: true,
            },
            { title: "状態", cell: (row) => <EntryBadge state={row.state} />, nowrap: true },
          ]}
          rows={rows}
          href={({ id }) => of.paths.entry(id)}
        />
      ),
    },
  ];
}
