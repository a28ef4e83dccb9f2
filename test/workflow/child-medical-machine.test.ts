import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, eventsFrom, firstState, isEnd, stateNames } from "#workflows/cases/answer.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { pictureOf } from "#workflows/cases/picture.ts";
import { changeV1 } from "#workflows/child-medical/change-machine.ts";
import { type ApplicationContext, applicationV1 } from "#workflows/child-medical/machine.ts";

const ready: ApplicationContext = {
  actingStaffId: 3,
  identityCheckedOn: "2026-11-20",
  enteredBy: 1,
  confirmedBy: 2,
  missingDocuments: 0,
  periodFrom: "2026-11-20",
  overlaps: false,
  proposal: "grant",
  preparedBy: 2,
  certificateIssued: false,
  certificateValid: false,
  entitled: true,
};
const ask = (state: string, type: string, context: Partial<ApplicationContext> = {}) =>
  answer(applicationV1, state, { ...ready, ...context }, { type, until: "2026-12-04" });

describe("申請の機械", () => {
  it("goes from 申請受付 to 証交付 in the order of the office", () => {
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

  it("says every reason why a step is off", () => {
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

  it("refuses the preparer's own approval, of a grant and of a rejection", () => {
    for (const proposal of ["grant", "rejection"] as const) {
      const got = ask("approval", "approve", { proposal, actingStaffId: 2 });
      expect(got).toMatchObject({ possible: false, reasons: ["起案した本人は決裁できません。"] });
    }
    expect(ask("revocation", "revoke", { proposal: "revocation", actingStaffId: 2 }).possible).toBe(
      false,
    );
  });

  it("asks for a letter and a deadline when a case is held, and clears it when it goes on", () => {
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
      effects: [{ type: "clearDeadline" }],
    });
    expect(ask("held", "resume", { missingDocuments: 1 }).possible).toBe(false);
  });

  it("sends a refused revocation back to where the case stood", () => {
    expect(ask("revocation", "remand")).toMatchObject({ state: "certified" });
    expect(ask("revocation", "remand", { certificateIssued: true })).toMatchObject({
      state: "issued",
    });
  });

  it("tells in words that a step belongs to another stage, and does not know foreign events", () => {
    expect(ask("received", "approve")).toMatchObject({
      because: "wrong-state",
      reasons: ["「申請受付」の段階では「決裁する」はできません。"],
    });
    expect(ask("received", "explode")).toMatchObject({ because: "unknown-event" });
  });

  it("never certifies what was not identified, entered and confirmed by two people, whatever is tried", () => {
    const types = Object.keys(applicationV1.events);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...types), fc.integer({ min: 1, max: 3 })), {
          maxLength: 60,
        }),
        (tries) => {
          const context: ApplicationContext = {
            ...ready,
            identityCheckedOn: null,
            enteredBy: null,
            confirmedBy: null,
            proposal: null,
            preparedBy: null,
            entitled: false,
          };
          let state = firstState(applicationV1);
          for (const [type, actingStaffId] of tries) {
            context.actingStaffId = actingStaffId;
            const got = answer(applicationV1, state, context, { type, until: "2026-12-04" });
            if (!got.possible) continue;
            if (type === "recordIdentity") context.identityCheckedOn = "2026-11-20";
            if (type === "enter")
              Object.assign(context, { enteredBy: actingStaffId, confirmedBy: null });
            if (type === "confirm") context.confirmedBy = actingStaffId;
            if (type === "propose")
              Object.assign(context, { proposal: "grant", preparedBy: actingStaffId });
            if (type === "proposeRejection")
              Object.assign(context, { proposal: "rejection", preparedBy: actingStaffId });
            state = got.state;
            if (state === "certified") {
              expect(context.identityCheckedOn).not.toBeNull();
              expect(context.confirmedBy).not.toBe(context.enteredBy);
              expect([context.preparedBy, context.enteredBy]).not.toContain(actingStaffId);
              return;
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe.each([applicationV1, changeV1] as CaseDefinition[])("$kind", (definition) => {
  it("has a title for every state and event, and every state can be reached", () => {
    const { steps, arrows } = pictureOf(definition, firstState(definition));
    for (const step of steps) expect(step.title).toMatch(/\p{Script=Han}/u);
    const reached = new Set([firstState(definition), ...arrows.map((arrow) => arrow.to)]);
    expect(stateNames(definition).filter((state) => !reached.has(state))).toEqual([]);
    for (const state of stateNames(definition)) {
      const types = Object.keys(definition.events).filter((type) =>
        definition.machine.states[state]?.events.includes(type),
      );
      expect(types.length > 0).toBe(!isEnd(definition, state));
    }
  });

  it("draws the picture from the machine, with the present state marked", () => {
    const picture = pictureOf(definition, "examination", ["received"]);
    expect(
      picture.steps.filter((step) => step.position === "present").map((step) => step.title),
    ).toEqual(["審査"]);
    expect(picture.arrows).toContainEqual(
      expect.objectContaining({ from: "approval", to: "examination", titles: ["差し戻す"] }),
    );
  });

  it("is frozen: a released version does not change", () => {
    const conditions = Object.entries(definition.checks).map(([name, check]) => [
      name,
      String(check.holds),
      check.reason,
    ]);
    const text = JSON.stringify([
      definition.kind,
      definition.version,
      definition.machine.config,
      definition.events,
      conditions,
    ]);
    const print = createHash("sha256")
      .update(text.replaceAll(/\s+/g, " "))
      .digest("hex")
      .slice(0, 16);
    expect(`${definition.kind} ${definition.version} ${print}`).toMatchSnapshot();
  });
});

it("draws a case that was sent back with the later steps ahead of it again", () => {
  const been = ["received", "identity", "examination", "proposed", "approval"];
  const positions = (present: string) =>
    pictureOf(applicationV1, present, been)
      .steps.filter((step) => step.line === "main" && step.position === "passed")
      .map((step) => step.title);
  expect(positions("examination")).toEqual(["申請受付", "本人確認"]);
  expect(positions("held")).toEqual(["申請受付", "本人確認", "審査"]);
  expect(positions("rejected")).toEqual(["申請受付", "本人確認", "審査", "起案", "決裁"]);
});

it("lists the events that lead on from a state", () => {
  expect(eventsFrom(applicationV1, "approval", ready)).toEqual(["approve", "remand"]);
});
