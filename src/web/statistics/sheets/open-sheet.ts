import { caseKindTitle } from "#src/platform/cases/index.ts";
import { countOpen, isExact } from "#src/platform/statistics/index.ts";
import { addDays, daysBetween } from "#workflows/dates/iso-date.ts";
import type { Asked, FigureRow, FigureTable, Sheet } from "../sheet.ts";
import { behind } from "./behind.ts";

const columns = [
  { title: "件数", unit: "件", charted: true },
  { title: "期限超過", unit: "件", charted: true },
  { title: "最も古い受付から", unit: "日" },
] as const;

/** What is under way now: by state, and in whose hands it is. */
export const openSheet = (program: string): Sheet => ({
  id: "open",
  title: "手続き中",
  asks: "now",
  byOffice: true,
  source: "申請・届出の今の状態と担当。期限超過は、補正や回答などの期限が過ぎたもの。",
  exact: (work, { office }) => isExact(work, program, { office, rows: "case.read" }),
  async read(work, asked) {
    const found = await countOpen(work, program, asked.office);
    const rowOf = (title: string, one: (typeof found)[number], path: `/${string}`): FigureRow => ({
      title,
      figures: [
        { value: one.cases, path },
        { value: one.overdue, path: overdue(path, asked) },
        { value: one.oldest && daysBetween(one.oldest, asked.today) },
      ],
    });
    const states = found.flatMap((one) =>
      one.dimension === "state"
        ? rowOf(
            `${caseKindTitle(one.kind).split(" ").at(-1)} ${one.title}`,
            one,
            behind(program, asked, { state: one.state, kind: one.kind }),
          )
        : [],
    );
    const holders = found.flatMap((one) =>
      one.dimension === "holder"
        ? rowOf(
            one.name ?? "未定",
            one,
            behind(program, asked, {
              state: "open",
              assigned: one.assigned === null ? "nobody" : String(one.assigned),
            }),
          )
        : [],
    );
    const tables: FigureTable[] = [
      { title: "状態別", rowTitle: "状態", columns, rows: states, chart: "bars" },
    ];
    if (holders.length > 0)
      tables.push({ title: "担当別", rowTitle: "担当", columns, rows: holders, chart: "bars" });
    return tables;
  },
});

/** The same list, of those whose day has passed. */
const overdue = (path: `/${string}`, { today }: Asked): `/${string}` =>
  `${path}&dueTo=${addDays(today, -1)}`;
