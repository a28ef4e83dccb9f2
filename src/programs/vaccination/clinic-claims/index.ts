import { declareFlow } from "#src/platform/flow-ways.ts";
import { declareParties } from "#src/platform/payments/index.ts";
import { clinicCorrectionV1 } from "#workflows/vaccination/clinic-claims/correction-machine.ts";
import { clinicClaimV1 } from "#workflows/vaccination/clinic-claims/machine.ts";
import { vaccinationParties } from "./payees.ts";

declareFlow(clinicClaimV1);
declareFlow(clinicCorrectionV1);
declareParties("vaccination", vaccinationParties);
