import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { behaviourOf, type Grid } from "#test/support/behaviour.ts";
import {
  applicationGrid,
  changeGrid,
  claimGrid,
  householdChangeGrid,
  householdGrid,
  householdMovementGrid,
  letterGrid,
  movementGrid,
  patientChangeGrid,
  patientGrid,
  refundGrid,
  reliefGrid,
} from "#test/support/case-facts.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { statesOf, transitionsOf } from "#workflows/cases/table.ts";
import { changeV1 } from "#workflows/child-medical/change-machine.ts";
import { changeV2 } from "#workflows/child-medical/change-machine-v2.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { claimV1, claimV2 } from "#workflows/claims/machine.ts";
import { answer, firstState, isEnd, stateNames } from "#workflows/flows/answer.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import * as patientChange from "#workflows/intractable-disease/change-machine.ts";
import * as patient from "#workflows/intractable-disease/machine.ts";
import { applicationV2 as patientV2 } from "#workflows/intractable-disease/machine-v2.ts";
import * as householdChange from "#workflows/single-parent-medical/change-machine.ts";
import * as householdMovement from "#workflows/single-parent-medical/change-machine-v2.ts";
import * as household from "#workflows/single-parent-medical/machine.ts";
import { reliefV1 } from "#workflows/vaccination/relief/machine.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import { requestRefundV1 } from "#workflows/vaccination/request-letters/refund-machine.ts";

/** A definition with all the facts that its checks may tell apart. */
const released = <Facts extends object>(definition: CaseDefinition<Facts>, grid: Grid<Facts>) => ({
  title: definition.title,
  definition: definition as CaseDefinition,
  behaviour: () => behaviourOf(definition, grid),
  facts: fc.record(
    Object.fromEntries(
      Object.entries(grid).map(([fact, values]) => [
        fact,
        fc.constantFrom(...(values as readonly unknown[])),
      ]),
    ),
  ),
});

