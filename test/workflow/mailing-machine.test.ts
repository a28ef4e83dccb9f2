import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer, firstState, isEnd, stateNames } from "#workflows/flows/answer.ts";
import { cutIntoLots } from "#workflows/mailings/lots.ts";
import {
  mailingRun,
  type RunEventType,
  type RunState,
  runStateMeta,
} from "#workflows/mailings/machine.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";

const types = Object.keys(mailingRun.events) as RunEventType[];
const states = stateNames(mailingRun) as RunState[];
const context = { actingStaffId: 1, preparers: [1], ready: 5 };
const ask = (state: string, type: RunEventType, given: Partial<typeof context> = {}) =>
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
    expect(required).toEqual(["return", "cancel"]);
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
