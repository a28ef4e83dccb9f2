import { stringify } from "csv-stringify/sync";
import { mostLinesOfCopy } from "#src/platform/documents/index.ts";
import { Problem } from "#src/platform/problem.ts";
import {
  figuresOf,
  getFile,
  type ReturnedReceipt,
  returnedReceipts,
} from "#src/platform/receipts/index.ts";
import { reasonsOf } from "#workflows/receipts/decisions.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { Table } from "../components/index.ts";
import type { CopySource } from "../copies/source.ts";
import { fileTitle, showMonth } from "./words.ts";

const idOf = (choice: Readonly<Record<string, string>>): string => {
  const { file = "" } = choice;
  if (!/^[0-9a-f-]{36}$/.test(file))
    throw new Problem({
      status: 422,
      message: "どのファイルの返戻かを、ファイルの画面から選んでください。",
    });
  return file;
};

/** 返戻 of a file as a list for the channel, without names: institution, number, month, points and reason. */
export const returnList: CopySource = {
  id: "returns",
  right: "receipt.read",
  title: "返戻一覧",
  name: "returns",
  holds:
    "医療機関、レセプト番号、検索番号、受給者番号、診療年月、点数、返戻の理由。氏名は載りません。",
  kept: async (_work, values) => ({ file: idOf({ file: values.text("file") }) }),
  path: (choice) => `/receipts/files/${idOf(choice)}?list=returned`,
  describe: async (work, choice) => `${fileTitle(await getFile(work, idOf(choice)))}の返戻`,
  count: async (work, choice) => (await figuresOf(work, idOf(choice))).lists.returned,
  async take(work, choice) {
    const rows = await returnedReceipts(work, idOf(choice), mostLinesOfCopy);
    const persons = rows.flatMap(({ receipt }) => receipt.personNumber ?? []);
    return {
      lines: rows.length,
      persons: [...new Set(persons)],
      csv: stringify(
        [
          columns.map(({ title }) => title),
          ...rows.map((row) => columns.map(({ cell }) => cell(row))),
        ],
        { bom: true, escape_formulas: true },
      ),
      content: <Table caption="返戻一覧" rows={rows} columns={columns} />,
    };
  },
};

const columns = [
  { title: "医療機関コード", cell: ({ receipt }: ReturnedReceipt) => receipt.institution ?? "" },
  { title: "医療機関", cell: ({ institutionName }: ReturnedReceipt) => institutionName ?? "" },
  { title: "レセプト番号", cell: ({ receipt }: ReturnedReceipt) => receipt.number ?? "" },
  { title: "検索番号", cell: ({ receipt }: ReturnedReceipt) => receipt.searchNumber ?? "" },
  { title: "公費負担者番号", cell: ({ receipt }: ReturnedReceipt) => receipt.payerNumber ?? "" },
  { title: "受給者番号", cell: ({ receipt }: ReturnedReceipt) => receipt.recipientNumber ?? "" },
  { title: "診療年月", cell: ({ receipt }: ReturnedReceipt) => showMonth(receipt.treatmentMonth) },
  {
    title: "種類",
    cell: ({ receipt }: ReturnedReceipt) => (receipt.care ? receiptCares[receipt.care] : ""),
  },
  { title: "点数", cell: ({ receipt }: ReturnedReceipt) => receipt.points },
  { title: "理由", cell: ({ reason }: ReturnedReceipt) => reasonsOf("return")[reason] ?? reason },
];
