import type { ListedReceipt } from "#src/platform/receipts/index.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { yen } from "#workflows/text/yen.ts";
import { Table } from "../components/index.ts";
import { faultWords, showMonth } from "./words.ts";

/** Form of the page that what is ticked belongs to. */
export const bulkFormId = "receipts-bulk";

/** Receipts of a list, each leading to its page; with ticks for what is decided together. */
export function ReceiptTable({
  fileId,
  receipts,
  ticks,
}: {
  fileId: string;
  receipts: readonly ListedReceipt[];
  ticks: boolean;
}) {
  return (
    <Table
      caption="レセプト"
      rows={receipts}
      href={({ receipt }) => `/receipts/files/${fileId}/receipts/${receipt.row}`}
      tone={({ receipt }) =>
        receipt.outcome === "blocked"
          ? "error"
          : receipt.outcome === "doubtful"
            ? "warning"
            : undefined
      }
      {...(ticks && {
        ticks: {
          form: bulkFormId,
          name: "row",
          value: ({ receipt }: ListedReceipt) => String(receipt.row),
          label: ({ receipt }: ListedReceipt) => `${receipt.row}件目を選ぶ`,
        },
      })}
      columns={columns}
    />
  );
}

const columns = [
  { title: "件", cell: ({ receipt }: ListedReceipt) => receipt.row, align: "end" as const },
  {
    title: "診療年月",
    cell: ({ receipt }: ListedReceipt) => showMonth(receipt.treatmentMonth),
    nowrap: true,
  },
  {
    title: "医療機関",
    cell: ({ receipt, institutionName }: ListedReceipt) =>
      institutionName || receipt.institution || "―",
  },
  {
    title: "種類",
    cell: ({ receipt }: ListedReceipt) => (receipt.care ? receiptCares[receipt.care] : "―"),
    nowrap: true,
  },
  {
    title: "受給者番号",
    cell: ({ receipt }: ListedReceipt) => receipt.recipientNumber ?? "―",
    nowrap: true,
  },
  {
    title: "点数",
    cell: ({ receipt }: ListedReceipt) => receipt.points.toLocaleString("ja-JP"),
    align: "end" as const,
  },
  {
    title: "一部負担金",
    cell: ({ receipt }: ListedReceipt) => yen(receipt.copayStated),
    align: "end" as const,
  },
  {
    title: "助成額",
    cell: ({ receipt }: ListedReceipt) => yen(receipt.subsidy),
    align: "end" as const,
  },
  {
    title: "点検の結果",
    cell: ({ faults }: ListedReceipt) =>
      faults.map((fault) => (
        <div key={`${fault.code}${fault.line}${fault.field}`}>{faultWords(fault)}</div>
      )),
  },
];
