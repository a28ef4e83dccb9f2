import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Panel, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { paperTitle } from "./paper-title.ts";
import { documentPath } from "./paths.ts";
import { isHousehold, nameIn, type Shown } from "./shown.ts";

/** Papers of the case as they were issued. */
export function PapersPanel({ screens, view }: Shown) {
  const whose = isHousehold(view)
    ? [
        {
          title: "氏名",
          cell: (row: (typeof view.documents)[number]) => nameIn(view, row.personNumber),
        },
      ]
    : [];
  return (
    <Panel title="発行した文書">
      <Table
        caption="発行した文書"
        rows={view.documents}
        href={(row) => documentPath(row.program, row.id)}
        empty="発行した文書はありません。"
        columns={[
          { title: "文書", cell: (row) => paperTitle(screens.application, row) },
          ...whose,
          { title: "文書番号", cell: (row) => row.number },
          { title: "発行日", cell: (row) => showDateShort(row.issuedOn as IsoDate), nowrap: true },
        ]}
      />
    </Panel>
  );
}
