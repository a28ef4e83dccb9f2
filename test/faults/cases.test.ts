import { describe, expect, it } from "vitest";
import { makeStep } from "#src/demonstration/make-step.ts";
import { paperOfDecision, viewApplication } from "#src/platform/applications/index.ts";
import { applyEvent, getCase } from "#src/platform/cases/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const test = await openTestPlatform();
const { as, family, step, toExamination, toApproval, effects } = counterOf(test);

describe("a program that stops", () => {
  it("before the step is committed leaves the case as it was; sent again with its key, the step is made once", async () => {
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
    const [left] = await test.admin<{ n: number }[]>`
      select count(*)::int as n from entitlements.entitlement where case_id = ${at.caseId}`;
    expect(left?.n).toBe(0);
    const first = await as("supervisor1", approve);
    const again = await as("supervisor1", approve);
    expect(first).toMatchObject({ state: "certified" });
    expect(again).toEqual(first);
  });

  it("after a step leaves its letter to be made later, once, whoever comes by", async () => {
    const at = await step("supervisor1", "approve", await toApproval(await family()));
    const made = await Promise.all([effects(at.caseId), effects(at.caseId), effects(at.caseId)]);
    expect(made.reduce((sum, one) => sum + one.failed, 0)).toBe(0);
    const view = await as("clerk1", (work) => viewApplication(work, childMedical, at.caseId));
    expect(view.documents.map((one) => one.kind)).toEqual(["grant"]);
    expect(view.pending).toEqual([]);
  });
});

describe("two who press at the same moment", () => {
  it("one step is made, the other is told", async () => {
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

  it("rights that ended with the fiscal year are gone, though the page was open", async () => {
    const at = await toApproval(await family());
    test.platform.clock.moveTo("2027-04-01");
    const late = makeStep(test.platform, await test.actor("supervisor2"), at, "approve");
    await expect(late).rejects.toMatchObject({ status: 404 });
  });
});
