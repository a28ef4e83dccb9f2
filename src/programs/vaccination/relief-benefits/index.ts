import { declareFlow } from "#src/platform/flow-ways.ts";
import { reliefPensionV1 } from "#workflows/vaccination/relief/pension-machine.ts";
import { reliefPensionRunV1 } from "#workflows/vaccination/relief/pension-run-machine.ts";
import { useReliefBenefits } from "../relief/benefits-part.ts";
import { keepClaimed } from "./claimed.ts";
import { benefitFacts, benefitLines, carryOutBenefits, proposeBenefits } from "./part.ts";

/** 健康被害救済の給付: what is claimed, reckoned, decided and paid, and the pensions. */
useReliefBenefits({
  facts: benefitFacts,
  enter: keepClaimed,
  propose: proposeBenefits,
  carryOut: carryOutBenefits,
  lines: benefitLines,
});
declareFlow(reliefPensionV1);
declareFlow(reliefPensionRunV1);
