import { describe, expect, test } from "vitest";
import {
  decideReceipts,
  getFile,
  judgeAgain,
  judgeFile,
  moveFile,
  settleDecisions,
} from "#src/platform/receipts/index.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const home = await openTestPlatform();
const { admin, platform } = home;
const { entitled, ukeFor, receive, judged, approve, committed, outcomes, ledger, inReceipts } =
  receiptsOf(home);

const openDecisions = async (fileId: string) =>
  (
    await admin<
      { id: number }[]
    >`select id from receipts.decision where file_id = ${fileId} and decision is null`
  ).map(({ id }) => id);

describe("レセプトの受取と点検", () => {
  test("受け取ったレセプトは封印され、病名は残らず、反映のあとには氏名も消える", async () => {
    const fileId = await receive(ukeFor(await entitled(3)));
    const sealed = () =>
      admin<
        { count: number }[]
      >`select count(*)::integer as count from vault.sealed_record where holder = ${`receipts:${fileId}`}`;
    // Lines, and names in portions of their own.
    expect(await sealed()).toEqual([{ count: 2 }]);
    await judgeFile(platform, await home.system(), fileId);
    await approve(fileId);
    await postFile(platform, await home.system(), fileId);
    expect(await sealed()).toEqual([{ count: 0 }]);
    expect(
      await admin`select from vault.holder_key where holder = ${`receipts:${fileId}`}`,
    ).toHaveLength(0);
    const [kept] = await admin<{ text: string }[]>`
      select string_agg(r::text, ' ') as text from receipts.receipt r where file_id = ${fileId}`;
    expect(kept?.text).not.toMatch(/試験|シケン|8830592/);
  });

  test("どこにも問題のないレセプトは、点数から求めた助成額で給付台帳に載る", async () => {
    const people = await entitled(20);
    const fileId = await committed(ukeFor(people));
    expect((await outcomes(fileId)).filter(({ outcome }) => outcome !== "clear")).toEqual([]);
    const rows = await admin<
      { points: number; subsidy: number; patient_pays: number; insured: number }[]
    >`
      select points::integer, subsidy::integer, patient_pays::integer, insured::integer from receipts.benefit where file_id = ${fileId}`;
    expect(rows).toHaveLength(20);
    for (const { points, subsidy, patient_pays: pays, insured } of rows) {
      expect(insured).toBe(points * 8);
      expect(subsidy + pays).toBe(points * 2);
    }
    expect((await ledger(fileId))?.count).toBe(20);
  });

  test("誤りは、番号・資格・生年月日・診療年月・一部負担金・重複のどれも、その件にだけ付く", async () => {
    const people = await entitled(40);
    const fileId = await judged(ukeFor(people, { faultEvery: 5, count: 40, institutions: 1 }));
    const found = (await outcomes(fileId)).filter(({ outcome }) => outcome !== "clear");
    expect(found.map(({ row, outcome, codes }) => [row, outcome, codes.join()])).toEqual([
      [5, "blocked", "number-unknown"],
      [10, "doubtful", "copay-differs"],
      [15, "doubtful", "birth-differs"],
      [20, "blocked", "future-month"],
      [25, "doubtful", "duplicate"],
      [30, "blocked", "number-unknown"],
      [35, "doubtful", "copay-differs"],
      [40, "doubtful", "birth-differs"],
    ]);
    // The list of files tells of which 事務 they are.
    const [file] = await admin`select programs from receipts.file where id = ${fileId}`;
    expect(file?.programs).toEqual(["child-medical"]);
  });

  test("資格のない人、期間の外、停止中、前の番号、桁の足りない番号を見分ける", async () => {
    const [none, outside, suspended, old, padded] = [
      await entitled(1),
      await entitled(1, { from: "2026-10-01" }),
      await entitled(1, { status: "suspended" }),
      await entitled(1),
      await entitled(1),
    ].flat();
    if (!none || !outside || !suspended || !old || !padded) throw new Error("nobody");
    await admin`delete from entitlements.entitlement where id = ${none.entitlementId}`;
    await admin`update entitlements.recipient set valid_to = '2026-08-31' where recipient_number = ${old.recipientNumber}`;
    await admin`update entitlements.recipient set recipient_number = '0012345' where recipient_number = ${padded.recipientNumber}`;
    const fileId = await judged(
      ukeFor([none, outside, suspended, old, { ...padded, recipientNumber: "12345" }]),
    );
    expect((await outcomes(fileId)).map(({ outcome, codes }) => [outcome, ...codes])).toEqual([
      ["blocked", "no-entitlement"],
      ["blocked", "old-number", "outside-period"],
      ["blocked", "suspended"],
      ["clear", "old-number"],
      ["clear", "format-remark", "number-padded"],
    ]);
  });

  test("同じファイルは二度受け取らず、先のものを示す。取り消せば受け取れる", async () => {
    const bytes = ukeFor(await entitled(2));
    const first = await receive(bytes);
    await expect(receive(bytes)).rejects.toThrow(
      "同じ内容のファイルをもう受け取っています（支払基金 2026年10月請求分）。",
    );
    await inReceipts("operator1", async (work) =>
      moveFile(work, await getFile(work, first), "cancel", "取り消されました。"),
    );
    expect(await receive(bytes)).not.toBe(first);
  });
});

