import { describe, expect, test } from "vitest";
import { readyApplication, readyChange } from "#test/support/case-facts.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import { type ChangeContext, changeV1 } from "#workflows/child-medical/change-machine.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { answer, eventsFrom, firstState } from "#workflows/flows/answer.ts";
import { pictureOf } from "#workflows/flows/picture.ts";

const ask = (state: string, type: string, facts: Partial<ApplicationFacts> = {}) =>
  answer(applicationV1, state, { ...readyApplication, ...facts }, { type, until: "2026-12-04" });

describe("こども医療の申請", () => {
  test("申請受付から証交付まで、事務の順に進む", () => {
    const path = [
      "recordIdentity",
      "enter",
      "submit",
      "confirm",
      "propose",
      "requestDecision",
      "approve",
      "issue",
    ];
    let state = firstState(applicationV1);
    const seen = [state];
    for (const type of path) {
      const actingStaffId = ["requestDecision", "propose"].includes(type) ? 2 : 3;
      const confirmedBy = type === "confirm" ? null : 2;
      const got = ask(state, type, { actingStaffId, confirmedBy });
      if (!got.possible) throw new Error(`${type}: ${got.reasons.join()}`);
      if (got.state !== state) seen.push(got.state);
      state = got.state;
    }
    expect(seen).toEqual([
      "received",
      "identity",
      "examination",
      "proposed",
      "approval",
      "certified",
      "issued",
    ]);
  });

  test("進めない理由を、すべて文で答える", () => {
    const got = ask("examination", "propose", {
      confirmedBy: null,
      missingDocuments: 1,
      overlaps: true,
    });
    expect(got).toMatchObject({
      possible: false,
      because: "conditions",
      reasons: [
        "入力内容が別の職員によって確認されていません。",
        "不足している書類があります。",
        "同じ子に、期間の重なる資格があります。",
      ],
    });
  });

  test("進む道がひとつも選ばれないときも、理由なしには断らない", () => {
    expect(ask("approval", "approve", { proposal: null })).toMatchObject({
      possible: false,
      reasons: ["この手続きに進む条件を満たしていません。"],
    });
  });

  test("認定も却下も職権取消も、起案した本人は決裁できない", () => {
    for (const proposal of ["grant", "rejection"] as const) {
      const got = ask("approval", "approve", { proposal, actingStaffId: 2 });
      expect(got).toMatchObject({ possible: false, reasons: ["起案した本人は決裁できません。"] });
    }
    expect(ask("revocation", "revoke", { proposal: "revocation", actingStaffId: 2 }).possible).toBe(
      false,
    );
  });

  test("保留にすると通知と補正期限ができ、審査に戻ると期限が消える", () => {
    const held = ask("examination", "hold", { missingDocuments: 2 });
    expect(held).toMatchObject({
      state: "held",
      effects: [
        { type: "letter", params: { kind: "hold" } },
        { type: "deadline", params: { kind: "hold", on: "2026-12-04", event: "expire" } },
      ],
    });
    expect(ask("held", "resume")).toMatchObject({
      state: "examination",
      effects: [{ type: "clearDeadline", params: { kind: "hold" } }],
    });
    expect(ask("held", "resume", { missingDocuments: 1 }).possible).toBe(false);
  });

  test("職権取消が差し戻されると、元の段階に戻る", () => {
    expect(ask("revocation", "remand")).toMatchObject({ state: "certified" });
    expect(ask("revocation", "remand", { certificateIssued: true })).toMatchObject({
      state: "issued",
    });
  });

  test("ほかの段階の手続きは文で断り、知らない手続きは受けない", () => {
    expect(ask("received", "approve")).toMatchObject({
      because: "wrong-state",
      reasons: ["「申請受付」の段階では「決裁する」はできません。"],
    });
    expect(ask("received", "explode")).toMatchObject({ because: "unknown-event" });
  });

  test("差し戻された申請の図では、後の段階がまた先になる", () => {
    const been = ["received", "identity", "examination", "proposed", "approval"];
    const positions = (present: string) =>
      pictureOf(applicationV1, present, been)
        .steps.filter((step) => step.line === "main" && step.position === "passed")
        .map((step) => step.title);
    expect(positions("examination")).toEqual(["申請受付", "本人確認"]);
    expect(positions("held")).toEqual(["申請受付", "本人確認", "審査"]);
    expect(positions("rejected")).toEqual(["申請受付", "本人確認", "審査", "起案", "決裁"]);
  });

  test("ある段階から進める手続きを並べる", () => {
    expect(eventsFrom(applicationV1, "approval", readyApplication)).toEqual(["approve", "remand"]);
  });
});

describe("こども医療の変更・喪失届", () => {
  const askChange = (state: string, type: string, facts: Partial<ChangeContext> = {}) =>
    answer(changeV1, state, { ...readyChange, ...facts }, { type });

  test("変更は決裁なしに反映し、喪失は決裁を経て反映する", () => {
    expect(askChange("examination", "apply")).toMatchObject({
      state: "applied",
      effects: [{ params: { kind: "change" } }],
    });
    expect(askChange("examination", "apply", { loss: true })).toMatchObject({
      reasons: ["喪失には決裁が必要です。"],
    });
    expect(askChange("examination", "requestDecision", { loss: true })).toMatchObject({
      state: "approval",
    });
    expect(askChange("approval", "approve", { loss: true })).toMatchObject({
      state: "applied",
      effects: [{ params: { kind: "loss" } }],
    });
    expect(askChange("approval", "approve", { loss: true, actingStaffId: 1 })).toMatchObject({
      reasons: ["届出の内容を入力した本人は決裁できません。"],
    });
  });

  test("住民記録の異動によるものは、本人確認なしに審査に入る", () => {
    const facts = { identityCheckedOn: null, enteredBy: null };
    expect(askChange("received", "detect", { ...facts, exOfficio: true })).toMatchObject({
      state: "examination",
    });
    expect(askChange("received", "detect", facts).possible).toBe(false);
    expect(askChange("received", "submit", facts)).toMatchObject({
      reasons: ["本人確認の記録がありません。", "届出の内容が入力されていません。"],
    });
  });
});
