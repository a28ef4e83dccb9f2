import { describe, expect, test } from "vitest";
import { readyHousehold, readyHouseholdChange } from "#test/support/case-facts.ts";
import { answer, firstState } from "#workflows/flows/answer.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import {
  changeV1,
  type SingleParentChangeFacts,
} from "#workflows/single-parent-medical/change-machine.ts";
import { changeSubjects, needsDecision } from "#workflows/single-parent-medical/change-subjects.ts";
import { applicationV1, type SingleParentFacts } from "#workflows/single-parent-medical/machine.ts";

const ask = (state: string, type: string, facts: Partial<SingleParentFacts> = {}) =>
  answer(applicationV1, state, { ...readyHousehold, ...facts }, { type, until: "2026-12-18" });

describe("ひとり親の申請", () => {
  test("申請受付から証交付まで、所得を確かめながら進む", () => {
    const path = [
      "recordIdentity",
      "enter",
      "recordIncome",
      "submit",
      "confirm",
      "recordIncome",
      "propose",
      "requestDecision",
      "approve",
      "issue",
    ];
    let state = firstState(applicationV1);
    for (const type of path) {
      const actingStaffId = type === "requestDecision" ? 2 : 3;
      const confirmedBy = type === "confirm" ? null : 2;
      const got = ask(state, type, { actingStaffId, confirmedBy });
      if (!got.possible) throw new Error(`${type}: ${got.reasons.join()}`);
      state = got.state;
    }
    expect(state).toBe("issued");
  });

  test("事由の証明、全員の所得、限度額のどれが欠けても、認定を起案できない", () => {
    expect(
      ask("examination", "propose", {
        categoryProven: false,
        incomesUnknown: 1,
        incomesOverLimit: 1,
      }),
    ).toMatchObject({
      reasons: [
        "ひとり親の事由の証明書類が確認されていません。",
        "所得が確認できない世帯員がいます。",
        "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
      ],
    });
    expect(ask("examination", "proposeRejection", { incomesOverLimit: 1 })).toMatchObject({
      state: "proposed",
    });
  });

  test("入力した所得は、入力した本人ではない職員が確認するまで、認定を起案できない", () => {
    const keyed = { incomesUnconfirmed: 1 };
    expect(ask("examination", "propose", keyed)).toMatchObject({
      reasons: ["入力した所得が、別の職員によって確認されていません。"],
    });
    expect(ask("examination", "confirmIncome", { ...keyed, keyedIncome: true })).toMatchObject({
      reasons: ["所得を入力した本人は確認できません。別の職員が確認してください。"],
    });
    expect(ask("examination", "confirmIncome", keyed)).toMatchObject({ state: "examination" });
    expect(ask("examination", "confirmIncome").possible).toBe(false);
  });

  test("起案の後に所得が限度額以上と分かれば、決裁者は認定できず、差し戻す", () => {
    expect(ask("approval", "approve", { incomesOverLimit: 1 }).possible).toBe(false);
    expect(ask("approval", "approve", { incomesUnknown: 1 }).possible).toBe(false);
    expect(ask("approval", "remand")).toMatchObject({ state: "examination" });
    expect(
      ask("approval", "approve", { incomesOverLimit: 1, proposal: "rejection" }),
    ).toMatchObject({ state: "rejected" });
  });

  test("転入者の所得を照会する間は照会中となり、期限が過ぎれば督促し、最後の回答で審査に戻る", () => {
    const inquired = ask("examination", "inquire", { incomesUnknown: 1 });
    expect(inquired).toMatchObject({
      state: "inquiring",
      effects: [
        { type: "letter", params: { kind: "inquiry" } },
        { type: "deadline", params: { kind: "inquiry", on: "2026-12-18", event: "remind" } },
      ],
    });
    expect(ask("inquiring", "inquire", { incomesUnknown: 2 })).toMatchObject({
      state: "inquiring",
      effects: [{ type: "letter" }, { type: "deadline" }],
    });
    expect(ask("inquiring", "remind")).toMatchObject({
      state: "inquiring",
      effects: [{ params: { kind: "inquiry-reminder" } }],
    });
    expect(ask("inquiring", "recordAnswer", { openInquiries: 2 })).toMatchObject({
      state: "inquiring",
      effects: [],
    });
    expect(ask("inquiring", "recordAnswer", { openInquiries: 1 })).toMatchObject({
      state: "examination",
      effects: [{ type: "clearDeadline", params: { kind: "inquiry" } }],
    });
  });

  test("回答がなくても照会を打ち切れる。取り下げても期限は残らない", () => {
    for (const type of ["closeInquiry", "withdraw"])
      expect(ask("inquiring", type)).toMatchObject({
        effects: [{ type: "clearDeadline", params: { kind: "inquiry" } }],
      });
    expect(ask("inquiring", "closeInquiry")).toMatchObject({ state: "examination" });
  });

  test("全員の所得が分かっていれば照会しない", () => {
    expect(ask("examination", "inquire")).toMatchObject({
      reasons: ["全員の所得が確認できています。照会は要りません。"],
    });
  });

  test("照会中と保留は、図では審査の下に立つ", () => {
    const { steps } = pictureOf(applicationV1, "inquiring");
    const column = (state: string) => steps.find((step) => step.state === state)?.column;
    expect([column("inquiring"), column("held")]).toEqual([
      column("examination"),
      column("examination"),
    ]);
  });
});

