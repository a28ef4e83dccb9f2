import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { behaviourOf } from "#test/support/behaviour.ts";
import { answer, firstState, isEnd, stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { cutBundlesIntoLots, cutIntoLots } from "#workflows/mailings/lots.ts";
import {
  machineOf,
  mailingRun,
  type RunContext,
  type RunEventType,
  type RunState,
  runStateMeta,
} from "#workflows/mailings/machine.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";

const types = Object.keys(mailingRun.events) as RunEventType[];
const states = stateNames(mailingRun) as RunState[];
const context: RunContext = {
  actingStaffId: 1,
  preparers: [1],
  ready: 5,
  withdrawalAskedBy: null,
};
const ask = (state: string, type: RunEventType, given: Partial<RunContext> = {}) =>
  answer(mailingRun, state, { ...context, ...given }, { type });
const walk = (...events: [RunEventType, number][]) =>
  events.reduce((state, [type, actingStaffId]) => {
    const got = ask(state, type, { actingStaffId });
    if (!got.possible) throw new Error(got.reasons.join());
    return got.state;
  }, firstState(mailingRun));

describe("一括発送の流れ", () => {
  test("準備から返却・消去まで進む", () => {
    expect(
      walk(
        ["extracted", 9],
        ["submit", 1],
        ["return", 2],
        ["submit", 1],
        ["approve", 2],
        ["make", 9],
        ["fail", 9],
        ["resume", 1],
        ["made", 9],
        ["hand-over", 1],
        ["receive", 1],
        ["close", 1],
      ),
    ).toBe("closed");
  });

  test("準備した人は承認できず、別の人ならできる", () => {
    const approve = (actingStaffId: number) =>
      ask("awaiting-approval", "approve", { actingStaffId });
    expect(approve(1)).toMatchObject({
      possible: false,
      reasons: [expect.stringContaining("準備した人は承認できません")],
    });
    expect(approve(2)).toMatchObject({ possible: true, state: "approved" });
  });

  test("一件もなければ承認を求められない", () => {
    expect(ask("extracted", "submit", { ready: 0 })).toMatchObject({
      reasons: ["発送できるものが一件もありません。"],
    });
  });

  test("差戻しと取消には理由が要る。ほかには要らない", () => {
    const required = types.filter((type) => mailingRun.events[type].comment === "required");
    expect(required).toEqual(["return", "cancel", "ask-withdrawal", "refuse-withdrawal"]);
  });

  test("ほかの段階の操作は、段階の名を示して断る", () => {
    expect(ask("complete", "approve", { actingStaffId: 2 })).toMatchObject({
      because: "wrong-state",
      reasons: ["「完成」の段階では「承認する」はできません。"],
    });
  });

  test("抽出と作成を始め、取り消したものを無効にするのは、その操作だけ", () => {
    const effects = (state: RunState, type: RunEventType) => {
      const got = ask(state, type, { actingStaffId: 2 });
      return got.possible ? got.effects.map((one) => one.params.queue ?? one.type) : [];
    };
    const found = states.flatMap((state) =>
      types.flatMap((type) => effects(state, type).map((effect) => `${state} ${type} ${effect}`)),
    );
    expect(found).toEqual([
      "preparing cancel withdraw",
      "extracted extract mailing.extract",
      "extracted cancel withdraw",
      "awaiting-approval approve mailing.make",
      "awaiting-approval cancel withdraw",
      "approved cancel withdraw",
      "making cancel withdraw",
      "extraction-failed resume mailing.extract",
      "extraction-failed cancel withdraw",
      "failed resume mailing.make",
      "failed cancel withdraw",
      "withdrawal-asked withdraw withdraw",
      "withdrawal-asked withdraw mailing.erase",
    ]);
  });

  test("どの段階も、だれかを待つか、裏で進んでいるか、終わっている", () => {
    for (const state of states) {
      const { waits, busy } = runStateMeta(state);
      expect([waits !== undefined, busy === true, isEnd(mailingRun, state)], state).toSatisfy(
        (ways: boolean[]) => ways.filter(Boolean).length === 1,
      );
      if (waits)
        expect(
          types.some((type) => ask(state, type, { actingStaffId: 2 }).possible),
          state,
        ).toBe(true);
    }
  });

  test("完成したものは取り消せない。承認を経ずに作成されることはない", () => {
    expect(ask("complete", "cancel").possible).toBe(false);
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom(...types),
            actingStaffId: fc.integer({ min: 1, max: 3 }),
          }),
        ),
        (events) => {
          let state = firstState(mailingRun);
          let approvedBy: number | null = null;
          for (const { type, actingStaffId } of events) {
            const got = ask(state, type, { actingStaffId });
            if (!got.possible) continue;
            if (type === "approve") approvedBy = actingStaffId;
            state = got.state;
            expect(states).toContain(state);
            if (state === "making" || state === "complete") expect(approvedBy).not.toBeNull();
          }
          expect(approvedBy).not.toBe(1);
        },
      ),
    );
  });
});

