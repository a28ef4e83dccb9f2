import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runEffects } from "#src/platform/cases/index.ts";
import { printDocument } from "#src/platform/documents/index.ts";
import {
  type Statement,
  signStatement,
  verifyStatement,
} from "#src/platform/entitlements/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const test = await openTestPlatform();
const { platform } = test;
const { as, family, step, toApproval, toIssued, view } = counterOf(test);

describe("受給者証", () => {
  it("再交付で前の証は無効になり、返還と無効の後は有効な証がなく、履歴にはすべて残る", async () => {
    let at = await toIssued(await family());
    at = await step("clerk1", "reissue", at, { input: { reason: "lost" } });
    at = await step("clerk1", "returnCertificate", at);
    at = await step("clerk1", "reissue", at, { input: { reason: "damaged" } });
    at = await step("clerk1", "cancelCertificate", at);
    const page = await view(at.caseId);
    expect(page.certificates.map(({ issue, reason, ending }) => [issue, reason, ending])).toEqual([
      [3, "damaged", "cancelled"],
      [2, "lost", "returned"],
      [1, "first", "replaced"],
    ]);
    expect(page.actions.find((one) => one.type === "returnCertificate")?.reasons).toEqual([
      "有効な受給者証がありません。",
    ]);
  });

  it("情報が変わった後でも、発行したときと1バイトも違わずに再び印刷される", async () => {
    const at = await toIssued(await family());
    const [card] = (await view(at.caseId)).documents;
    const first = await as("clerk1", (work) => printDocument(work, card?.id ?? ""));
    test.platform.clock.moveTo("2027-01-15");
    const later = await as("clerk2", (work) => printDocument(work, card?.id ?? ""));
    test.platform.clock.moveTo("2026-11-20");
    expect(Buffer.from(later.pdf).equals(Buffer.from(first.pdf))).toBe(true);
    expect(Buffer.from(first.pdf.subarray(0, 5)).toString()).toBe("%PDF-");
    const prints = await as(
      "clerk1",
      (work) =>
        work.sql`select count(*)::int as n from documents.print where document_id = ${card?.id ?? ""}`,
    );
    expect(prints[0]?.n).toBe(2);
  });

  it("支援措置の子の証は、住所を見てよい職員だけが作れ、定時処理では作れない", async () => {
    const personNumber = await family({ protection: { from: "2026-06-01" } });
    const at = await step("supervisor1", "approve", await toApproval(personNumber));
    await expect(step("clerk1", "issue", at)).rejects.toMatchObject({
      status: 403,
    });
    for (const who of [await test.actor("clerk1"), await test.system()]) {
      expect(await runEffects(platform, who, at.caseId)).toEqual({ done: 0, failed: 1 });
    }
    const seenByClerk = await view(at.caseId);
    expect(seenByClerk.pending).toMatchObject([
      { type: "letter", failure: expect.stringContaining("支援措置") },
    ]);
    expect(JSON.stringify([seenByClerk.entered, seenByClerk.register.subject])).not.toContain(
      "新町",
    );
    expect(await runEffects(platform, await test.actor("supervisor1"), at.caseId)).toEqual({
      done: 1,
      failed: 0,
    });
    expect((await step("supervisor1", "issue", at)).state).toBe("issued");
  });

  it("同じ世帯の人が支援措置の対象なら、住所を見られない職員は、住所の抜けた証を作れない", async () => {
    const personNumber = await family({}, { protection: { from: "2026-06-01" } });
    const at = await step("supervisor1", "approve", await toApproval(personNumber));
    await expect(step("clerk1", "issue", at)).rejects.toMatchObject({
      status: 403,
    });
    expect(await runEffects(platform, await test.actor("supervisor1"), at.caseId)).toEqual({
      done: 1,
      failed: 0,
    });
    expect((await step("supervisor1", "issue", at)).state).toBe("issued");
  });

  it("証に載る署名付きの記載は公開鍵だけで確かめられ、どこを書き換えても見破られる", () => {
    const key = platform.keys.signingKey;
    const scheme = childMedical.certificate.statement;
    const statement: Statement = {
      payerNumber: "83430017",
      recipientNumber: "0000018",
      birthDate: "2026-05-10",
      from: "2026-11-20",
      until: "2045-03-31",
      issuedOn: "2026-11-20",
      issue: 1,
    };
    const text = signStatement(statement, scheme, key);
    expect(text.length).toBeLessThan(180);
    const publicKey = createPublicKey(key);
    expect(verifyStatement(text, [scheme], { key: publicKey, today: "2026-12-01" })).toEqual({
      genuine: true,
      prefix: "KM1",
      program: "child-medical",
      statement,
      problems: [],
    });
    expect(
      verifyStatement(text, [scheme], { key: publicKey, today: "2045-04-01" }).problems,
    ).toEqual(["有効期間が終了しています。"]);
    for (let at = 4; at < text.indexOf(".", 5); at++) {
      const other = text[at] === "1" ? "2" : "1";
      const forged = text.slice(0, at) + other + text.slice(at + 1);
      expect(
        verifyStatement(forged, [scheme], { key: publicKey, today: "2026-12-01" }).genuine,
        forged,
      ).toBe(false);
    }
    expect(
      verifyStatement("https://example.invalid/", [scheme], {
        key: publicKey,
        today: "2026-12-01",
      }).genuine,
    ).toBe(false);
  });
});
