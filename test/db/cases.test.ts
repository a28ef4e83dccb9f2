import { describe, expect, test } from "vitest";
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

const city = await openTestPlatform();
const { as, family, open, step, toExamination, toApproval } = counterOf(city);
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

describe("申請を進める", () => {
  test("古い画面の職員には、その後に誰が何をしたかを知らせる", async () => {
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

  test("同じ鍵には同じ答えを返し、手続きは一度だけ進める", async () => {
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

  test("同時に二度送られた受付は、一つの申請になる", async () => {
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

  test("断るときは、理由と、代わりにできる手続きを示す", async () => {
    const opened = await open("clerk1", await family());
    const refused = await refusal(step("clerk1", "propose", { caseId: opened.id, revision: 1 }));
    expect(refused.because).toBe("wrong-state");
    expect(refused.allowed).toEqual(["recordIdentity", "withdraw"]);
    expect(refused.message).toBe("「申請受付」の段階では「認定を起案する」はできません。");
  });

  test("権限のない職員を断り、コメントの要る手続きではコメントを求める", async () => {
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

  test("途中で失敗した手続きは、何も残さない", async () => {
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

  test("表を直接書き換えて進めることも、履歴を書き換えることもできない", async () => {
    const at = await toExamination(await family());
    const statements = [
      "update cases.case set state = 'certified', revision = revision + 1",
      "update cases.event set type = 'approve'",
      "insert into cases.event (case_id, revision, type, from_state, to_state, business_date, idempotency_key) select id, revision + 1, 'confirm', state, state, '2026-11-20', 'forged' from cases.case",
      "update approvals.entry set confirmed_by = 1, confirmed_at = now()",
    ];
    for (const statement of statements)
      await expect(
        as("clerk2", (work) => work.sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject({ code: "42501" });
    // The function that moves cases knows no way there.
    const jump = as(
      "clerk2",
      (work) =>
        work.sql`select cases.move(${at.caseId}, ${at.revision}, 'approve', 'certified', 'jump', null, null)`,
    );
    await expect(jump).rejects.toMatchObject({ code: "MD011" });
  });
});

describe("二人で行う手続き", () => {
  test("入力した本人の確認は、データベースも断る", async () => {
    const at = await toExamination(await family());
    const own = as(
      "clerk1",
      (work) =>
        work.sql`select cases.move(${at.caseId}, ${at.revision}, 'confirm', 'examination', 'own', null, null)`,
    );
    await expect(own).rejects.toMatchObject({ code: "MD011" });
  });

  test("起案・入力した本人の決裁、見ていない版への決裁、権限のない決裁は、データベースも断る", async () => {
    let at = await toExamination(await family());
    at = await step("supervisor2", "enter", at, { input: inventedApplication });
    at = await step("supervisor1", "confirm", at);
    at = await step("supervisor1", "propose", at);
    at = await step("supervisor1", "requestDecision", at);
    const decide = (seen: number) => (work: Work) =>
      work.sql`select cases.move(${at.caseId}, ${seen}, 'approve', 'certified', 'decide', null, null)`;
    for (const who of ["supervisor1", "supervisor2"] as const)
      await expect(as(who, decide(at.revision)), who).rejects.toMatchObject({ code: "MD011" });
    await expect(as("supervisor1", decide(at.revision - 1))).rejects.toMatchObject({
      code: "MD014",
    });
    await expect(as("clerk1", decide(at.revision))).rejects.toMatchObject({ code: "42501" });
  });

  test("差戻しのコメントはすべて残る", async () => {
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

describe("期限", () => {
  test("期限の翌日に、同じ手続きで一度だけ進む", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "recordDocuments", at, { input: { "insurance-proof": "missing" } });
    at = await step("clerk2", "hold", at, { until: "2026-12-04" });
    const system = await city.system();
    city.platform.clock.moveTo("2026-12-04");
    expect(await fireDeadlines(city.platform, system)).toBe(0);
    city.platform.clock.moveTo("2026-12-05");
    expect(await fireDeadlines(city.platform, system)).toBe(1);
    expect(await fireDeadlines(city.platform, system)).toBe(0);
    const found = await as("clerk2", (work) => getCase(work, at.caseId));
    expect(found).toMatchObject({ state: "examination", revision: at.revision + 1 });
    city.platform.clock.moveTo("2026-11-20");
  });
});

describe("見える範囲", () => {
  test("ほかの事務の職員や権限のない職員には、申請は見えない", async () => {
    const opened = await open("clerk1", await family());
    for (const who of ["operator1", "auditor1", "nobody"] as const) {
      const rows = await runWork(
        city.platform,
        await city.actor(who),
        { purpose: "case" },
        (work) => work.sql`select id from cases.case where id = ${opened.id}`,
      );
      expect(rows).toHaveLength(0);
    }
  });
});