describe("公開した版", () => {
  const grid = {
    actingStaffId: [1, 2],
    preparers: [[1], [2]],
    ready: [5, 0],
    withdrawalAskedBy: [null, 1],
  };

  test.each([1, 2])("第%i版の動きは変わらない", async (machineVersion) => {
    await expect(behaviourOf(machineOf({ machineVersion }), grid)).toMatchFileSnapshot(
      `./released/mailing-run-${machineVersion}.txt`,
    );
  });

  test("新しい版は、前の版の段階と操作をすべて同じ名で持つ", () => {
    const first = machineOf({ machineVersion: 1 });
    for (const state of stateNames(first)) {
      const { title, line, open } = stateMeta(first, state);
      expect(stateMeta(mailingRun, state)).toMatchObject({ title, line, open });
    }
    for (const [type, rule] of Object.entries(first.events))
      expect(mailingRun.events[type as RunEventType]).toEqual(rule);
  });

  test("前の版で始まった回は、取下げを知らないまま最後まで進む", () => {
    const first = machineOf({ machineVersion: 1 });
    expect(answer(first, "complete", context, { type: "ask-withdrawal" })).toMatchObject({
      possible: false,
    });
    expect(answer(first, "complete", context, { type: "hand-over" })).toMatchObject({
      state: "handed-over",
    });
  });
});

describe("作った発送データの取下げ", () => {
  const asked = { withdrawalAskedBy: 1 };

  test("引渡しの前に求め、別の人が承認する。求めた人は承認できない", () => {
    expect(ask("complete", "ask-withdrawal")).toMatchObject({ state: "withdrawal-asked" });
    expect(ask("withdrawal-asked", "withdraw", asked)).toMatchObject({
      reasons: [expect.stringContaining("取下げを求めた人は承認できません")],
    });
    expect(ask("withdrawal-asked", "withdraw", { ...asked, actingStaffId: 2 })).toMatchObject({
      state: "withdrawn",
    });
  });

  test("認められないか、求めた人がやめれば、引渡しに進める", () => {
    for (const type of ["refuse-withdrawal", "retract-withdrawal"] as const)
      expect(ask("withdrawal-asked", type, asked)).toMatchObject({ state: "complete" });
  });

  test("求めている間は引き渡せず、引き渡したものは取り下げられない", () => {
    expect(ask("withdrawal-asked", "hand-over", asked).possible).toBe(false);
    for (const state of ["handed-over", "received", "closed"])
      expect(ask(state, "ask-withdrawal").possible, state).toBe(false);
  });

  test("取り下げたものからは、何もできない", () => {
    for (const type of types)
      expect(ask("withdrawn", type, { actingStaffId: 2 }).possible, type).toBe(false);
  });
});

describe("ファイルへの分割", () => {
  test("一枚も重ならず漏れず、1,001枚からはどのファイルも500枚から1,000枚", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120_000 }), (count) => {
        const lots = cutIntoLots(count);
        let next = 1;
        for (const lot of lots) {
          expect(lot.first).toBe(next);
          const size = lot.last - lot.first + 1;
          expect(size).toBeLessThanOrEqual(1000);
          if (count > 1000) expect(size).toBeGreaterThanOrEqual(500);
          next = lot.last + 1;
        }
        expect(next).toBe(count + 1);
      }),
    );
  });
});

describe("まとめて封入するもののファイルへの分割", () => {
  test("封筒の途中で切れず、一枚も漏れず、上限を超えず、どれもほぼ同じ大きさになる", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 300 }), (sizes) => {
        const limit = 100;
        const lots = cutBundlesIntoLots(sizes, limit);
        let end = 0;
        const ends = new Set(sizes.map((size) => (end += size)));
        let next = 1;
        for (const { file, first, last } of lots) {
          expect(lots[file - 1]?.first).toBe(first);
          expect(first).toBe(next);
          expect(ends.has(last)).toBe(true);
          expect(last - first + 1).toBeLessThanOrEqual(limit);
          if (lots.length > 1) expect(last - first + 1).toBeGreaterThan(20);
          next = last + 1;
        }
        expect(next).toBe(end + 1);
      }),
    );
  });

  test("一つの封筒が上限より大きければ、それだけで一つのファイルになる", () => {
    expect(cutBundlesIntoLots([3, 12, 3], 10).map(({ first, last }) => [first, last])).toEqual([
      [1, 3],
      [4, 15],
      [16, 18],
    ]);
    expect(cutBundlesIntoLots([], 10)).toEqual([]);
  });
});

describe("配達順", () => {
  test("郵便番号、次に住所。番地は数として並ぶ", () => {
    const keys = [
      { postalCode: "8600001", address: "熊本市中央区城東町１０番" },
      { postalCode: "8600001", address: "熊本市中央区城東町２番" },
      { postalCode: "8600000", address: "熊本市北区" },
    ].map(postalOrderKey);
    expect(keys.toSorted()).toEqual([keys[2], keys[1], keys[0]]);
  });
});
