import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { getCase, runEffects } from "#src/platform/cases/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { matchSources, writePeople } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import * as counter from "#src/programs/child-medical/index.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";

const test = await openTestPlatform();
const { platform } = test;
const { as, family, open, step, toExamination, toApproval, toIssued, effects } = counterOf(test);
const view = (caseId: string) => as("clerk2", (work) => counter.viewApplication(work, caseId));

describe("a child's 受給者証 at the counter", () => {
  it("goes from 申請受付 to 証交付 with period, numbers, notice and card", async () => {
    const at = await toIssued(await family());
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    const page = await view(at.caseId);
    expect(page.stateTitle).toBe("証交付");
    expect(page.entitlement).toMatchObject({ validTo: "2045-03-31", status: "granted" });
    expect(page.entitlement?.recipientNumber).toMatch(/^\d{7}$/);
    expect(page.documents.map((one) => one.kind).sort()).toEqual(["certificate", "grant"]);
    expect(page.documents.map((one) => one.number)).toContain("熊こ医第R8-000001号");
    expect(page.history.map((line) => line.title)).toEqual([
      "受け付ける",
      "本人確認を記録する",
      "申請内容を入力する",
      "書類を確認する",
      "審査に回す",
      "入力内容を確認する",
      "認定を起案する",
      "決裁に回す",
      "決裁する",
      "受給者証を交付する",
    ]);
    expect(
      page.picture.steps.filter((one) => one.position === "passed").map((one) => one.title),
    ).toEqual(["申請受付", "本人確認", "審査", "起案", "決裁", "認定"]);
  });

  it("what the register knows is filled in, and differences are marked", async () => {
    const personNumber = await family();
    const register = await as("clerk1", (work) => counter.lookAtRegister(work, personNumber));
    expect(counter.prefilledGuardian(register)).toMatchObject({
      name: "試験　太郎",
      kana: "シケン　タロウ",
      relation: "father",
      address: "熊本市中央区新町２丁目４番２７号",
    });
    let at = await toExamination(personNumber);
    expect((await view(at.caseId)).differences.filter((row) => row.differs)).toEqual([]);
    const moved = { ...inventedApplication.guardian, address: "熊本市東区健軍９丁目１番" };
    at = await step("clerk1", counter.enterApplication, at, {
      ...inventedApplication,
      guardian: moved,
    });
    const different = (await view(at.caseId)).differences.filter((row) => row.differs);
    expect(different.map((row) => row.label)).toEqual(["住所"]);
  });

  it("a correction is provisional again until somebody else confirms it", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", counter.confirmEntry, at);
    at = await step("clerk2", counter.enterApplication, at, inventedApplication);
    expect((await view(at.caseId)).entry?.confirmedBy).toBeNull();
    const own = step("clerk2", counter.confirmEntry, at);
    await expect(own).rejects.toMatchObject({
      reasons: ["入力した本人は確認できません。別の職員が確認してください。"],
    });
    await step("clerk1", counter.confirmEntry, at);
  });

  it("refuses a second application while one is under way", async () => {
    const personNumber = await family();
    await open("clerk1", personNumber);
    await expect(open("clerk2", personNumber)).rejects.toMatchObject({ status: 409 });
  });

  it("refuses surplus items and wrong numbers, saying which without repeating them", async () => {
    const at = await toExamination(await family());
    const wrong = {
      ...inventedApplication,
      insurance: { ...inventedApplication.insurance, insurerNumber: "01430017" },
      myNumber: "123456789018",
    };
    const refused = step(
      "clerk1",
      counter.enterApplication,
      at,
      wrong as typeof inventedApplication,
    );
    await expect(refused).rejects.toMatchObject({
      status: 422,
      details: [
        "保険者番号が正しくありません。桁数と検証番号を確かめてください。",
        "受け付けていない項目が含まれています。",
      ],
    });
  });

  it("asks for the identity check as promised: a photo document, two without, a 委任状 of an agent", async () => {
    const opened = await open("clerk1", await family());
    const at = { caseId: opened.id, revision: 1 };
    const check = (input: counter.IdentityInput) =>
      step("clerk1", counter.recordIdentityCheck, at, input);
    const tries: counter.IdentityInput[] = [
      {
        subject: "applicant",
        method: "notification-card",
        documents: ["pension"],
        mandateSeen: false,
      },
      { subject: "applicant", method: "two-documents", documents: ["pension"], mandateSeen: false },
      { subject: "agent", method: "number-card", documents: [], mandateSeen: false },
    ];
    for (const input of tries) await expect(check(input)).rejects.toMatchObject({ status: 422 });
    const done = await check({
      subject: "agent",
      method: "notification-card",
      documents: ["licence"],
      mandateSeen: true,
    });
    expect(done.state).toBe("identity");
    const past = as(
      "clerk1",
      (work) => work.sql`insert into child_medical.identity_check
      (case_id, subject, method, documents, mandate_seen, checked_on) values (${opened.id}, 'agent', 'number-card', '{}', false, '2026-11-20')`,
    );
    await expect(past).rejects.toMatchObject({ constraint_name: "identity_check_mandate" });
  });
});

