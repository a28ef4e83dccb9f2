import { describe, expect, test } from "vitest";
import { makeStep } from "#src/demonstration/make-step.ts";
import { paperOfDecision, viewApplication } from "#src/platform/applications/index.ts";
import { applyEvent, getCase } from "#src/platform/cases/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { as, family, step, toExamination, toApproval, effects } = counterOf(city);

describe("プログラムが途中で止まったとき", () => {
  test("手続きの確定前なら申請は元のままで、同じ鍵で送り直せば一度だけ進む", async () => {
    const at = await toApproval(await family());
    const request = { caseId: at.caseId, expectedRevision: at.revision, idempotencyKey: "broken" };
    const approve = async (work: Work) =>
      applyEvent(work, {
        ...request,
        event: { type: "approve" },
        input: { seenPaper: paperMark(await paperOfDecision(work, "child-medical", "grant")) },
      });
    const broken = as("supervisor1", async (work) => {
      await approve(work);
      throw new Error("the program stops here");
    });
    await expect(broken).rejects.toThrow("stops here");
    const before = await as("clerk1", (work) => getCase(work, at.caseId));
    expect(before).toMatchObject({ state: "approval", revision: at.revision });
    const [left] = await city.admin<{ n: number }[]>`
      select count(*)::int as n from entitlements.entitlement where case_id = ${at.caseId}`;
    expect(left?.n).toBe(0);
    const first = await as("supervisor1", approve);
    const again = await as("supervisor1", approve);
    expect(first).toMatchObject({ state: "certified" });
    expect(again).toEqual(first);
  });

  test("手続きの後なら、残った通知書は、次に来た誰かの手で一度だけ作られる", async () => {
    const at = await step("supervisor1", "approve", await toApproval(await family()));
    const made = await Promise.all([effects(at.caseId), effects(at.caseId), effects(at.caseId)]);
    expect(made.reduce((sum, one) => sum + one.failed, 0)).toBe(0);
    const view = await as("clerk1", (work) => viewApplication(work, childMedical, at.caseId));
    expect(view.documents.map((one) => one.kind)).toEqual(["grant"]);
    expect(view.pending).toEqual([]);
  });
});

describe("二人が同時に押したとき", () => {
  test("一方だけが進み、他方には知らせる", async () => {
    const at = await toExamination(await family());
    const press = (who: "clerk2" | "supervisor1") =>
      as(who, (work) =>
        applyEvent(work, {
          caseId: at.caseId,
          expectedRevision: at.revision,
          event: { type: "confirm" },
          idempotencyKey: `both ${who}`,
        }),
      );
    const outcomes = await Promise.allSettled([press("clerk2"), press("supervisor1")]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ status: 409, presentRevision: at.revision + 1 });
  });

  test("年度とともに終わった権限は、画面を開いたままでも使えない", async () => {
    const at = await toApproval(await family());
    city.platform.clock.moveTo("2027-04-01");
    const late = makeStep(city.platform, await city.actor("supervisor2"), at, "approve");
    await expect(late).rejects.toMatchObject({ status: 404 });
  });
});
