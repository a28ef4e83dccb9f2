import { beforeAll, describe, expect, test } from "vitest";
import {
  correctReturn,
  countOpenReturns,
  enterReturn,
  handOverPackage,
  listEntered,
  listOpenReturns,
  type RunRow,
  returnsOf,
  settleReturn,
} from "#src/platform/mailings/index.ts";
import { readCouponNumber } from "#src/programs/vaccination/coupons.ts";
import { reprintMailing, reprintOrder } from "#src/programs/vaccination/reprint-mailing.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let numbers: string[];

async function handOver(run: RunRow) {
  await mail.as("operator1", (work) =>
    handOverPackage(work, { runId: run.id, expectedRevision: run.revision, manner: "transfer" }),
  );
}

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter(oneYearOlds(14));
  const { run } = await mail.make(await mail.approved(await mail.extracted()));
  numbers = indexOf(await mail.open(run)).map(({ pieceNumber = "" }) => pieceNumber);
  await expect(enter(numbers[0])).rejects.toMatchObject({
    message: "この番号の郵便物は、まだ委託先に渡していません。",
  });
  await handOver(run);
});

const enter = (code = "", who: TestStaff = "clerk1") =>
  mail.as(who, (work) => enterReturn(work, { code, reason: "unknown-address" }));
const entered = (who: TestStaff = "clerk1") => mail.as(who, (work) => listEntered(work, 10));

describe("券番号の読み取り", () => {
  test("10桁の番号も、18桁のコードも、NW-7 の始めと終わりの字が付いていても読める", () => {
    const [number = ""] = numbers;
    for (const code of [number, `11431001${number}`, `A11431001${number}A`, ` a${number}b `.trim()])
      expect(readCouponNumber(code), code).toBe(number);
  });

  test("検査数字の合わない番号や、桁の足りない番号は読まない", () => {
    const [number = ""] = numbers;
    const wrong = number.slice(0, 9) + ((Number(number[9]) + 1) % 10);
    for (const code of [wrong, number.slice(1), "", "AAAA", `1${number}`])
      expect(readCouponNumber(code), code).toBeUndefined();
  });
});

describe("返戻の入力", () => {
  test("は、続けて読み取れ、合計と最後の10通が分かり、二度読むと断られる", async () => {
    for (const number of numbers.slice(0, 12)) await enter(`A11431001${number}A`);
    const { total, rows, reasons } = await entered();
    expect(total).toBe(12);
    expect(reasons).toEqual([{ reason: "unknown-address", pieces: 12 }]);
    expect(rows.map(({ pieceNumber }) => pieceNumber)).toEqual(numbers.slice(2, 12).toReversed());
    expect(rows[0]?.person?.name?.kanji).toBeTruthy();
    await expect(enter(numbers[3])).rejects.toMatchObject({ status: 409 });
    await expect(enter("1234567890")).rejects.toMatchObject({ status: 422 });
    expect((await entered("clerk2")).total).toBe(0);
  });

  test("は、理由を直せ、読み違えたものは取り消せて、もう一度入力できる", async () => {
    const [last, previous] = (await entered()).rows;
    if (!last || !previous) throw new Error("nothing entered");
    const correct = (id: number, takenBack: boolean) =>
      mail.as("clerk1", (work) => correctReturn(work, { id, reason: "moved", takenBack }));
    await correct(last.id, false);
    await correct(previous.id, true);
    const { total, rows, reasons } = await entered();
    expect(total).toBe(11);
    expect(rows[0]).toMatchObject({ id: last.id, reason: "moved" });
    expect(reasons).toContainEqual({ reason: "moved", pieces: 1 });
    await expect(correct(previous.id, true)).rejects.toMatchObject({ status: 409 });
    await enter(previous.pieceNumber);
    expect((await entered()).total).toBe(12);
  });

  test("は、住民の画面に出て、住所を確かめた結果を書くと済みになる", async () => {
    const open = () => mail.as("clerk1", countOpenReturns);
    expect(await open()).toBe(12);
    const { rows } = await mail.as("clerk1", (work) => listOpenReturns(work, { page: 2, size: 5 }));
    const [one] = rows;
    if (!one) throw new Error("nothing open");
    await mail.as("clerk2", (work) => settleReturn(work, { id: one.id, outcome: "handed-out" }));
    expect(await open()).toBe(11);
    const [found] = await mail.as("clerk1", (work) => returnsOf(work, one.personNumber));
    expect(found).toMatchObject({ outcome: "handed-out", settledOn: "2026-11-20" });
    await expect(
      mail.as("clerk1", (work) => settleReturn(work, { id: one.id, outcome: "not-found" })),
    ).rejects.toMatchObject({ status: 409 });
    await expect(
      mail.as("clerk1", (work) =>
        correctReturn(work, { id: one.id, reason: "other", takenBack: true }),
      ),
    ).rejects.toMatchObject({ status: 409 });
  });

  test("は、送り直したものがまた戻れば、もう一度入力できる", async () => {
    const [number = ""] = numbers;
    const reprint = await mail.extract(
      await mail.start(reprintMailing, reprintOrder([number], "undelivered")),
    );
    const { run } = await mail.make(await mail.approved(reprint));
    await handOver(run);
    await enter(number);
    await expect(enter(number)).rejects.toMatchObject({ status: 409 });
  });

  test("は、権限のない人にはできず、アクセス記録に残る", async () => {
    for (const who of ["auditor1", "scheme1"] as const)
      await expect(enter(numbers[13], who)).rejects.toMatchObject({ code: "42501" });
    const actions = await home.admin<{ action: string; n: number }[]>`
      select action, count(*)::int as n from audit.record where action like 'returned-mail.%' group by 1 order by 1`;
    expect(Object.fromEntries(actions.map(({ action, n }) => [action, n]))).toEqual({
      "returned-mail.corrected": 1,
      "returned-mail.entered": 14,
      "returned-mail.settled": 1,
      "returned-mail.taken-back": 1,
    });
  });
});