describe("other ways of an application", () => {
  it("保留: a letter names what is missing; when it is there the case goes on", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", counter.recordDocuments, at, { "account-proof": "missing" });
    at = await step("clerk2", counter.hold, at, "2026-12-04");
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    const page = await view(at.caseId);
    expect(page).toMatchObject({ stateTitle: "保留", deadline: "2026-12-04" });
    expect(page.documents.map((one) => one.kind)).toEqual(["hold"]);
    expect(page.actions.find((one) => one.type === "resume")?.reasons).toEqual([
      "不足している書類があります。",
    ]);
    at = await step("clerk1", counter.recordDocuments, at, { "account-proof": "seen" });
    at = await step("clerk1", counter.resumeExamination, at);
    expect((await view(at.caseId)).deadline).toBeUndefined();
  });

  it("却下 goes through a decision, with its reason in the notice", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", counter.confirmEntry, at);
    at = await step("clerk2", counter.proposeRejection, at, { reason: "insurance" });
    at = await step("clerk2", counter.requestDecision, at);
    at = await step("supervisor1", counter.approve, at);
    expect(at.state).toBe("rejected");
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    expect((await view(at.caseId)).documents.map((one) => one.kind)).toEqual(["rejection"]);
    await open("clerk1", (await as("clerk1", (work) => getCase(work, at.caseId))).personNumber);
  });

  it("取下げ ends the case, also when it was proposed", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", counter.confirmEntry, at);
    at = await step("clerk2", counter.proposeGrant, at);
    at = await step("clerk1", counter.withdraw, at);
    expect((await view(at.caseId)).approvals).toMatchObject([{ decision: "retracted" }]);
    expect(at.state).toBe("withdrawn");
  });

  it("職権取消 takes two people, frees the period and ends the card", async () => {
    const personNumber = await family();
    let at = await toIssued(personNumber);
    at = await step("supervisor1", counter.proposeRevocation, at, { reason: "mistake" });
    const own = step("supervisor1", counter.revoke, at);
    await expect(own).rejects.toMatchObject({ reasons: ["起案した本人は決裁できません。"] });
    at = await step("supervisor2", counter.revoke, at);
    expect(await effects(at.caseId)).toEqual({ done: 2, failed: 0 });
    const page = await view(at.caseId);
    expect(page.entitlement?.status).toBe("revoked");
    expect(page.certificates).toMatchObject([{ ending: "revoked" }]);
    expect((await toIssued(personNumber)).state).toBe("issued");
  });

  it("two periods of one child never overlap, whoever tries", async () => {
    const personNumber = await family();
    await toIssued(personNumber);
    const second = await toExamination(personNumber);
    const confirmed = await step("clerk2", counter.confirmEntry, second);
    const again = step("clerk2", counter.proposeGrant, confirmed);
    await expect(again).rejects.toMatchObject({
      reasons: ["同じ子に、期間の重なる資格があります。"],
    });
    const past = as(
      "clerk2",
      (work) => work.sql`insert into child_medical.entitlement
        (person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select person_number, ${second.caseId}, recipient_number, office_code, valid_to, valid_to, valid_to, granted_on
        from child_medical.entitlement where person_number = ${personNumber}`,
    );
    await expect(past).rejects.toMatchObject({ constraint_name: "entitlement_no_overlap" });
  });
});

