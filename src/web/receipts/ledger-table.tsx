import type { ComponentChildren } from "preact";
import { type LedgerRow, receiptProgramTitle } from "#src/platform/receipts/index.ts";
import { benefitKinds, channelTitles } from "#workflows/receipts/decisions.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { faultTitle } from "#workflows/receipts/faults.ts";
import { yen } from "#workflows/text/yen.ts";
import { Table } from "../components/index.ts";
import { showMonth } from "./words.ts";

const amount = (title: string, pick: (row: LedgerRow["benefit"]) => number) => ({
  title,
  cell: ({ benefit }: LedgerRow) => yen(pick(benefit)),
  align: "end" as const,
});
const text = (title: string, pick: (row: LedgerRow) => ComponentChildren) => ({
  title,
  cell: pick,
  nowrap: true,
});

/** Rows of the ledger (給付情報), each original leading to its page. */
export function LedgerTable({ rows, empty }: { rows: readonly LedgerRow[]; empty?: string }) {
  return (
    <Table
      caption="給付の記録"
      rows={rows}
      empty={empty ?? "給付の記録はありません。"}
      href={({ benefit }) => `/receipts/benefits/${benefit.originId ?? benefit.id}`}
      tone={({ benefit }) => (benefit.kind === "original" ? undefined : "muted")}
      columns={[
        text("診療年月", ({ benefit }) => showMonth(benefit.treatmentMonth)),
        text("請求年月", ({ benefit }) => showMonth(benefit.claimMonth)),
        text("支払年月", ({ benefit }) => showMonth(benefit.paymentMonth)),
        text("区分", ({ benefit }) => benefitKinds[benefit.kind]),
        { title: "事業", cell: ({ benefit }) => receiptProgramTitle(benefit.program) },
        { title: "医療機関", cell: ({ institutionName }) => institutionName },
        text("種類", ({ benefit }) => receiptCares[benefit.care]),
        text("経路", ({ benefit }) => channelTitles[benefit.channel]),
        {
          title: "点数",
          cell: ({ benefit }) => benefit.points.toLocaleString("ja-JP"),
          align: "end",
        },
        amount("高額", ({ highCost }) => highCost),
        amount("他の公費", ({ otherPublic }) => otherPublic),
        amount("助成額", ({ subsidy }) => subsidy),
        amount("患者負担", ({ patientPays }) => patientPays),
        { title: "メモ", cell: ({ benefit }) => benefit.remarks.map(faultTitle).join(" ") },
      ]}
    />
  );
}
