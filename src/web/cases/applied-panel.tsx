import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, DefinitionList, DiffTable, EmptyState, Panel, Table } from "../components/index.ts";
import { showDate } from "../dates.ts";
import { EntryHistoryLink } from "./entry-history.tsx";
import { casePath } from "./paths.ts";
import { type ApplicationShown, isHousehold, nameIn } from "./shown.ts";

/** What was entered beside what the register says, who entered it and who confirmed it. */
export function AppliedPanel({ screens, view, differences }: ApplicationShown) {
  const { entered, entry, staffNames } = view;
  const state =
    entry &&
    (entry.confirmedBy === null ? (
      <Badge tone="warning">仮</Badge>
    ) : (
      <Badge tone="success">確認済</Badge>
    ));
  return (
    <Panel title="申請内容と住民記録" actions={state}>
      {entered && entry ? (
        <>
          {differences.length > 0 && (
            <DiffTable caption="申請内容と住民記録の照合" rows={differences} />
          )}
          <DefinitionList items={screens.items(entered)} />
          <p class="field-hint">
            入力 {staffNames.get(entry.enteredBy)}
            {entry.confirmedBy !== null && `　確認 ${staffNames.get(entry.confirmedBy)}`}
            {"　"}
            <EntryHistoryLink {...view.found} />
          </p>
        </>
      ) : (
        <EmptyState>申請内容はまだ入力されていません。</EmptyState>
      )}
    </Panel>
  );
}

/** The data as reports of change left them, and since when. */
export function CurrentPanel({ screens, view }: ApplicationShown) {
  const { current, records, found } = view;
  if (!current) return null;
  const whose = isHousehold(view)
    ? [
        {
          title: "氏名",
          cell: (row: (typeof records)[number]) => nameIn(view, row.personNumber),
        },
      ]
    : [];
  return (
    <Panel title="今の登録">
      <DefinitionList items={screens.items(current)} />
      <Table
        caption="登録の履歴"
        captionShown
        rows={records}
        href={(row) => casePath({ program: found.program, id: row.caseId })}
        columns={[
          { title: "申請・届出", cell: (row) => row.number, nowrap: true },
          ...whose,
          {
            title: "この日から",
            cell: (row) => showDate(row.effectiveFrom as IsoDate),
            nowrap: true,
          },
        ]}
      />
    </Panel>
  );
}
