import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import type { Sex, Shot } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationWindows } from "#workflows/vaccination/windows.ts";

describe("次に受けるもの・期間・確認は食い違わない", () => {
  const birth = fc.integer({ min: 18_500, max: 21_000 }).map((days) => addDays("1970-01-01", days));
  const sex = fc.constantFrom<Sex>("female", "male");
  const steps = fc.array(fc.tuple(fc.nat(400), fc.nat(6)), { maxLength: 14 });

  /** A history made by following what is due, now and then late, with what is still due after it. */
  function live(born: IsoDate, who: Sex, moves: readonly (readonly [number, number])[]) {
    let on = born;
    const history: Shot[] = [];
    for (const [wait, pick] of moves) {
      on = addDays(on, wait);
      const open = dueDoses({ birth: born, sex: who }, on, history).filter(
        (item) => item.earliest < "2042-01-01",
      );
      const chosen = open[pick % Math.max(1, open.length)];
      if (!chosen) continue;
      on = chosen.earliest;
      history.push({ vaccine: chosen.vaccine, date: on });
    }
    return { on, history };
  }

  test("次に受けるものは期間に入り、最初と最後の日は正しく、前の日は誤りになる", () => {
    fc.assert(
      fc.property(birth, sex, steps, (born, who, moves) => {
        const { on, history } = live(born, who, moves);
        const person = { birth: born, sex: who };
        const windows = vaccinationWindows(person);
        for (const item of dueDoses(person, on, history)) {
          expect(item.earliest >= on && item.earliest <= item.latest).toBe(true);
          expect(
            windows.some(
              (w) =>
                w.vaccine === item.vaccine &&
                w.dose === item.dose &&
                w.from <= item.earliest &&
                item.latest <= w.to,
            ),
            JSON.stringify(item),
          ).toBe(true);
          for (const date of [item.earliest, item.latest])
            expect(
              checkShot(person, history, { vaccine: item.vaccine, date }),
              JSON.stringify({ item, history }),
            ).toEqual([]);
          if (item.earliest > on) {
            const before = checkShot(person, history, {
              vaccine: item.vaccine,
              date: addDays(item.earliest, -1),
            });
            expect(before.length, JSON.stringify({ item, history })).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("接種を書く順は問わない", () => {
    fc.assert(
      fc.property(birth, sex, steps, fc.gen(), (born, who, moves, draw) => {
        const { on, history } = live(born, who, moves);
        const person = { birth: born, sex: who };
        const shuffled = draw(fc.shuffledSubarray, history, {
          minLength: history.length,
          maxLength: history.length,
        });
        const due = dueDoses(person, on, history);
        expect(dueDoses(person, on, shuffled)).toEqual(due);
        for (const { vaccine, earliest: date } of due)
          expect(checkShot(person, shuffled, { vaccine, date })).toEqual(
            checkShot(person, history, { vaccine, date }),
          );
      }),
      { numRuns: 100 },
    );
    const person = { birth: "2023-10-10", sex: "male" } as const;
    const mixed = [
      { vaccine: "4mix", date: "2024-01-10" },
      { vaccine: "5mix", date: "2024-05-10" },
    ] as const;
    expect(dueDoses(person, "2024-06-20", mixed.toReversed())).toEqual(
      dueDoses(person, "2024-06-20", mixed),
    );
    expect(
      dueDoses(person, "2024-06-20", mixed).filter(({ vaccine }) => vaccine.endsWith("mix")),
    ).toMatchObject([{ vaccine: "5mix", dose: 3 }]);
  });

  test("示されたとおりに受け続けた接種は、すべて正しい", () => {
    fc.assert(
      fc.property(birth, sex, steps, (born, who, moves) => {
        const { history } = live(born, who, moves);
        history.forEach((shot, index) => {
          expect(checkShot({ birth: born, sex: who }, history.slice(0, index), shot)).toEqual([]);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("接種歴を書く順は問わない", () => {
    fc.assert(
      fc.property(birth, sex, steps, (born, who, moves) => {
        const { on, history } = live(born, who, moves);
        const person = { birth: born, sex: who };
        expect(dueDoses(person, on, history.toReversed())).toEqual(dueDoses(person, on, history));
      }),
      { numRuns: 50 },
    );
  });
});
