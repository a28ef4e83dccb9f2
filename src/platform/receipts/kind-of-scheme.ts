import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { presetOf } from "../city/index.ts";
import type { ReceiptKind } from "./kind.ts";

/** Receipts of a 事務 whose payer number and 一部負担金 stand in the scheme that the city has registered. */
export const receiptsOfScheme = (
  kind: Omit<ReceiptKind, "settled">,
  area: PresetArea<SubsidyScheme>,
): ReceiptKind => ({
  ...kind,
  async settled(work, on) {
    const { payerNumber, copayPlan } = await presetOf(work, area, on);
    return {
      payers: {
        ...payerNumber,
        rows: payerNumber.rows.map((row) => ({ ...row, value: [row.value] })),
      },
      copay: copayPlan,
    };
  },
});
