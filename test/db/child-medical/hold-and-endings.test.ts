import { describe, expect, it } from "vitest";
import { getCase } from "#src/platform/cases/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const test = await openTestPlatform();
const { as, family, open, step, toExamination, toIssued, effects, view } = counterOf(test);

describe("保留・却下・取下げ・職権取消", () => {
  it("保留: 通知書が不足しているものを示し、そろえば先に進む", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "recordDocuments", at, { input: { "account-proof": "missing" } });
    at = await step("clerk2", "hold", at, { until: "2026-12-04" });
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    const page = await view(at.caseId);
    expect(page).toMatchObject({ stateTitle: "保留", deadline: "2026-12-04" });
    expect(page.documents.map((one) => one.kind)).toEqual(["hold"]);
    expect(page.actions.find((one) => one.type === "resume")?.reasons).toEqual([
      "不足している書類があります。",
    ]);
    at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "seen" } });
    at = await step("clerk1", "resume", at);
    expect((await view(at.caseId)).deadline).toBeUndefined();
  });

  it("却下は決裁を経て、理由が通知書に載る", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "proposeRejection", at, { input: { reason: "insurance" } });
    at = await step("clerk2", "requestDecision", at);
    at = await step("supervisor1", "approve", at);
    expect(at.state).toBe("rejected");
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    expect((await view(at.caseId)).documents.map((one) => one.kind)).toEqual(["rejection"]);
    await open("clerk1", (await as("clerk1", (work) => getCase(work, at.caseId))).personNumber);
  });

  it("取下げで終わる。起案した後でも", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "propose", at);
    at = await step("clerk1", "withdraw", at);
    expect((await view(at.caseId)).approvals).toMatchObject([{ decision: "retracted" }]);
    expect(at.state).toBe("withdrawn");
  });

  it("職権取消には二人が要り、期間は空き、受給者証は終わる", async () => {
    const personNumber = await family();
    let at = await toIssued(personNumber);
    at = await step("supervisor1", "proposeRevocation", at, { input: { reason: "mistake" } });
    const own = step("supervisor1", "revoke", at);
    await expect(own).rejects.toMatchObject({ reasons: ["起案した本人は決裁できません。"] });
    at = await step("supervisor2", "revoke", at);
    expect(await effects(at.caseId)).toEqual({ done: 2, failed: 0 });
    const page = await view(at.caseId);
    expect(page.entitlements[0]?.status).toBe("revoked");
    expect(page.certificates).toMatchObject([{ ending: "revoked" }]);
    expect((await toIssued(personNumber)).state).toBe("issued");
  });

  it("一人の子の資格の期間は、誰が試みても重ならない", async () => {
    const personNumber = await family();
    await toIssued(personNumber);
    const second = await toExamination(personNumber, undefined, "申請書が提出されたため");
    const confirmed = await step("clerk2", "confirm", second);
    const again = step("clerk2", "propose", confirmed);
    await expect(again).rejects.toMatchObject({
      reasons: ["同じ子に、期間の重なる資格があります。"],
    });
    const past = test.admin`
      insert into entitlements.entitlement
        (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select program, kind, person_number, ${second.caseId}, recipient_number, office_code, valid_to, valid_to, valid_to, granted_on
        from entitlements.entitlement where person_number = ${personNumber}`;
    await expect(past).rejects.toMatchObject({ constraint_name: "entitlement_no_overlap" });
  });
});
