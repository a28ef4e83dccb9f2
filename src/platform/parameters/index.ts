/** 制度の数値: what the city sets for itself, by two people and from day to day. */
export { cityParameterOf, cityParameters } from "./known.ts";
export {
  type DifferingCase,
  decideParameter,
  differingCases,
  type ParameterProposal,
  proposalActions,
  proposalOf,
  proposalsOf,
  proposalsToDecide,
  proposeParameter,
  rowBefore,
  scopeOf,
  titleOfKey,
} from "./proposals.ts";
export {
  cityParameterOn,
  cityParameterRows,
} from "./rows.ts";
export { type ParameterTrial, parameterTrials } from "./trial.ts";
