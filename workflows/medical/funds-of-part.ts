import { costOf, type Part, sum } from "./bills.ts";
import { inFundOrder } from "./public-funds.ts";

/**
 * Lets the other public funds of a part take what they pay, the funds of the state first. A fund of which the receipt tells what
 * it leaves (公費 負担金額) pays all that it covers beyond that; of one that tells what it pays, just that.
 */
export function takeFunds(
  part: Part,
  yenPerPoint: number,
  left: () => number,
  take: (label: string, amount: number) => void,
): void {
  const payers = inFundOrder(
    part.bills.flatMap((bill) => (bill.funds ?? []).map(({ payer }) => ({ payer }))),
  ).map(({ payer }) => payer);
  for (const payer of new Set(payers)) {
    const told = part.bills.flatMap((bill) =>
      (bill.funds ?? []).filter((fund) => fund.payer === payer).map((fund) => ({ bill, fund })),
    );
    const leaving = told.filter(({ fund }) => fund.leaves !== undefined);
    const pays = sum(told, ({ fund }) => (fund.leaves === undefined ? fund.pays : 0));
    let amount = pays;
    if (leaving.length > 0) {
      const covered = sum(leaving, ({ bill, fund }) =>
        shareOf(Math.min(fund.points ?? bill.points, bill.points), part, yenPerPoint),
      );
      const uncovered = part.share - covered;
      const leaves = sum(leaving, ({ fund }) => fund.leaves);
      amount += Math.max(0, left() - pays - uncovered - leaves);
    }
    take(`他の公費の負担(法別${payer.slice(0, 2)})`, amount);
  }
  take(
    "他の公費の負担",
    sum(part.bills, (bill) => bill.otherPublic),
  );
}

function shareOf(points: number, part: Part, yenPerPoint: number): number {
  return costOf(points, part.first.insuranceTenths, yenPerPoint).share;
}
