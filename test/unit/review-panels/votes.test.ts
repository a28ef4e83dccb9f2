import { expect, test } from "vitest";
import { hasQuorum, opinionOf, type Votes } from "#workflows/review-panels/votes.ts";

const counts = { meets: 2, fails: 1, deferred: 0 };
const votes: Votes<keyof typeof counts> = { appointed: 5, attended: 4, counts, casting: null };

test("定足数は、半数か過半数の定めによる", () => {
  expect(hasQuorum({ appointed: 5, attended: 2 }, "half")).toBe(false);
  expect(hasQuorum({ appointed: 4, attended: 2 }, "half")).toBe(true);
  expect(hasQuorum({ appointed: 4, attended: 2 }, "over-half")).toBe(false);
  expect(hasQuorum({ appointed: 4, attended: 3 }, "over-half")).toBe(true);
  expect(hasQuorum({ appointed: 0, attended: 0 }, "half")).toBe(false);
  const few = { ...votes, attended: 2, counts: { meets: 1, fails: 0, deferred: 0 } };
  expect(opinionOf(few, "half")).toBeUndefined();
});

test("多い方の意見となり、同数のときは会長が決める", () => {
  expect(opinionOf(votes, "over-half")).toBe("meets");
  const tie = { ...votes, counts: { ...counts, meets: 1 } };
  expect(opinionOf(tie, "half")).toBeUndefined();
  expect(opinionOf({ ...tie, casting: "fails" }, "half")).toBe("fails");
  expect(opinionOf({ ...tie, casting: "deferred" }, "half")).toBeUndefined();
});

test("票は会長を除く出席者の数までで、票がなければ意見はない", () => {
  const with_ = (meets: number, fails: number) => ({
    ...votes,
    counts: { meets, fails, deferred: 0 },
  });
  expect(opinionOf(with_(3, 1), "half")).toBeUndefined();
  expect(opinionOf(with_(0, 0), "half")).toBeUndefined();
  expect(opinionOf(with_(4, -1), "half")).toBeUndefined();
});
