import { medical } from "#src/platform/entitlements/index.ts";
import { receiptsOfScheme } from "#src/platform/receipts/index.ts";
import { schemeArea } from "#workflows/single-parent-medical/presets.ts";

/** Receipts of ひとり親家庭等医療費助成. */
export const singleParentReceipts = receiptsOfScheme(
  {
    program: "single-parent-medical",
    title: "ひとり親家庭等医療費助成",
    shortTitle: "ひとり親",
    entitlementKind: medical,
  },
  schemeArea,
);
