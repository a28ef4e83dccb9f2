import { presetOf } from "#src/platform/city/index.ts";
import { medical } from "#src/platform/entitlements/index.ts";
import type { ReceiptKind } from "#src/platform/receipts/index.ts";
import { payerArea } from "#workflows/intractable-disease/presets.ts";
import { reckonReceipt } from "#workflows/intractable-disease/receipt.ts";

/** Receipts of 指定難病医療給付. Cap, 適用区分, designation and 管理票 are compared by `intractable_money.check_receipts`. */
export const intractableReceipts: ReceiptKind = {
  program: "intractable-disease",
  title: "指定難病医療給付",
  shortTitle: "指定難病",
  entitlementKind: medical,
  async settled(work, on) {
    const payers = await presetOf(work, payerArea, on);
    const rows = payers.rows.map((row) => ({
      ...row,
      value: [row.value.ordinary, row.value.welfare],
    }));
    return { payers: { ...payers, rows }, reckon: reckonReceipt };
  },
};
