import { type Purpose, purposeTitles } from "#src/platform/work.ts";
import { Panel, Table } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { itemWords } from "../audit/titles.ts";

export interface LookRow {
  at: Date | string;
  staff_name: string | null;
  purpose: Purpose | null;
  items: string[] | null;
}

/** What one person saw for one purpose within a minute is one line. */
function joined(looks: readonly LookRow[]) {
  const lines = Map.groupBy(looks, ({ at, staff_name, purpose }) =>
    [showMoment(new Date(at)), staff_name ?? "―", purpose ? purposeTitles[purpose] : "―"].join("|"),
  );
  return [...lines].map(([line, rows]) => {
    const [at = "", staff = "", purpose = ""] = line.split("|");
    const items = [...new Set(rows.flatMap((row) => row.items ?? []))];
    return { at, staff, purpose, items };
  });
}

/** Who looked at the person, and why. */
export function Looks({ looks }: { looks: readonly LookRow[] }) {
  return (
    <Panel title="この方の情報を見た記録（新しい順）">
      <Table
        caption="アクセス記録"
        columns={[
          { title: "日時", cell: (look) => look.at, nowrap: true },
          { title: "職員", cell: (look) => look.staff, nowrap: true },
          {
            title: "目的・項目",
            cell: (look) => (
              <>
                {look.purpose}
                <span class="cell-note">{itemWords(look.items)}</span>
              </>
            ),
          },
        ]}
        rows={joined(looks)}
      />
    </Panel>
  );
}
