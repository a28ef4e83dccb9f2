import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { CopayPlanRows } from "./copay-plan.ts";

/** What a city settles for a subsidy of medical costs: what its papers say beside the person, and how receipts are judged. */
export interface SubsidyScheme {
  /** 公費負担者番号. */
  readonly payerNumber: DatedParameter<string>;
  /** 一部負担金 as the certificate prints it, one short line each. */
  readonly copayLines: DatedParameter<readonly string[]>;
  /** 一部負担金 as it is calculated; without one, that of receipts is not compared. */
  readonly copayPlan?: CopayPlanRows;
  /** 根拠 of decisions, as letters name it. */
  readonly basis: DatedParameter<string>;
}
