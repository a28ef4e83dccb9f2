import { Badge, EmptyState, FilterLinks, Panel } from "../../components/index.ts";
import { homePath, withPage } from "./home-path.ts";
import { Sorts, sortsOf } from "./sorts.tsx";
import { type WorkProps, WorkTable, withCount } from "./work-table.tsx";

const toDo = {
  about: { title: "処理", cell: ({ kind }: { kind: string }) => kind },
  empty: "この条件で待っているものはありません。",
};

/** What this person can do now as their own work: how much of each sort, and the sort that is looked at, page by page. */
export function Waiting(props: WorkProps) {
  const { asked } = props;
  const sorts = sortsOf(props, "waiting");
  const sum = (pick: (sort: (typeof sorts)[number]) => number) =>
    sorts.reduce((all, sort) => all + pick(sort), 0);
  const overdue = sum((sort) => sort.overdue);
  return (
    <Panel
      title={withCount(
        "処理待ち",
        sum((sort) => sort.count),
      )}
      actions={overdue > 0 && <Badge tone="error">{withCount("期限超過", overdue)}</Badge>}
    >
      {sorts.length === 0 ? (
        <EmptyState>いま処理を待っているものはありません。</EmptyState>
      ) : (
        <>
          <Sorts
            sorts={sorts}
            chosen={asked.kind}
            href={(kind) => homePath(withPage({ ...asked, kind }, "waiting", 1))}
          />
          <FilterLinks
            label="担当"
            present={asked.assigned}
            choices={[
              { value: "mine", label: "自分" },
              { value: "nobody", label: "未定" },
            ]}
            href={(assigned) =>
              homePath(
                withPage({ ...asked, assigned: assigned as "mine" | "nobody" }, "waiting", 1),
              )
            }
          />
          <WorkTable
            {...props}
            {...toDo}
            list="waiting"
            title="処理待ち"
            caption="処理を待っているもの"
          />
        </>
      )}
    </Panel>
  );
}

/** What this person may do to stand in for others: counted apart, so that it hides none of their own work. */
export function Support(props: WorkProps) {
  const { asked } = props;
  const sorts = sortsOf(props, "support");
  if (sorts.length === 0) return null;
  const count = sorts.reduce((all, sort) => all + sort.count, 0);
  return (
    <Panel title={withCount("応援できるもの（ほかの職務の処理待ち）", count)}>
      <Sorts
        sorts={sorts}
        chosen={asked.supportKind}
        href={(supportKind) => homePath(withPage({ ...asked, supportKind }, "support", 1))}
      />
      {asked.supportKind && (
        <WorkTable
          {...props}
          {...toDo}
          list="support"
          title="応援できるもの"
          caption="応援できるもの"
        />
      )}
    </Panel>
  );
}
