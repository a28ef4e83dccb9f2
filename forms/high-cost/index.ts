import type { Form } from "../language/form.ts";
import { highCostClaim } from "./claim.ts";
import { highCostMandate } from "./mandate.ts";

/** Forms of 高額療養費 that the city claims, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [highCostMandate, highCostClaim];