const askChange = (state: string, type: string, facts: Partial<SingleParentChangeFacts> = {}) =>
  answer(changeV1, state, { ...readyHouseholdChange, ...facts }, { type });
const loss = { outcome: "loss", needsDecision: true } as const;
const addition = { outcome: "addition", needsDecision: true } as const;

describe("ひとり親の変更・喪失届", () => {
  test("住所・氏名・保険・口座・送付先は、確認すれば決裁なしに反映する", () => {
    for (const subject of ["address", "name", "insurance", "account", "mailing"] as const) {
      expect(needsDecision(subject, new Set([subject]))).toBe(false);
      expect(changeSubjects[subject].outcome).toBe("particulars");
    }
    expect(askChange("examination", "apply")).toMatchObject({ state: "applied" });
    expect(askChange("examination", "apply", { confirmedBy: null })).toMatchObject({
      reasons: ["入力内容が別の職員によって確認されていません。"],
    });
  });

  test("世帯と児童の喪失、児童の追加は、必ず決裁を経る", () => {
    for (const subject of ["household-loss", "child-loss", "child-addition"] as const)
      expect(needsDecision(subject, new Set())).toBe(true);
    for (const facts of [loss, addition])
      expect(askChange("examination", "apply", facts)).toMatchObject({
        reasons: ["この届出には決裁が必要です。"],
      });
    expect(askChange("examination", "requestLoss", loss)).toMatchObject({ state: "approval" });
    expect(askChange("approval", "approve", { ...loss, proposal: "loss" })).toMatchObject({
      state: "lost",
      effects: [{ params: { kind: "loss" } }],
    });
    expect(askChange("examination", "requestLoss", addition).possible).toBe(false);
  });

  test("追加した児童には、決裁の後に受給者証を交付する", () => {
    expect(
      askChange("examination", "requestAddition", {
        ...addition,
        missingDocuments: 1,
        periodFrom: null,
        overlaps: true,
      }),
    ).toMatchObject({
      reasons: [
        "不足している書類があります。",
        "有効期間がありません。「有効期間の計算」の理由を確かめ、入力やみなし生年月日の設定で直らないときに、却下を起案してください。",
        "同じ方に、期間の重なる資格があります。",
      ],
    });
    expect(askChange("examination", "requestAddition", addition)).toMatchObject({
      state: "approval",
    });
    expect(askChange("approval", "approve", { ...addition, proposal: "grant" })).toMatchObject({
      state: "certified",
    });
    expect(askChange("certified", "issue", addition)).toMatchObject({ state: "applied" });
  });

  test("受給者証の記載が変わる届出と遠隔地証は、反映の後に交付を待つ", () => {
    const due = { certificateDue: true };
    expect(askChange("examination", "apply", due)).toMatchObject({
      state: "issuing",
      effects: [{ params: { kind: "change" } }],
    });
    const benefit = {
      ...due,
      outcome: "benefit",
      needsDecision: true,
      proposal: "change",
    } as const;
    expect(askChange("approval", "approve", benefit)).toMatchObject({ state: "issuing" });
    expect(askChange("issuing", "issue")).toMatchObject({ state: "applied" });
    expect(askChange("issuing", "issue", { entitled: false }).possible).toBe(false);
    expect(askChange("issuing", "closeUnissued", { entitled: false })).toMatchObject({
      state: "applied",
    });
  });

  test("給付区分・児童重度障害・遠隔地証は、市が定めたときだけ決裁を経る", () => {
    for (const subject of ["benefit-class", "severe-disability", "remote-certificate"] as const) {
      expect(needsDecision(subject, new Set())).toBe(false);
      expect(needsDecision(subject, new Set([subject]))).toBe(true);
    }
    const benefit = { outcome: "benefit", needsDecision: true } as const;
    expect(askChange("examination", "apply", { ...benefit, needsDecision: false })).toMatchObject({
      state: "applied",
    });
    expect(askChange("examination", "requestChange", benefit)).toMatchObject({ state: "approval" });
    expect(
      askChange("examination", "requestChange", { ...benefit, needsDecision: false }).possible,
    ).toBe(false);
    expect(askChange("approval", "approve", { ...benefit, proposal: "change" })).toMatchObject({
      state: "applied",
    });
  });

  test("児童の追加と決裁の要る給付は却下できるが、喪失は却下できない", () => {
    expect(askChange("examination", "requestRejection", addition)).toMatchObject({
      state: "approval",
    });
    expect(askChange("approval", "approve", { ...addition, proposal: "rejection" })).toMatchObject({
      state: "rejected",
      effects: [{ params: { kind: "rejection" } }],
    });
    for (const facts of [loss, { outcome: "benefit", needsDecision: false } as const])
      expect(askChange("examination", "requestRejection", facts).possible).toBe(false);
  });

  test("住民記録の異動で見つけた喪失は、本人確認なしに審査に入り、差し戻せば審査に戻る", () => {
    const facts = { ...loss, identityCheckedOn: null };
    expect(askChange("received", "detect", { ...facts, exOfficio: true })).toMatchObject({
      state: "examination",
    });
    expect(askChange("received", "detect", facts).possible).toBe(false);
    expect(askChange("approval", "remand", loss)).toMatchObject({ state: "examination" });
  });
});
