import { clinicClaimTerms } from "./clinic-claims/terms.ts";
import { contractPrices } from "./contract-prices.ts";
import { copays } from "./copays.ts";
import { copySetting } from "./exchange/setting.ts";
import { exemptionTerms } from "./exemptions/terms.ts";
import { letterTerms, refundTerms } from "./request-letters/terms.ts";
import { cityVaccines } from "./targets/city-vaccines.ts";

/** What a city sets for 予防接種. */
export const cityParameters = [
  letterTerms,
  refundTerms,
  exemptionTerms,
  copySetting,
  ...Object.values(contractPrices),
  copays,
  clinicClaimTerms,
  cityVaccines,
];