describe.each([
  released(applicationV1, applicationGrid),
  released(changeV1, changeGrid),
  released(changeV2, movementGrid),
  released(household.applicationV1, householdGrid),
  released(householdChange.changeV1, householdChangeGrid),
  released(householdMovement.changeV2, householdMovementGrid),
  released(patient.applicationV1, patientGrid),
  released(patientV2, patientGrid),
  released(patientChange.changeV1, patientChangeGrid),
  released(claimV1("child-medical", "こども医療費助成"), claimGrid),
  released(reliefV1, reliefGrid),
  released(claimV2("child-medical", "こども医療費助成"), claimGrid),
  released(requestLetterV1, letterGrid),
  released(requestRefundV1, refundGrid),
])("$title", ({ definition, behaviour, facts }) => {
  const states = statesOf(definition);
  const rows = transitionsOf(definition);

  test("公開した版の動きは変わらない", async () => {
    const { kind, version } = definition;
    const file = `./released/${kind.replace("/", "-")}-${version}.txt`;
    await expect(behaviour()).toMatchFileSnapshot(file);
  });

  test("すべての段階と手続きに名前があり、どの手続きにも使われる段階がある", () => {
    for (const { title } of [...states, ...Object.values(definition.events)])
      expect(title).toMatch(/\p{Script=Han}/u);
    expect(new Set(rows.map((row) => row.event))).toEqual(new Set(Object.keys(definition.events)));
  });

  test("使われない条件も、名前のない条件もない", () => {
    const used = new Set(rows.flatMap((row) => row.checks));
    expect(Object.keys(definition.checks).filter((name) => !used.has(name))).toEqual([]);
    expect([...used].filter((name) => !(name in definition.checks))).toEqual([]);
  });

  test("どの段階にも行き着き、終わりでない段階からは先に進める", () => {
    const reached = new Set([firstState(definition)]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of rows) if (reached.has(from)) reached.add(to);
    }
    expect(stateNames(definition).filter((state) => !reached.has(state))).toEqual([]);
    for (const { state, end } of states)
      expect(
        rows.some((row) => row.from === state),
        state,
      ).toBe(!end);
  });

  test("待つ仕事のある段階は手続き中で、待つ人にはそこでできる手続きがある", () => {
    for (const { state, waitsTitle, waitsRight, open, end } of states) {
      expect(open, state).toBe(waitsTitle !== null);
      expect(open && end, state).toBe(false);
      const rights = rows.filter((row) => row.from === state).map((row) => row.right);
      if (waitsRight !== null) expect(rights, state).toContain(waitsRight);
    }
  });

  test("起案した内容は、決裁・差戻し・取下げのどれかで必ず片づく", () => {
    // A proposal is open from its propose until an approve, remand or retract: never two at once.
    const closing = ["approve", "remand", "retract"];
    const seen = new Set<string>();
    const visit = (state: string, open: boolean) => {
      const key = `${state} ${open}`;
      if (seen.has(key)) return;
      seen.add(key);
      expect(open && isEnd(definition, state), key).toBe(false);
      for (const { from, to, act } of rows) {
        if (from !== state) continue;
        if (act === "propose") expect(open, key).toBe(false);
        if (act === "approve" || act === "remand") expect(open, key).toBe(true);
        visit(to, act === "propose" || (open && !closing.includes(act ?? "")));
      }
    };
    visit(firstState(definition), false);
    for (const state of stateNames(definition))
      expect(seen.has(`${state} true`) && seen.has(`${state} false`), state).toBe(false);
  });

  test("理由を聞く手続きはコメントか理由の一覧を持ち、起案には内容がある", () => {
    for (const rule of Object.values(definition.events)) {
      if (rule.act === "propose") expect(rule.subject).toBeTruthy();
      if (rule.scheduled) expect(rule.right).toBe("system.run");
      if (rule.forward) expect(rule.comment, rule.title).toBe("optional");
    }
  });

  test("表の行は、出発・手続き・行き先ごとにひとつ", () => {
    const keys = rows.map(({ event, from, to }) => `${from} ${event} ${to}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("表にない道は、どんな事情でも通れない。表にある道は、条件がそろえば通れる", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stateNames(definition)),
        fc.constantFrom(...Object.keys(definition.events)),
        facts,
        (state, type, context) => {
          const ways = rows.filter((row) => row.from === state && row.event === type);
          const met = ways.filter((row) =>
            row.checks.every((name) => definition.checks[name]?.holds(context as never)),
          );
          const got = answer(definition, state, context as never, { type, until: "2026-12-04" });
          expect(got.possible ? got.state : undefined).toBe(met[0]?.to);
          // What is left to do is what the table says, with the limit date of the event.
          if (got.possible)
            expect(
              got.effects.map(({ type: effect, params: { on, ...params } }) => {
                if (effect === "deadline") expect(on).toBe("2026-12-04");
                return { type: effect, params };
              }),
            ).toEqual(met[0]?.effects);
          if (!got.possible) expect(got.reasons.join()).not.toBe("");
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("図は機械から描かれ、今の段階に印がある", () => {
    // Where a proposal goes back to: 審査, or where the answer stands on which it rests.
    const back = rows.find((row) => row.event === "remand")?.to ?? "";
    const picture = pictureOf(definition, back, ["received"]);
    expect(
      picture.steps.filter((step) => step.position === "present").map((step) => step.title),
    ).toEqual([states.find(({ state }) => state === back)?.title]);
    expect(picture.arrows).toContainEqual(
      expect.objectContaining({
        from: "approval",
        to: back,
        titles: expect.arrayContaining(["差し戻す"]),
      }),
    );
  });
});

test("データベースが知る行: 認定の決裁と、保留の段階", () => {
  const rows = transitionsOf(applicationV1);
  expect(rows.filter((row) => row.event === "approve")).toEqual([
    {
      event: "approve",
      from: "approval",
      to: "certified",
      right: "case.approve",
      comment: "optional",
      scheduled: false,
      act: "approve",
      subject: null,
      checks: ["grant", "notPreparer", "notEntererOfDecision", "noOverlap"],
      effects: [{ type: "letter", params: { kind: "grant" } }],
    },
    expect.objectContaining({
      to: "rejected",
      checks: ["rejection", "notPreparer", "notEntererOfDecision"],
    }),
  ]);
  expect(rows).toContainEqual(
    expect.objectContaining({ event: "propose", act: "propose", subject: "grant" }),
  );
  expect(rows).toContainEqual(
    expect.objectContaining({ event: "expire", from: "held", scheduled: true, act: null }),
  );
  expect(rows.find((row) => row.event === "hold")?.effects).toEqual([
    { type: "letter", params: { kind: "hold" } },
    { type: "deadline", params: { kind: "hold", event: "expire" } },
  ]);
  expect(rows).toContainEqual(
    expect.objectContaining({ event: "reissue", from: "issued", to: "issued" }),
  );
  expect(statesOf(applicationV1)[3]).toEqual({
    state: "held",
    title: "保留",
    line: "side",
    position: 3,
    waitsTitle: "補正待ち",
    waitsRight: "case.examine",
    tone: "warning",
    open: true,
    end: false,
  });
  expect(statesOf(applicationV1)[0]).toMatchObject({ tone: "info", open: true });
  expect(statesOf(applicationV1).at(-1)).toMatchObject({ waitsTitle: null, tone: "error" });
});

test("規則のない手続きを持つ機械の表は作れない", () => {
  expect(() => transitionsOf({ ...applicationV1, events: {} })).toThrow("No rule");
});
