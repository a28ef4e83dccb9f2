import { describe, expect, it } from "vitest";
import { openApplication, viewApplication } from "#src/platform/applications/index.ts";
import {
  applyEvent,
  CaseConflict,
  CaseRefusal,
  fireDeadlines,
  getCase,
} from "#src/platform/cases/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const test = await openTestPlatform();
const { as, family, open, step, toExamination, toApproval } = counterOf(test);
const refusal = async (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("was allowed");
    },
    (error: unknown) => {
      if (!(error instanceof CaseRefusal)) throw error;
      return error;
    },
  );

describe("the one door", () => {
  it("tells a clerk with an old page who did what since", async () => {
    const at = await toExamination(await family());
    await step("clerk2", "confirm", at);
    const late = step("clerk1", "propose", at);
    await expect(late).rejects.toBeInstanceOf(CaseConflict);
    await expect(late).rejects.toMatchObject({
      status: 409,
      missed: [{ staffName: "窓口 二郎", title: "入力内容を確認する" }],
      details: [expect.stringContaining("窓口 二郎: 入力内容を確認する")],
    });
  });

  it("answers the same to the same key, and makes the step once", async () => {
    const at = await toExamination(await family());
    const request = { ...at, expectedRevision: at.revision, idempotencyKey: "twice" };
    const confirm = () =>
      as("clerk2", (work) => applyEvent(work, { ...request, event: { type: "confirm" } }));
    const first = await confirm();
    const second = await confirm();
    expect(second).toEqual(first);
    const found = await as("clerk2", (work) => getCase(work, at.caseId));
    expect(found.revision).toBe(first.revision);
  });

  it("opens one case for a form that was sent twice at once", async () => {
    const personNumber = await family();
    const opening = {
      personNumber,
      receivedOn: "2026-11-20",
      idempotencyKey: "double-click",
    } as const;
    const [one, two] = await Promise.all(
      [1, 2].map(() => as("clerk1", (work) => openApplication(work, childMedical, opening))),
    );
    expect(one?.id).toBe(two?.id);
    expect(one?.number).toMatch(/^R8-\d{6}$/);
  });

  it("refuses with the reasons and with what is allowed instead", async () => {
    const opened = await open("clerk1", await family());
    const refused = await refusal(step("clerk1", "propose", { caseId: opened.id, revision: 1 }));
    expect(refused.because).toBe("wrong-state");
    expect(refused.allowed).toEqual(["recordIdentity", "withdraw"]);
    expect(refused.message).toBe("「申請受付」の段階では「認定を起案する」はできません。");
  });

  it("refuses who lacks the right, and wants a comment where one is due", async () => {
    const at = await toApproval(await family());
    const noRight = await refusal(step("clerk1", "approve", at));
    expect(noRight).toMatchObject({ because: "no-right", status: 403 });
    const request = {
      caseId: at.caseId,
      expectedRevision: at.revision,
      idempotencyKey: "no comment",
    };
    const silent = await refusal(
      as("supervisor1", (work) => applyEvent(work, { ...request, event: { type: "remand" } })),
    );
    expect(silent).toMatchObject({ because: "comment-missing", status: 422 });
  });

  it("leaves nothing behind when a step fails half way", async () => {
    const at = await toExamination(await family());
    const wrong = step("clerk1", "recordIdentity", at);
    await expect(wrong).rejects.toBeInstanceOf(CaseRefusal);
    const bad = as("clerk1", (work) =>
      applyEvent(work, {
        caseId: at.caseId,
        expectedRevision: at.revision,
        event: { type: "enter" },
        idempotencyKey: "bad",
        input: { surplus: "受け付けない項目" },
      }),
    );
    await expect(bad).rejects.toMatchObject({ status: 422 });
    const found = await as("clerk1", (work) => getCase(work, at.caseId));
    expect(found.revision).toBe(at.revision);
  });

  it("cannot be got round: the database refuses a state without its event, and a changed history", async () => {
    const at = await toExamination(await family());
    const bare = as(
      "clerk2",
      (work) =>
        work.sql`update cases.case set state = 'certified', revision = revision + 1 where id = ${at.caseId}`,
    );
    await expect(bare).rejects.toMatchObject({ code: "MD011" });
    const jump = as(
      "clerk2",
      (work) => work.sql`update cases.case set revision = revision + 2 where id = ${at.caseId}`,
    );
    await expect(jump).rejects.toMatchObject({ code: "MD010" });
    const rewrite = as(
      "clerk2",
      (work) => work.sql`update cases.event set type = 'approve' where case_id = ${at.caseId}`,
    );
    await expect(rewrite).rejects.toMatchObject({ code: "42501" });
    const forged = as(
      "clerk2",
      (work) =>
        work.sql`insert into cases.event (case_id, revision, type, from_state, to_state, staff_id, business_date, idempotency_key)
               values (${at.caseId}, ${at.revision + 1}, 'confirm', 'examination', 'examination', 1, '2026-11-20', 'forged') returning staff_id`,
    );
    expect((await forged)[0]?.staff_id).toBe((await test.actor("clerk2")).staffId);
  });
});

