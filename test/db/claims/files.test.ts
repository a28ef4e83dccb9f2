import { expect, test } from "vitest";
import {
  billsOf,
  correctRow,
  dropRow,
  rowOfClaim,
  takeFileBack,
  takeRows,
  withdrawClaims,
} from "#src/platform/claims/index.ts";
import type { Work } from "#src/platform/work.ts";
import { claimFilesOf, row } from "#test/support/claim-files.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const files = claimFilesOf(claims);
const { entitled } = receiptsOf(city);
// Each with a claim of another month: a number is seen with a case.
const person = async () => {
  const [found] = await entitled(1);
  if (!found) throw new Error("somebody is entitled");
  await claims.claimed(found.person, [keyedReceipt({ month: "2026-09" })]);
  return found;
};
const [one, two, three] = [await person(), await person(), await person()];
const rowOf = (whose: typeof one, given = {}) => row(whose.recipientNumber, whose.birth, given);
const caseIdOf = async (fileId: string, at = 0) => {
  const [found] = (await files.rowsIn(fileId, "claimed")).slice(at);
  if (!found?.caseId) throw new Error("a claim was received");
  return found.caseId;
};

test("よい行は受け付けた申請になり、足りない行は入力を待つ申請に、悪い行は誤りの一覧に残る", async () => {
  const fileId = await files.taken([
    rowOf(one, { remark: "一行目", meals: "1470", mealDays: "3", prescriber: "" }),
    rowOf(two, { points: "", paid: "" }),
    rowOf(three, { month: "202613" }),
    rowOf(three, { day: "31", paidOn: "20260230" }),
    row("9999999", "2020-01-01"),
    rowOf(three, { birth: "20010101" }),
    rowOf(three, { points: "99999999", paid: "99999999" }),
    rowOf(three, { paid: "99999999" }),
    rowOf(three, { care: "X" }),
  ]);
  const { counts, state } = await files.file(fileId);
  expect(counts).toMatchObject({ claimed: 2, incomplete: 1, faulty: 6, waiting: 0 });
  expect(state).toBe("taking");
  expect(await files.faults(fileId)).toEqual([
    [4, "month:not-a-month"],
    [5, "paidOn:not-a-date"],
    [6, "recipient:unknown-recipient"],
    [7, "birth:birth-differs"],
    [8, "points:out-of-range"],
    [10, "care:unknown-code"],
  ]);
  const [bill] = await claims.as("clerk1", async (work) => billsOf(work, await caseIdOf(fileId)));
  expect(bill).toMatchObject({
    month: "2026-10",
    cost: 10_000,
    paid: 3_000,
    meals: 1_470,
    mealDays: 3,
  });
  // ¥99,999,999 is a claim that nobody can pay out: that is found as it is examined.
  expect(await claims.codes(await caseIdOf(fileId, 1))).toContain("paid-above-cost");
  const [waiting] = await files.rowsIn(fileId, "incomplete");
  const partial = await claims.as("clerk1", (work) => rowOfClaim(work, waiting?.caseId ?? ""));
  expect(partial?.receipts[0]).toMatchObject({ month: "2026-10", institutionName: "見本診療所" });
  expect(partial?.receipts[0]?.paid).toBeUndefined();
});

test("誤りの行は、直すと取り込み直され、取りやめもできる。すべて片づくと、行の内容は消える", async () => {
  const fileId = await files.taken([
    rowOf(one, { month: "2026-99", day: "11" }),
    rowOf(one, { month: "なし", day: "12" }),
  ]);
  await claims.as("clerk2", (work) =>
    correctRow(work, claims.kind, {
      fileId,
      line: 2,
      raw: { ...rowOf(one, { day: "11", care: "outpatient", why: "outside" }), month: "R8.10" },
    }),
  );
  await files.take(fileId, "clerk2");
  expect((await files.file(fileId)).counts).toMatchObject({ claimed: 1, faulty: 1 });
  await claims.as("clerk2", (work) => dropRow(work, { fileId, line: 3, reason: "not-ours" }));
  expect((await files.file(fileId)).state).toBe("taken");
  const left = await city.admin`
    select 1 from vault.sealed_record where holder = ${`claims:${fileId}`}
     union all select 1 from vault.holder_key where holder = ${`claims:${fileId}`}`;
  expect(left).toHaveLength(0);
  await expect(
    claims.as("clerk2", (work) => dropRow(work, { fileId, line: 3, reason: "not-ours" })),
  ).rejects.toMatchObject({ status: 409 });
});

