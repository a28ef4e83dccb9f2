import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/index.ts";
import {
  accountsToConfirm,
  countAccountsToConfirm,
  countDemandsDue,
  countDunningDue,
  countFailed,
  countRepaymentsInState,
  countRunsInState,
  demandsDue,
  dunningDue,
  failedPayables,
  payableNumber,
  paymentRunNumber,
  repaymentNumber,
  repaymentsInState,
  runsInState,
} from "#src/platform/payments/index.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { type RepaymentState, repaymentV1 } from "#workflows/payments/repayment.ts";
import { type PaymentRunState, paymentRunV1 } from "#workflows/payments/run.ts";
import type { Payments } from "./set.ts";

/** What waits of the payments of a 事務: accounts, runs, what failed, repayments, and what is past its day. */
export function paymentItems(of: Payments): WorkSource[] {
  const within = (work: Work): Work => ({ ...work, program: of.program });
  const may = (right: Right) => (work: Work) => holds(work.actor, right, { program: of.program });
  const runs = (stateNames(paymentRunV1) as PaymentRunState[]).flatMap((state) => {
    const { waits } = stateMeta(paymentRunV1, state);
    return waits ? [{ state, ...waits }] : [];
  });
  const decisions = (stateNames(repaymentV1) as RepaymentState[]).flatMap((state) => {
    const { waits } = stateMeta(repaymentV1, state);
    return waits?.right === "repayment.approve" ? [{ state, ...waits }] : [];
  });
  return [
    itemsOfKind({
      list: "waiting",
      kind: "口座の確認",
      for: may("payment-account.handle"),
      figures: (work) => countAccountsToConfirm(within(work)),
      read: async (work, lines) =>
        (await accountsToConfirm(within(work), lines)).map((row) => ({
          title: `${of.title} 振込先口座`,
          path: of.paths.account(row.id),
          since: row.recordedAt,
          personNumber: row.personNumber,
        })),
    }),
    ...runs.map(({ state, title, right }) =>
      itemsOfKind({
        list: "waiting",
        kind: title,
        for: may(right as Right),
        figures: (work) => countRunsInState(within(work), state),
        read: async (work, lines) =>
          (await runsInState(within(work), state, lines)).map((row) => ({
            title: `${of.title} 支払の回 ${paymentRunNumber(row)}`,
            path: of.paths.run(row.id),
            since: row.preparedAt,
            deadline: row.payOn as IsoDate,
          })),
      }),
    ),
    itemsOfKind({
      list: "waiting",
      kind: "口座の訂正",
      for: may("payment-account.handle"),
      figures: (work) => countFailed(within(work)),
      read: async (work, lines) =>
        (await failedPayables(within(work), lines)).rows.map((row) => ({
          title: `${of.title} 支払 ${payableNumber(row)}`,
          path: of.paths.payable(row.id),
          since: row.decidedAt,
          ...(row.personNumber !== null && { personNumber: row.personNumber }),
        })),
    }),
    ...decisions.map(({ state, title }) =>
      itemsOfKind({
        list: "waiting",
        kind: title,
        for: may("repayment.approve"),
        figures: (work) => countRepaymentsInState(within(work), state),
        read: async (work, lines) =>
          (await repaymentsInState(within(work), state, lines)).map((row) => ({
            title: `${of.title} 返還金 ${repaymentNumber(row)}`,
            path: of.paths.repayment(row.id),
            since: row.proposedAt,
            personNumber: row.personNumber,
          })),
      }),
    ),
    itemsOfKind({
      list: "waiting",
      kind: "返還決定通知書の発行",
      for: may("repayment.prepare"),
      figures: async (work) => {
        const { nearest, ...rest } = await countDemandsDue(within(work));
        return { ...rest, nearest: nearest as IsoDate | null };
      },
      read: async (work, lines) =>
        (await demandsDue(within(work), lines)).map((row) => ({
          title: `${of.title} 返還金 ${repaymentNumber(row)}`,
          path: of.paths.repayment(row.id),
          since: row.decidedAt ?? row.proposedAt,
          deadline: row.dueOn as IsoDate,
          personNumber: row.personNumber,
        })),
    }),
    itemsOfKind({
      list: "waiting",
      kind: "返還金の督促",
      for: may("repayment.prepare"),
      figures: async (work) => {
        const { nearest, ...rest } = await countDunningDue(within(work));
        return { ...rest, overdue: rest.count, nearest: nearest as IsoDate | null };
      },
      read: async (work, lines) =>
        (await dunningDue(within(work), lines)).map((row) => ({
          title: `${of.title} 返還金 ${repaymentNumber(row)}`,
          path: of.paths.repayment(row.id),
          since: row.decidedAt ?? row.proposedAt,
          deadline: row.dueOn as IsoDate,
          personNumber: row.personNumber,
        })),
    }),
  ];
}
