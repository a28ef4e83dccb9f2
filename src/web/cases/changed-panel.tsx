import { personOfChange, subjectOfChange } from "#src/platform/applications/index.ts";
import { DefinitionList, type Difference, DiffTable, Panel } from "../components/index.ts";
import { EntryHistoryLink } from "./entry-history.tsx";
import type { ChangeShown } from "./shown.ts";

/** What a report brings beside what is registered, item by item; nothing for a report without data. */
export function ChangedPanel(shown: ChangeShown) {
  const { view } = shown;
  const rows = changedRows(shown);
  if (rows.length === 0) return null;
  if (!view.after) {
    return (
      <Panel title="今の登録（届出の内容はまだ入力されていません）">
        <DefinitionList items={rows.map(({ label, register }) => [label, register] as const)} />
      </Panel>
    );
  }
  return (
    <Panel title="届出の内容">
      <ChangedTable rows={rows} />
      <p class="field-hint">
        <EntryHistoryLink {...view.found} />
      </p>
    </Panel>
  );
}

export const ChangedTable = ({ rows }: { rows: readonly Difference[] }) => (
  <DiffTable
    caption="届出の内容と今の登録"
    rows={rows}
    enteredTitle="届出の内容"
    registerTitle="今の登録"
    differsWord="変更"
    sameWord="同じ"
  />
);

/** The items of the part that a report is about, each as it was and as it is to be. */
export function changedRows({ screens, view }: ChangeShown): Difference[] {
  const { change, found, entitlements, before, after } = view;
  const subject = subjectOfChange(screens.change, change);
  const personNumber = personOfChange(screens.change, change, found, entitlements);
  const itemsOf = (data: object | undefined) =>
    new Map(data ? subject.items(data, { personNumber }).map((one) => [one.label, one.value]) : []);
  const [old, reported] = [itemsOf(before), itemsOf(after)];
  return [...new Set([...old.keys(), ...reported.keys()])].map((label) => ({
    label,
    entered: reported.get(label) || "―",
    register: old.get(label) || "―",
    differs: (old.get(label) ?? "") !== (reported.get(label) ?? ""),
  }));
}
