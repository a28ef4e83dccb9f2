/** An amount as a step of a calculation shows it; yen, negative for what is taken off. */
export interface AmountStep {
  readonly label: string;
  readonly amount: number;
}

/** The amount without what is left over below a unit (…円未満切捨て). */
export function floorTo(amount: number, unit: number): number {
  return Math.floor(amount / unit) * unit;
}

/** `numerator / denominator` rounded half up (50銭以上切上げ), for amounts from 0 on. */
export function divideHalfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}

/** The sum of the steps. */
export function sumOf(steps: readonly AmountStep[]): number {
  return steps.reduce((sum, { amount }) => sum + amount, 0);
}
