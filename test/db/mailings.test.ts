import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  endContractor,
  handOverPackage,
  listItems,
  previewRun,
  recordErasure,
  recordReceipt,
  registerContractor,
  releaseItem,
  takeOutPackage,
} from "#src/platform/mailings/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, manifestOf, oneYearOlds } from "#test/support/mailings.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  const [child = oneYearOlds(1)[0]] = oneYearOlds(1);
  if (!child) throw new Error("no child");
  await mail.enter([
    ...oneYearOlds(30),
    ...oneYearOlds(2, { protection: { from: "2026-06-01" } }),
    ...oneYearOlds(1, { name: { kanji: "試験　葛󠄂子", kana: "シケン　カツコ" } }),
    ...oneYearOlds(1, { address: { ...child.address, postalCode: "", town: "" } }),
    ...oneYearOlds(1, {
      residence: {
        from: "2025-12-02",
        fromReason: "birth",
        to: "2026-11-01",
        toReason: "move-out",
      },
    }),
    ...oneYearOlds(1, {
      diedOn: "2026-10-01",
      residence: { from: "2025-12-02", fromReason: "birth", to: "2026-10-01", toReason: "death" },
    }),
  ]);
});

describe("一括発送", () => {
  test("抽出すると、送るもの・保留・除外が理由ごとに分かる", async () => {
    const { counts } = await mail.details(await mail.extracted());
    expect(counts).toMatchObject({ ready: 30, held: 2, leftOut: 4 });
    expect(Object.fromEntries(counts.byReason.map((one) => [one.reason, one.count]))).toEqual({
      protected: 2,
      "no-glyph": 1,
      "no-address": 1,
      "moved-out": 1,
      deceased: 1,
    });
  });

  test("準備した人も、承認を求めた人も承認できない。データベースも拒む", async () => {
    const run = await mail.step("operator1", await mail.extracted(), "submit");
    await expect(mail.step("operator1", run, "approve")).rejects.toMatchObject({ status: 403 });
    await expect(
      home.admin`update mailings.batch_run set approved_by = prepared_by, approved_revision = revision,
        dated_on = '2026-11-20' where id = ${run.id}`,
    ).rejects.toThrow(/batch_run_two_people|not to be approved/);
    await expect(
      mail.as(
        "supervisor1",
        (
          work,
        ) => work.sql`update mailings.batch_run set state = 'approved', revision = revision + 1,
          approved_by = ${run.preparedBy}, approved_revision = revision, dated_on = '2026-11-20' where id = ${run.id}`,
      ),
    ).rejects.toThrow();
  });

  test("見ていない版は承認できず、何が起きたかが分かる", async () => {
    const seen = await mail.step("operator1", await mail.extracted(), "submit");
    await mail.step("supervisor2", seen, "return", "対象月を確かめてください");
    await expect(mail.step("supervisor1", seen, "approve")).rejects.toMatchObject({
      status: 409,
      details: [expect.stringContaining("差し戻す")],
    });
    const { steps } = await mail.details(seen);
    expect(steps.at(-1)).toMatchObject({ comment: "対象月を確かめてください" });
  });

  test("支援措置の保留は、決裁者が理由を書いて一件ずつ解除する", async () => {
    const run = await mail.extracted();
    const { items } = await mail.as("supervisor1", (work) =>
      listItems(work, run.id, { state: "held" }),
    );
    const [first] = items;
    const release = (who: "operator1" | "supervisor1", reason: string) =>
      mail.as(who, (work) =>
        releaseItem(work, {
          runId: run.id,
          expectedRevision: run.revision,
          place: first?.place ?? 0,
          reason,
        }),
      );
    await expect(release("operator1", "確認済み")).rejects.toThrow();
    await expect(release("supervisor1", " ")).rejects.toMatchObject({ status: 422 });
    await release("supervisor1", "本人に電話で確認した");
    const { counts, run: after } = await mail.details(run);
    expect(counts).toMatchObject({ ready: 31, held: 1 });
    expect(after.revision).toBe(run.revision + 1);
    await expect(
      mail.as(
        "operator1",
        (work) => work.sql`update mailings.batch_item set state = 'ready', reason = null
          where run_id = ${run.id} and state = 'held'`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("実際の頁を作る前に見られ、支援措置の人は含まれない", async () => {
    const run = await mail.extracted();
    const pdf = await mail.as("supervisor1", (work) => previewRun(work, run.id));
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
  });

  test("契約期間の終わった委託先では始められず、鍵でないものは登録できない", async () => {
    await expect(
      mail.as("scheme1", (work) =>
        registerContractor(work, {
          name: "鍵なし",
          contractFrom: "2026-04-01",
          contractTo: "2027-03-31",
          publicKey: "age1xyz",
        }),
      ),
    ).rejects.toMatchObject({ status: 422 });
    const other = await mailingsOf(home);
    await mail.as("scheme1", (work) => endContractor(work, other.contractorId));
    await expect(other.create()).rejects.toMatchObject({ status: 422 });
  });

  test("承認から引渡し・受領・消去報告まで進み、次の回は送付済みを除く", async () => {
    const run = await mail.approved(await mail.extracted());
    const { run: done, counts, files } = await mail.make(run);
    expect(done).toMatchObject({ state: "complete", madeCount: 30, datedOn: "2026-11-20" });
    expect(counts).toMatchObject({ made: 30, held: 2 });

    const opened = await mail.open(run);
    const [manifest, index] = [manifestOf(opened), indexOf(opened)];
    expect(manifest).toMatchObject({ pieces: 30, missingNumbers: [] });
    expect(index).toHaveLength(30);
    for (const { pieceNumber = "" } of index)
      expect(withCheckDigit(pieceNumber.slice(0, 9))).toBe(pieceNumber);
    expect(index.map(({ postalCode = "" }) => postalCode)).toEqual(
      index.map(({ postalCode = "" }) => postalCode).toSorted(),
    );
    for (const file of [...manifest.files, manifest.index])
      expect(
        createHash("sha256")
          .update(opened.get(file.name) ?? "")
          .digest("hex"),
      ).toBe(file.sha256);
    expect(files.find(({ kind }) => kind === "package")?.pieces).toBe(30);

    await mail.as("operator1", (work) =>
      handOverPackage(work, { runId: run.id, expectedRevision: done.revision, manner: "transfer" }),
    );
    await mail.as("operator1", (work) =>
      recordReceipt(work, {
        runId: run.id,
        expectedRevision: done.revision + 1,
        receivedOn: "2026-11-20",
        receiptNumber: "受-001",
      }),
    );
    await mail.as("operator1", (work) =>
      recordErasure(work, {
        runId: run.id,
        expectedRevision: done.revision + 2,
        erasedOn: "2026-11-20",
        erasureReport: "消-001",
      }),
    );
    const closed = await mail.details(run);
    expect(closed.run.state).toBe("closed");
    expect(closed.handOver).toMatchObject({ pieces: 30, receiptNumber: "受-001" });

    const next = await mail.details(await mail.extracted());
    expect(next.counts).toMatchObject({ ready: 0, held: 2 });
    expect(next.counts.byReason.find(({ reason }) => reason === "already-sent")?.count).toBe(30);
  });

  test("発送データは権限のある人が期間内に取り出せ、取り出しは記録される", async () => {
    const [run] = await home.admin<{ id: string }[]>`
      select id from mailings.batch_run where state = 'closed'`;
    const id = run?.id ?? "";
    await expect(mail.as("supervisor1", (work) => takeOutPackage(work, id))).rejects.toThrow();
    await mail.as("operator1", (work) => takeOutPackage(work, id));
    const [logged] = await home.admin`
      select count(*)::int as n from audit.record where action = 'mailing.downloaded'`;
    expect(logged?.n).toBeGreaterThan(0);
    home.platform.clock.moveTo("2027-01-15");
    await expect(mail.as("operator1", (work) => takeOutPackage(work, id))).rejects.toMatchObject({
      status: 422,
    });
    home.platform.clock.moveTo("2026-11-20");
  });
});
