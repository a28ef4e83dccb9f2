import type { CaseRow } from "#src/platform/cases/index.ts";

/** From what the payment of a refund comes. */
export const refundSource = ({ id, program }: Pick<CaseRow, "id" | "program">) => ({
  program,
  sourceKind: "request-refund",
  sourceId: id,
});
