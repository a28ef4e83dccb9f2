import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import type { Condition, Person, Sex, Shot } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationWindows } from "#workflows/vaccination/windows.ts";

describe("次に受けるもの・期間・確認は食い違わない", () => {
  const birth = fc.integer({ min: 15_797, max: 21_000 }).map((days) => addDays("1970-01-01", days));
  const sex = fc.constantFrom<Sex>("female", "male");
  const steps = fc.array(fc.tuple(fc.nat(400), fc.nat(6)), { maxLength: 14 });

  /** A history made by following what is due, now and then late, with what is still due after it. */
  function live(born: IsoDate, who: Sex, moves: readonly (readonly [number, number])[]) {
    return follow({ birth: born, sex: who }, born, moves);
  }

  function follow(person: Person, from: IsoDate, moves: readonly (readonly [number, number])[]) {
    let on = from;
    const history: Shot[] = [];
    for (const [wait, pick] of moves) {
      on = addDays(on, wait);
      const open = dueDoses(person, on, history).filter((item) => item.earliest < "2042-01-01");
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

  /** Somebody of any age on a day since the table of the law begins, with the circumstances that open a target. */
  const anybody = fc
    .record({
      birth: fc.integer({ min: -21_000, max: 21_000 }).map((days) => addDays("1970-01-01", days)),
      sex,
      since: fc.integer({ min: 15_796, max: 20_800 }).map((days) => addDays("1970-01-01", days)),
      conditions: fc.subarray<Condition>([
        { kind: "rubella-antibody-low" },
        { kind: "supply-shortage" },
        { kind: "disability-60-64" },
        { kind: "hiv-60-64" },
      ]),
    })
    .map(({ since, ...person }) => ({ person, from: later(since, person.birth) }));

  test("2013年4月からのどの日でも、だれについても、次に受けるものはその日の確認で正しい", () => {
    fc.assert(
      fc.property(anybody, steps, ({ person, from }, moves) => {
        const { on, history } = follow(person, from, moves);
        for (const { vaccine, earliest, latest } of dueDoses(person, on, history))
          for (const date of [earliest, latest])
            expect(
              checkShot(person, history, { vaccine, date }),
              JSON.stringify({ person, vaccine, date, history }),
            ).toEqual([]);
        history.forEach((shot, index) => {
          expect(checkShot(person, history.slice(0, index), shot)).toEqual([]);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("一回ずつ正しいとされた接種歴は、関わりのない接種が加わっても正しいまま", () => {
    fc.assert(
      fc.property(
        anybody,
        steps,
        fc.integer({ min: 18_536, max: 21_000 }).map((days) => addDays("1970-01-01", days)),
        ({ person, from }, moves, date) => {
          // Since 2020-10-01 an inactivated vaccine asks nothing of another.
          const other: Shot = { vaccine: "rabies", date: later(date, person.birth) };
          const { history } = follow(person, from, moves);
          history.forEach((shot, index) => {
            const before = history.slice(0, index);
            if (shot.date < "2020-10-01" && other.date < "2020-10-01") return;
            for (const mixed of [
              [...before, other],
              [other, ...before, other],
            ])
              expect(
                checkShot(person, mixed, shot),
                JSON.stringify({ person, shot, mixed }),
              ).toEqual([]);
          });
        },
      ),
      { numRuns: 150 },
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