describe("two people", () => {
  it("the database refuses whoever entered as the one who confirms, even past the machine", async () => {
    const at = await toExamination(await family());
    const own = as(
      "clerk1",
      (work) => work.sql`update approvals.entry set confirmed_by = 0 where case_id = ${at.caseId}`,
    );
    await expect(own).rejects.toMatchObject({ constraint_name: "entry_two_people" });
  });

  it("the database refuses whoever prepared or entered as the one who decides, and a revision that was not seen", async () => {
    let at = await toExamination(await family());
    at = await step("supervisor2", "enter", at, { input: inventedApplication });
    at = await step("supervisor1", "confirm", at);
    at = await step("supervisor1", "propose", at);
    at = await step("supervisor1", "requestDecision", at);
    const decide = (seen: number) => (work: Work) =>
      work.sql`update approvals.approval set decision = 'approved', seen_revision = ${seen} where case_id = ${at.caseId}`;
    await expect(as("supervisor1", decide(at.revision))).rejects.toMatchObject({
      constraint_name: "approval_two_people",
    });
    await expect(as("supervisor2", decide(at.revision))).rejects.toMatchObject({
      constraint_name: "approval_not_by_enterer",
    });
    await expect(as("supervisor1", decide(at.revision - 1))).rejects.toMatchObject({
      code: "MD013",
    });
    await expect(as("clerk1", decide(at.revision))).rejects.toMatchObject({ code: "42501" });
  });

  it("差戻し keeps every comment", async () => {
    let at = await toApproval(await family());
    for (const comment of ["保険の記号を確かめてください", "住所の方書を確かめてください"]) {
      const request = {
        caseId: at.caseId,
        expectedRevision: at.revision,
        idempotencyKey: comment,
        comment,
      };
      at = await as("supervisor1", (work) =>
        applyEvent(work, { ...request, event: { type: "remand" } }),
      );
      at = await step("clerk2", "propose", at);
      at = await step("clerk2", "requestDecision", at);
    }
    const view = await as("supervisor1", (work) => viewApplication(work, childMedical, at.caseId));
    const comments = view.history
      .filter((line) => line.type === "remand")
      .map((line) => line.comment);
    expect(comments).toEqual(["保険の記号を確かめてください", "住所の方書を確かめてください"]);
    expect(view.approvals.map((one) => one.decision)).toEqual(["remanded", "remanded", null]);
  });
});

describe("deadlines", () => {
  it("fire through the same door on the day after, once", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "recordDocuments", at, { input: { "insurance-proof": "missing" } });
    at = await step("clerk2", "hold", at, { until: "2026-12-04" });
    const system = await test.system();
    test.platform.clock.moveTo("2026-12-04");
    expect(await fireDeadlines(test.platform, system)).toBe(0);
    test.platform.clock.moveTo("2026-12-05");
    expect(await fireDeadlines(test.platform, system)).toBe(1);
    expect(await fireDeadlines(test.platform, system)).toBe(0);
    const found = await as("clerk2", (work) => getCase(work, at.caseId));
    expect(found).toMatchObject({ state: "examination", revision: at.revision + 1 });
    test.platform.clock.moveTo("2026-11-20");
  });
});

describe("who sees what", () => {
  it("another 事務's people and strangers see no case", async () => {
    const opened = await open("clerk1", await family());
    for (const who of ["operator1", "auditor1", "nobody"] as const) {
      const rows = await runWork(
        test.platform,
        await test.actor(who),
        { purpose: "case" },
        (work) => work.sql`select id from cases.case where id = ${opened.id}`,
      );
      expect(rows).toHaveLength(0);
    }
  });
});