describe("受給者証", () => {
  it("再交付 makes the older card invalid; 返還 and 無効 leave none valid; the history keeps them all", async () => {
    let at = await toIssued(await family());
    at = await step("clerk1", counter.reissueCertificate, at, { reason: "lost" });
    at = await step("clerk1", counter.recordReturnedCertificate, at);
    at = await step("clerk1", counter.reissueCertificate, at, { reason: "damaged" });
    at = await step("clerk1", counter.cancelCertificate, at);
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

  it("is printed again as it was issued, to the byte, even after the data have changed", async () => {
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

  it("of a protected child is made only by those who may see the address, and by no clock", async () => {
    const personNumber = await family({ protection: { from: "2026-06-01" } });
    const at = await step("supervisor1", counter.approve, await toApproval(personNumber));
    await expect(step("clerk1", counter.issueCertificate, at)).rejects.toMatchObject({
      status: 403,
    });
    for (const who of [await test.actor("clerk1"), await test.system()]) {
      expect(await runEffects(platform, who, at.caseId)).toEqual({ done: 0, failed: 1 });
    }
    const seenByClerk = await view(at.caseId);
    expect(seenByClerk.pending).toMatchObject([
      { type: "letter", failure: expect.stringContaining("支援措置") },
    ]);
    expect(JSON.stringify([seenByClerk.application, seenByClerk.differences])).not.toContain(
      "新町",
    );
    expect(await runEffects(platform, await test.actor("supervisor1"), at.caseId)).toEqual({
      done: 1,
      failed: 0,
    });
    expect((await step("supervisor1", counter.issueCertificate, at)).state).toBe("issued");
  });

  it("carries a statement that the public key alone verifies, and that no change survives", () => {
    const key = platform.keys.signingKey;
    const statement: counter.Statement = {
      payerNumber: "83430017",
      recipientNumber: "0000018",
      birthDate: "2026-05-10",
      from: "2026-11-20",
      until: "2045-03-31",
      issuedOn: "2026-11-20",
      issue: 1,
    };
    const text = counter.signStatement(statement, key);
    expect(text.length).toBeLessThan(180);
    const publicKey = createPublicKey(counter.statementPublicKey(key));
    expect(counter.verifyStatement(text, publicKey, "2026-12-01")).toEqual({
      genuine: true,
      statement,
      problems: [],
    });
    expect(counter.verifyStatement(text, publicKey, "2045-04-01").problems).toEqual([
      "有効期間が終了しています。",
    ]);
    for (let at = 4; at < text.indexOf(".", 5); at++) {
      const other = text[at] === "1" ? "2" : "1";
      const forged = text.slice(0, at) + other + text.slice(at + 1);
      expect(counter.verifyStatement(forged, publicKey, "2026-12-01").genuine, forged).toBe(false);
    }
    expect(
      counter.verifyStatement("https://example.invalid/", publicKey, "2026-12-01").genuine,
    ).toBe(false);
  });
});

describe("changes and loss", () => {
  const opening = (
    entitlementId: string,
    given: Partial<counter.ChangeOpening>,
  ): counter.ChangeOpening => ({
    entitlementId,
    subject: "mailing",
    occursOn: "2026-12-01",
    origin: "report",
    idempotencyKey: `change-${entitlementId}-${given.subject}`,
    ...given,
  });
  const entitlementIdOf = async (caseId: string) => (await view(caseId)).entitlement?.id ?? "";

  /** The papers of a report once its effects are done. */
  const lettersAfter = async (caseId: string) => {
    expect(await effects(caseId)).toMatchObject({ failed: 0 });
    const kept = await as("clerk2", (work) => documentsOf(work, caseId));
    return kept.map(({ kind }) => kind);
  };

  it("a new mailing address holds after another person confirmed it", async () => {
    const { caseId } = await toIssued(await family());
    const id = await entitlementIdOf(caseId);
    const found = await as("clerk1", (work) => counter.openChange(work, opening(id, {})));
    const mailing = {
      name: "試験　祖母",
      postalCode: "8620903",
      address: "熊本市東区若葉１丁目１番",
      building: "",
    };
    const change = counter.changeSteps;
    let at: { caseId: string; revision: number } = { caseId: found.id, revision: 1 };
    at = await step("clerk1", change.recordIdentity, at, {
      subject: "applicant",
      method: "number-card",
      documents: [],
      mandateSeen: false,
    });
    at = await step("clerk1", change.enter, at, { mailing });
    at = await step("clerk1", change.submit, at);
    await expect(step("clerk1", change.apply, at)).rejects.toMatchObject({
      reasons: ["入力内容が別の職員によって確認されていません。"],
    });
    at = await step("clerk2", change.confirm, at);
    expect(await step("clerk2", change.apply, at)).toMatchObject({ state: "applied" });
    const before = await as("clerk2", (work) => counter.viewChange(work, found.id));
    expect(before.current.mailing).toBeNull();
    platform.clock.moveTo("2026-12-01");
    const page = await as("clerk2", (work) => counter.viewChange(work, found.id));
    expect(page.current.mailing).toEqual(mailing);
    expect(page.current.insurance).toEqual(inventedApplication.insurance);
    const application = await view(caseId);
    expect(application.current?.mailing).toEqual(mailing);
    expect(await lettersAfter(found.id)).toEqual(["change"]);
    expect(application.records.map((row) => row.effectiveFrom)).toEqual([
      "2026-12-01",
      "2026-11-20",
    ]);
  });

  it("an out-move in the resident feed opens a loss, which people confirm and decide", async () => {
    const personNumber = await family({ sourceId: "S-mover" });
    const { caseId } = await toIssued(personNumber);
    const system = await test.system();
    const gone = invented({
      sourceId: "S-mover",
      birthDate: "2026-05-10",
      residence: {
        from: "2026-05-10",
        fromReason: "birth",
        to: "2026-12-10",
        toReason: "move-out",
      },
    });
    await runWork(platform, system, { purpose: "feed" }, async (work) => {
      const known = (await matchSources(work, ["S-mover"])).get("S-mover");
      return writePeople(work, [{ personNumber, key: known?.key, record: gone }]);
    });
    platform.clock.moveTo("2026-12-11");
    expect(await counter.openLossesFromRegister(platform, system)).toBe(1);
    expect(await counter.openLossesFromRegister(platform, system)).toBe(0);
    const [row] = await as(
      "clerk1",
      (work) => work.sql<{ id: string; revision: number }[]>`
      select id, revision from cases.case where kind = 'child-medical-change' and person_number = ${personNumber}`,
    );
    const change = counter.changeSteps;
    let at: { caseId: string; revision: number } = {
      caseId: row?.id ?? "",
      revision: row?.revision ?? 0,
    };
    at = await step("clerk1", change.confirm, at);
    at = await step("clerk1", change.requestDecision, at);
    await step("supervisor1", change.approve, at);
    const page = await view(caseId);
    expect(page.entitlement).toMatchObject({
      status: "lost",
      lossReason: "moved-out",
      lostOn: "2026-12-10",
      validTo: "2026-12-09",
    });
    expect(page.certificates[0]?.ending).toBe("lost-entitlement");
    expect(await lettersAfter(at.caseId)).toEqual(["loss"]);
    platform.clock.moveTo("2026-11-20");
  });
});
