import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { behaviourOf } from "#test/support/behaviour.ts";
import { answer, firstState, isEnd, stateMeta, stateNames } from "#workflows/flows/answer.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { waysOf } from "#workflows/flows/ways.ts";
import { highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { renewalSeasonV1 } from "#workflows/intractable-disease/renewal-season.ts";
import { accountV1 } from "#workflows/payments/account.ts";
import { payableV1 } from "#workflows/payments/payable.ts";
import { repaymentV1 } from "#workflows/payments/repayment.ts";
import { paymentRunV1 } from "#workflows/payments/run.ts";
import { pmhRunV1 } from "#workflows/pmh/run.ts";
import { answerV1 } from "#workflows/renewals/answer.ts";
import { seasonV1 } from "#workflows/renewals/season.ts";
import { clinicCorrectionV1 } from "#workflows/vaccination/clinic-claims/correction-machine.ts";
import { clinicClaimV1 } from "#workflows/vaccination/clinic-claims/machine.ts";
import { copyRunV1 } from "#workflows/vaccination/exchange/copy-run.ts";
import { handOnV1 } from "#workflows/vaccination/exchange/hand-on.ts";
import { inquiryV1 } from "#workflows/vaccination/exchange/inquiry.ts";
import { exemptionV1 } from "#workflows/vaccination/exemptions/machine.ts";
import { exemptionV2 } from "#workflows/vaccination/exemptions/machine-v2.ts";
import { mistakeV1 } from "#workflows/vaccination/mistakes/machine.ts";
import { mistakeYearV1 } from "#workflows/vaccination/mistakes/year-machine.ts";
import { recordRevisionV1 } from "#workflows/vaccination/records/revision-machine.ts";
import { reliefPensionV1 } from "#workflows/vaccination/relief/pension-machine.ts";
import { reliefPensionRunV1 } from "#workflows/vaccination/relief/pension-run-machine.ts";
import { reportClosingV1 } from "#workflows/vaccination/reports/closing-machine.ts";
import { specialV1 } from "#workflows/vaccination/special/machine.ts";

type Grid = Readonly<Record<string, readonly unknown[]>>;
const acting = { actingStaffId: [1] };
/** Each definition with all the facts that its checks may tell apart. */
const definitions: readonly { definition: FlowDefinition<never>; grid: Grid }[] = [
  {
    definition: accountV1 as FlowDefinition<never>,
    grid: { ...acting, enterers: [[1], [2, 3]], underWay: [true, false] },
  },
  {
    definition: payableV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      kind: ["transfer", "cash", "set-off"],
      accountCorrected: [true, false],
      preparedBy: [null, 1, 2],
      decidedBy: [1, 2],
      left: [0, 5],
    },
  },
  {
    definition: paymentRunV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      preparers: [[1], [2]],
      ready: [0, 3],
      unanswered: [0, 3],
      accountsHold: [true, false],
      withdrawalAskedBy: [null, 1, 2],
    },
  },
  {
    definition: recordRevisionV1 as FlowDefinition<never>,
    grid: { ...acting, proposedBy: [1, 2] },
  },
  {
    definition: specialV1 as FlowDefinition<never>,
    grid: { ...acting, enteredBy: [1, 2], two: [true, false] },
  },
  {
    definition: exemptionV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      examinedBy: [1],
      proposedBy: [null, 1, 2],
      outcome: ["grant", "refuse"],
      evidenceSeen: [true, false],
    },
  },
  {
    definition: exemptionV2 as FlowDefinition<never>,
    grid: {
      ...acting,
      examinedBy: [null, 1, 2],
      proposedBy: [null, 1, 2],
      outcome: ["grant", "refuse"],
      evidenceSeen: [true, false],
      gone: [true, false],
    },
  },
  {
    definition: clinicClaimV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      enteredBy: [1, 2],
      examinedBy: [1, 2],
      proposedBy: [1, 2],
      reckoned: [true, false],
      openRows: [0, 3],
      queriedRows: [0, 3],
      openLines: [0, 3],
      lateOpen: [true, false],
      asProposed: [true, false],
      pay: [0, 5],
      unpaid: [true, false],
    },
  },
  {
    definition: clinicCorrectionV1 as FlowDefinition<never>,
    grid: { ...acting, proposedBy: [1, 2] },
  },
  { definition: mistakeYearV1 as FlowDefinition<never>, grid: { ...acting, preparedBy: [1, 2] } },
  { definition: reportClosingV1 as FlowDefinition<never>, grid: { ...acting, preparedBy: [1, 2] } },
  {
    definition: mistakeV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      judgedBy: [1, 2],
      askedBy: [1, 2],
      judged: [true, false],
      measured: [true, false],
      report: ["at-once", "yearly"],
      personTold: [true, false],
      clinicTold: [true],
      prefectureTold: [true, false],
      payDecided: [true, false],
    },
  },
  {
    definition: pmhRunV1 as FlowDefinition<never>,
    grid: { ...acting, preparers: [[1], [2]], ready: [0, 3], settingHolds: [true, false] },
  },
  {
    definition: copyRunV1 as FlowDefinition<never>,
    grid: { ...acting, preparers: [[1], [2]], ready: [0, 3], settingHolds: [true, false] },
  },
  {
    definition: inquiryV1 as FlowDefinition<never>,
    grid: {
      addressed: [true, false],
      provided: [true, false],
      waiting: [true, false],
      answered: [true, false],
    },
  },
  {
    definition: handOnV1 as FlowDefinition<never>,
    grid: { provided: [true, false], waiting: [true, false], refused: [true, false] },
  },
  {
    definition: seasonV1 as FlowDefinition<never>,
    grid: { ...acting, plannedBy: [1, 2], underWay: [0, 3] },
  },
  {
    definition: renewalSeasonV1 as FlowDefinition<never>,
    grid: { ...acting, plannedBy: [1, 2], over: [true, false] },
  },
  {
    definition: answerV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      proposedBy: [null, 1, 2],
      receivedBy: [1, 2],
      warned: [true, false],
      completionOver: [true, false],
      whole: [true, false],
      mayEnd: [true, false],
    },
  },
  {
    definition: repaymentV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      proposedBy: [1, 2],
      outstanding: [0, 7],
      demanded: [true, false],
      changed: [true, false],
      late: [0, 7],
      dunned: [true, false],
    },
  },
  {
    definition: highCostEntryV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      known: [true, false],
      mandated: [true, false],
      dropAskedBy: [null, 1, 2],
      answeredBy: [null, 1, 2],
      foundByActor: [true, false],
      moreFound: [true, false],
      restUnpaid: [true, false],
      answerFresh: [true, false],
      repaymentRefused: [true, false],
    },
  },
  {
    definition: highCostClaimV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      preparers: [[1], [2]],
      lines: [0, 3],
      unanswered: [0, 3],
      moneyMatches: [true, false],
    },
  },
  {
    definition: reliefPensionV1 as FlowDefinition<never>,
    grid: {
      ...acting,
      askedBy: [null, 1, 2],
      silentAfterWarning: [true, false],
      reportsIn: [true, false],
      arrearsUnclaimed: [true, false],
    },
  },
  {
    definition: reliefPensionRunV1 as FlowDefinition<never>,
    grid: { ...acting, preparedBy: [1, 2], payable: [0, 3], unmoved: [true, false] },
  },
];

