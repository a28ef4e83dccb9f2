import { medical } from "#src/platform/entitlements/index.ts";
import { receiptsOfScheme } from "#src/platform/receipts/index.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";

/** Receipts of こども医療費助成. */
export const childMedicalReceipts = receiptsOfScheme(
  {
    program: "child-medical",
    title: "こども医療費助成",
    shortTitle: "こども",
    entitlementKind: medical,
  },
  schemeArea,
);
