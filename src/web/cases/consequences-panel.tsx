import {
  type Consequence,
  dropReasonTitle,
  type FollowUp,
  type FollowUpKind,
  followUpStateMeta,
  followUpTitles,
} from "#src/platform/entitlements/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { Badge, Panel, Table } from "../components/index.ts";
import { showMonth } from "../receipts/words.ts";
import { StateBadge } from "./parts.tsx";
import { followUpPath, followUpsPath } from "./paths.ts";
import { nameIn, type Shown } from "./shown.ts";

const hints: Record<FollowUpKind, string> = {
  "send-back": "台帳に載る前のレセプトです。医療機関へ返戻します。",
  recover: "給付台帳に載った助成です。過誤を申し立てるか、本人に返還を求めます。",
  "check-payment": "その日以後に本人に支払うと決めたものです。返還が要るか確かめます。",
  reissue: "書かれた期間が変わる証です。",
  "judge-again": "資格がないとして止まっているレセプトです。もう一度点検します。",
  "pay-more": "資格がないとして返戻したレセプトです。再請求や償還払いを案内します。",
};

/** What a movement back in time would leave to be done: shown before it is proposed, and to who decides. */
export function ConsequencesPanel({ view }: Shown) {
  const { consequences, institutions } = view;
  if (consequences.length === 0) return null;
  const sums = [...Map.groupBy(consequences, ({ kind }) => kind)].map(([kind, own]) => {
    const sum = own.reduce((total, { amount }) => total + (amount ?? 0), 0);
    return (
      <li key={kind}>
        {followUpTitles[kind]} {own.length}件{sum > 0 ? ` ${yen(sum)}` : ""}。{hints[kind]}
      </li>
    );
  });
  return (
    <Panel title={`さかのぼる影響 ${consequences.length}件`}>
      <p>この届出が決裁されるか反映されると、次の処理が「遡及に伴う処理」に加わります。</p>
      <ul>{sums}</ul>
      <Table
        caption="さかのぼる影響"
        rows={consequences}
        tone={({ partly }) => (partly ? "warning" : undefined)}
        columns={[
          { title: "処理", cell: ({ kind }) => followUpTitles[kind] },
          {
            title: "診療年月",
            cell: ({ treatmentMonth }) => showMonth(treatmentMonth),
            nowrap: true,
          },
          {
            title: "医療機関",
            cell: (row: Consequence) => institutions.get(row.institution ?? "") ?? "―",
          },
          {
            title: "額",
            cell: ({ amount }) => (amount === null ? "―" : yen(amount)),
            align: "end",
            nowrap: true,
          },
          {
            title: "注意",
            cell: ({ partly }) =>
              partly && <Badge tone="warning">月の途中の異動。診療日を確認</Badge>,
          },
        ]}
      />
    </Panel>
  );
}

/** What decisions have left to be done on the entitlements of a case, and how it stands. */
export function FollowUpsPanel(shown: Shown) {
  const { view } = shown;
  if (view.followUps.length === 0) return null;
  const { program } = view.found;
  return (
    <Panel title="遡及に伴う処理" actions={<a href={followUpsPath(program)}>一覧を見る</a>}>
      <Table
        caption="遡及に伴う処理"
        rows={view.followUps}
        href={({ id }) => followUpPath(program, id)}
        tone={({ settledOn }) => (settledOn ? "muted" : "warning")}
        columns={[
          { title: "処理", cell: ({ kind }) => followUpTitles[kind] },
          { title: "氏名", cell: ({ personNumber }) => nameIn(view, personNumber) },
          {
            title: "診療年月",
            cell: ({ treatmentMonth }) => showMonth(treatmentMonth),
            nowrap: true,
          },
          {
            title: "額",
            cell: ({ amount }) => (amount === null ? "―" : yen(amount)),
            align: "end",
            nowrap: true,
          },
          { title: "状態", cell: (row) => <FollowUpState {...row} /> },
        ]}
      />
    </Panel>
  );
}

/** How one stands, and why it was given up. */
export function FollowUpState({ state, reason }: Pick<FollowUp, "state" | "reason">) {
  const { title, tone = "info" } = followUpStateMeta(state);
  return (
    <>
      <StateBadge tone={tone} title={title} /> {dropReasonTitle(reason)}
    </>
  );
}