describe.each(definitions)("$definition.title", ({ definition, grid }) => {
  const ways = waysOf(definition);

  test("どの段階でどの手続きができるかは、公開した版のとおりである", async () => {
    await expect(behaviourOf(definition as never, grid as never)).toMatchFileSnapshot(
      `./released/${definition.kind}-${definition.version}.txt`,
    );
  });

  test("どの段階にも行き着き、終わりの段階からはどこへも進まない", () => {
    const reached = new Set([firstState(definition)]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of ways) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].toSorted()).toEqual([...stateNames(definition)].toSorted());
    for (const state of stateNames(definition))
      expect(
        ways.some(({ from }) => from === state),
        state,
      ).toBe(!isEnd(definition, state));
  });

  test("使われない条件も、名前のない条件もなく、断る理由は文になる", () => {
    const used = new Set(ways.flatMap(({ checks }) => checks));
    expect([...used].toSorted()).toEqual(Object.keys(definition.checks).toSorted());
    for (const { reason } of Object.values(definition.checks)) expect(reason).toMatch(/。$/);
    for (const state of stateNames(definition))
      expect(stateMeta(definition, state).title).toMatch(/\p{Script=Han}/u);
  });

  test("表にない道は、どんな事情でも通れない", () => {
    const facts = fc.record(
      Object.fromEntries(
        Object.entries(grid).map(([fact, values]) => [fact, fc.constantFrom(...values)]),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...stateNames(definition)),
        fc.constantFrom(...Object.keys(definition.events)),
        facts,
        (state, type, context) => {
          const way = ways.find((one) => one.from === state && one.event === type);
          const met = way?.checks.every((name) => definition.checks[name]?.holds(context as never));
          const got = answer(definition, state, context as never, { type });
          expect(got.possible ? got.state : undefined).toBe(met ? way?.to : undefined);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test("自分が準備した支払の回、入力した口座、起案した返還は、だれも自分では決められない", () => {
  const ask = (definition: unknown, state: string, type: string, context: object) =>
    answer(definition as FlowDefinition<never>, state, context as never, { type }).possible;
  const run = { actingStaffId: 1, ready: 1, unanswered: 0, accountsHold: true };
  expect(
    ask(paymentRunV1, "awaiting-approval", "approve", {
      ...run,
      preparers: [1],
      withdrawalAskedBy: null,
    }),
  ).toBe(false);
  expect(
    ask(paymentRunV1, "awaiting-approval", "approve", {
      ...run,
      preparers: [2],
      withdrawalAskedBy: null,
    }),
  ).toBe(true);
  expect(
    ask(paymentRunV1, "withdrawal-asked", "withdraw", {
      ...run,
      preparers: [2],
      withdrawalAskedBy: 1,
    }),
  ).toBe(false);
  expect(
    ask(accountV1, "provisional", "confirm", {
      actingStaffId: 1,
      enterers: [2, 1],
      underWay: false,
    }),
  ).toBe(false);
  expect(
    ask(repaymentV1, "waiting", "approve", {
      actingStaffId: 1,
      proposedBy: 1,
      outstanding: 5,
      demanded: false,
      changed: false,
      late: 0,
      dunned: false,
    }),
  ).toBe(false);
});