test("同じファイルは二度受け取らず、同じ行は、このファイルでも前のファイルでも見つかる", async () => {
  const same = rowOf(two, { day: "20" });
  const bytes = await files.bytesOf([same, same]);
  const fileId = await files.receive(bytes);
  await files.take(fileId);
  expect(await files.faults(fileId)).toEqual([[3, "row:duplicate"]]);
  await expect(files.receive(bytes)).rejects.toMatchObject({ status: 409 });
  const again = await files.taken([same, rowOf(two, { day: "21" })]);
  expect(await files.faults(again)).toEqual([[2, "row:taken-before"]]);
});

test("ずれた列、違う見出し、空のファイルは読まれず、UTF-8でもShift_JISでも読める", async () => {
  const good = new TextDecoder().decode(await files.bytesOf([rowOf(three, { day: "1" })]));
  const [headings = "", line = ""] = good.split("\r\n");
  const bytes = (text: string) => new TextEncoder().encode(text);
  await expect(files.receive(new Uint8Array())).rejects.toThrow("空です");
  await expect(files.receive(bytes(`${headings}\r\n`))).rejects.toThrow("申請の行がありません");
  await expect(
    files.receive(bytes(`${headings.replace("受給者番号", "個人番号")}\r\n${line}\r\n`)),
  ).rejects.toThrow("1列目の見出し");
  const shifted = await files.receive(bytes(`${headings}\r\n,${line}\r\n${line.slice(1)},\r\n`));
  await files.take(shifted);
  expect((await files.faults(shifted)).map(([at, ...codes]) => [at, codes[0]])).toEqual([
    [2, "row:unreadable"],
    [3, "row:unreadable"],
  ]);
  const other = await files.bytesOf([rowOf(three, { day: "2", remark: "髙橋様" })], "shift_jis");
  const read = await files.receive(other);
  await files.take(read);
  expect((await files.file(read)).counts.claimed).toBe(1);
});

test("途中で止まっても、続きから一行ずつ一度だけ取り込まれ、二人が同時に進めても同じ", async () => {
  const rows = Array.from({ length: 12 }, (_, index) => rowOf(three, { day: String(index + 3) }));
  const fileId = await files.receive(await files.bytesOf(rows));
  let calls = 0;
  const dies = <T>(run: (work: Work) => Promise<T>): Promise<T> =>
    claims.as("clerk1", async (work) => {
      const done = await run(work);
      calls += 1;
      // The transaction is rolled back, as by a kill before it was committed.
      if (calls === 4) throw new Error("killed");
      return done;
    });
  await expect(takeRows(dies, claims.kind, fileId, Date.now() + 60_000)).rejects.toThrow("killed");
  expect((await files.file(fileId)).counts).toMatchObject({ claimed: 3, waiting: 9 });
  await Promise.all([files.take(fileId, "clerk1"), files.take(fileId, "clerk2")]);
  expect((await files.file(fileId)).counts).toMatchObject({ claimed: 12, waiting: 0, faulty: 0 });
  const cases =
    await city.admin`select distinct case_id from claims.file_row where file_id = ${fileId}`;
  expect(cases).toHaveLength(12);
});

test("申請が先に進む前なら、ファイルを取り消せる。取り消したファイルは、もう一度受け取れる", async () => {
  const bytes = await files.bytesOf([
    rowOf(one, { day: "25" }),
    rowOf(one, { day: "26", paid: "" }),
    rowOf(one, { day: "27", month: "?" }),
  ]);
  const fileId = await files.receive(bytes);
  await files.take(fileId);
  await claims.as("clerk2", (work) => takeFileBack(work, claims.kind, fileId));
  await withdrawClaims((run) => claims.as("clerk2", run), fileId, Date.now() + 60_000);
  const { state, counts } = await files.file(fileId);
  expect(state).toBe("taken-back");
  expect(counts).toMatchObject({ "taken-back": 2, dropped: 1 });
  const again = await files.receive(bytes);
  await files.take(again);
  expect((await files.file(again)).counts.claimed).toBe(1);
  await claims.accept("clerk2", { caseId: await caseIdOf(again), revision: 2 }, [
    { number: 1, code: "deadline-unknown", reason: "receipt-seen" },
  ]);
  await expect(
    claims.as("clerk2", (work) => takeFileBack(work, claims.kind, again)),
  ).rejects.toThrow("申請のうち1件は、先に進んでいる");
});
