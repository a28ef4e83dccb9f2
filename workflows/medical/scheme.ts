import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** What a city's papers of a subsidy of medical costs say beside the person. */
export interface SubsidyScheme {
  /** 公費負担者番号. */
  readonly payerNumber: DatedParameter<string>;
  /** 一部負担金 as the certificate prints it, one short line each. */
  readonly copayLines: DatedParameter<readonly string[]>;
  /** 根拠 of decisions. */
  readonly basis: string;
}
