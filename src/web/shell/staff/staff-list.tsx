import { stringify } from "csv-stringify/sync";
import type { StaffEntry } from "#src/platform/access/index.ts";
import { Badge, ButtonLink, PageTitle, Table } from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { DutyWords, dutyWords, kindTitles, type ProgramTitles } from "./duty-words.tsx";

/** All ids with what they hold; printed for reconciling. */
export function StaffListPage(props: {
  list: readonly StaffEntry[];
  /** Whom a reset of the sign-in limits at present, and until when. */
  limited: ReadonlyMap<number, Date>;
  titles: ProgramTitles;
  asOf: string;
}) {
  return (
    <>
      <PageTitle
        actions={
          <>
            <ButtonLink href="/staff/list.csv">CSV</ButtonLink>
            <ButtonLink href="/staff/new" look="primary">
              職員を登録
            </ButtonLink>
          </>
        }
      >
        職員の一覧
      </PageTitle>
      <p class="lead">
        {props.asOf}現在 {props.list.length}
        人。突合用に印刷するときは、ブラウザーの印刷（Ctrl+P）を使います。
      </p>
      <Table
        caption="職員"
        columns={[
          { title: "職員番号", cell: (entry) => entry.loginName, nowrap: true },
          { title: "氏名", cell: (entry) => entry.displayName, nowrap: true },
          { title: "区分", cell: (entry) => kindTitles[entry.kind], nowrap: true },
          { title: "所属", cell: (entry) => entry.officeName ?? "全市", nowrap: true },
          {
            title: "職務（事務・区・期限）",
            cell: (entry) => <DutyWords {...props} entry={entry} />,
          },
          {
            title: "利用期限",
            cell: (entry) => showDateShort(readDate(entry.validTo ?? "")),
            nowrap: true,
          },
          {
            title: "状態",
            cell: (entry) => <Standing entry={entry} limitedUntil={props.limited.get(entry.id)} />,
            nowrap: true,
          },
        ]}
        rows={props.list}
        href={(entry) => `/staff/${entry.id}`}
        tone={(entry) => (entry.status === "active" ? undefined : "muted")}
      />
    </>
  );
}

function Standing(props: { entry: StaffEntry; limitedUntil: Date | undefined }) {
  if (props.entry.status !== "active") return <Badge tone="warning">停止</Badge>;
  if (!props.limitedUntil) return <>利用中</>;
  return <Badge tone="warning">再設定後の制限中</Badge>;
}

/** The same for a spreadsheet. */
export function staffCsv(list: readonly StaffEntry[], titles: ProgramTitles): string {
  const rows = list.map((entry) => [
    entry.loginName,
    entry.displayName,
    kindTitles[entry.kind],
    entry.officeName ?? "全市",
    dutyWords(entry, titles).join(" / "),
    entry.validTo ?? "",
    entry.status === "active" ? "利用中" : "停止",
  ]);
  const header = ["職員番号", "氏名", "区分", "所属", "職務", "利用期限", "状態"];
  return stringify([header, ...rows], { bom: true, escape_formulas: true });
}
