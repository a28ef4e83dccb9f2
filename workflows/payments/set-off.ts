/** What is taken from a payment for what is owed back. */
export interface SetOff {
  /** Id of what is owed back. */
  readonly against: string;
  readonly amount: number;
}

/**
 * Divides a payment over what somebody owes back, the earliest due first, and what is left to be paid. The parts and what is left add up to the payment exactly. Amounts are whole yen.
 */
export function setOffs(
  amount: number,
  owedBack: readonly {
    readonly id: string;
    readonly dueOn: string;
    readonly outstanding: number;
  }[],
): { readonly parts: readonly SetOff[]; readonly left: number } {
  let left = amount;
  const parts = owedBack
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id))
    .flatMap(({ id, outstanding }) => {
      const taken = Math.min(left, outstanding);
      left -= taken;
      return taken > 0 ? [{ against: id, amount: taken }] : [];
    });
  return { parts, left };
}
