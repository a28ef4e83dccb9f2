import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutIntoLots } from "#workflows/mailings/lots.ts";
import {
  nextRunState,
  type RunEventType,
  type RunState,
  runEventTitles,
  runStateTitles,
} from "#workflows/mailings/machine.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";

const facts = { preparers: [1], ready: 5 };
const walk = (...events: [RunEventType, number][]) =>
  events.reduce<RunState>((state, [type, by]) => {
    const next = nextRunState(state, facts, { type, by, comment: "理由" });
    if ("refused" in next) throw new Error(next.refused);
    return next.state;
  }, "preparing");

describe("一括発送の流れ", () => {
  it("準備から返却・消去まで進む", () => {
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

  it("準備した人は承認できず、別の人ならできる", () => {
    const approve = (by: number) =>
      nextRunState("awaiting-approval", facts, { type: "approve", by });
    expect(approve(1)).toEqual({ refused: expect.stringContaining("準備した人は承認できません") });
    expect(approve(2)).toEqual({ state: "approved" });
  });

  it("一件もなければ承認を求められない", () => {
    const next = nextRunState("extracted", { ...facts, ready: 0 }, { type: "submit", by: 1 });
    expect(next).toHaveProperty("refused");
  });

  it("差戻しと取消には理由が要る", () => {
    for (const type of ["return", "cancel"] as const)
      expect(nextRunState("awaiting-approval", facts, { type, by: 2 })).toHaveProperty("refused");
  });

  it("完成したものは取り消せない。承認を経ずに作成されることはない", () => {
    expect(nextRunState("complete", facts, { type: "cancel", by: 1, comment: "x" })).toHaveProperty(
      "refused",
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom(...(Object.keys(runEventTitles) as RunEventType[])),
            by: fc.integer({ min: 1, max: 3 }),
            comment: fc.constantFrom("", "理由"),
          }),
        ),
        (events) => {
          let state: RunState = "preparing";
          let approvedBy: number | null = null;
          for (const event of events) {
            const next = nextRunState(state, facts, event);
            if ("refused" in next) continue;
            if (event.type === "approve") approvedBy = event.by;
            state = next.state;
            expect(runStateTitles).toHaveProperty(state);
            if (state === "making" || state === "complete") expect(approvedBy).not.toBeNull();
          }
          expect(approvedBy).not.toBe(1);
        },
      ),
    );
  });
});

describe("ファイルへの分割", () => {
  it("一枚も重ならず漏れず、1,001枚からはどのファイルも500枚から1,000枚", () => {
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
  it("郵便番号、次に住所。番地は数として並ぶ", () => {
    const keys = [
      { postalCode: "8600001", address: "熊本市中央区城東町１０番" },
      { postalCode: "8600001", address: "熊本市中央区城東町２番" },
      { postalCode: "8600000", address: "熊本市北区" },
    ].map(postalOrderKey);
    expect(keys.toSorted()).toEqual([keys[2], keys[1], keys[0]]);
  });
});