describe("決定と反映", () => {
  test("取り込んだ本人は反映を承認できない", async () => {
    const fileId = await judged(ukeFor(await entitled(1)));
    await expect(approve(fileId, "operator1")).rejects.toThrow();
    await expect(approve(fileId, "supervisor1")).resolves.toBeUndefined();
  });

  test("額の違うものは二人で支払うと決めたときだけ台帳に載り、保留は載らない", async () => {
    const people = await entitled(10);
    const fileId = await committed(ukeFor(people, { faultEvery: 5, seed: 7, institutions: 1 }));
    expect((await ledger(fileId))?.count).toBe(8);
    await inReceipts("clerk1", (work) =>
      decideReceipts(work, { fileId, rows: [10], action: "accept", reason: "within-ordinance" }),
    );
    expect((await outcomes(fileId))[9]).toMatchObject({ decided: "asked", posted: false });
    const ids = await openDecisions(fileId);
    await expect(
      inReceipts("clerk1", (work) => settleDecisions(work, { ids, approve: true })),
    ).rejects.toThrow();
    await inReceipts("supervisor1", (work) => settleDecisions(work, { ids, approve: true }));
    expect((await outcomes(fileId))[9]).toMatchObject({ decided: "accepted", posted: true });
    expect((await ledger(fileId))?.count).toBe(9);
    await expect(
      inReceipts("clerk1", (work) =>
        decideReceipts(work, { fileId, rows: [5], action: "accept", reason: "within-ordinance" }),
      ),
    ).rejects.toThrow("いまはこのように決められない");
    await inReceipts("clerk1", (work) =>
      decideReceipts(work, { fileId, rows: [5], action: "return", reason: "wrong-number" }),
    );
    expect((await outcomes(fileId))[4]).toMatchObject({ decided: "returned", posted: false });
  });

  test("あとから資格が付いたものは、もう一度点検すると台帳に載る", async () => {
    const [whose] = await entitled(1, { from: "2026-10-01" });
    if (!whose) throw new Error("nobody");
    const fileId = await committed(ukeFor([whose]));
    expect(await ledger(fileId)).toMatchObject({ count: 0 });
    await admin`update entitlements.entitlement set valid_from = '2026-04-01' where id = ${whose.entitlementId}`;
    await admin`update entitlements.recipient set valid_from = '2026-04-01' where recipient_number = ${whose.recipientNumber}`;
    await inReceipts("clerk1", (work) => judgeAgain(work, { fileId, rows: [1] }));
    expect(await outcomes(fileId)).toMatchObject([{ outcome: "clear", posted: true, codes: [] }]);
  });

  test("点検のあとに資格を失った人の分は、反映されずに残る", async () => {
    const people = await entitled(3);
    const fileId = await judged(ukeFor(people));
    await admin`update entitlements.entitlement set status = 'revoked', lost_on = valid_from, loss_reason = 'mistake' where id = ${people[1]?.entitlementId ?? ""}`;
    await approve(fileId);
    await postFile(platform, await home.system(), fileId);
    const [, second] = await outcomes(fileId);
    expect(second).toMatchObject({ outcome: "blocked", posted: false, codes: ["moved-on"] });
    expect(await ledger(fileId)).toMatchObject({ count: 2 });
  });

  test("ほかの経路の同じ請求は重複とされ、返戻したものの再請求は重複とされない", async () => {
    const people = await entitled(2);
    const given = { seed: 3, institutions: 1 };
    const first = await committed(ukeFor(people, given));
    const second = await judged(ukeFor(people, { ...given, examiner: "2" }), {
      channel: "federation",
    });
    expect((await outcomes(second)).map(({ codes }) => codes.join())).toEqual([
      "duplicate",
      "duplicate",
    ]);
    await inReceipts("operator1", async (work) =>
      moveFile(work, await getFile(work, second), "cancel", "取り消されました。"),
    );
    await inReceipts("operator2", async (work) =>
      moveFile(work, await getFile(work, first), "askWithdrawal"),
    );
    await expect(
      inReceipts("operator2", async (work) =>
        moveFile(work, await getFile(work, first), "withdraw"),
      ),
    ).rejects.toThrow();
    await inReceipts("supervisor1", async (work) =>
      moveFile(work, await getFile(work, first), "withdraw"),
    );
    expect(await ledger(first)).toMatchObject({ count: 4, subsidy: 0, pays: 0 });
    const third = await judged(ukeFor(people, given));
    expect((await outcomes(third)).map(({ outcome }) => outcome)).toEqual(["clear", "clear"]);
  });
});
