import { expect, test } from "vitest";
import { setup } from "xstate";
import { examining, intake, stages, withdrawing } from "#workflows/cases/application.ts";
import { type ApplicationFacts, applicationChecks, check } from "#workflows/cases/checks.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import type { ApplicationEvent } from "#workflows/cases/events.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** A machine that asks a panel of doctors before it goes on. */
interface PanelFacts extends ApplicationFacts {
  panelOpinion: "agreed" | null;
}

const checks = {
  ...applicationChecks,
  agreed: check<PanelFacts>("審査会の意見がありません。", (c) => c.panelOpinion === "agreed"),
} as const;

const panel = setup({
  types: {
    context: {} as PanelFacts,
    events: {} as ApplicationEvent | { type: "recordOpinion" },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
});

test("自分の手続きと条件を足した機械が作れる。名前を間違えた機械はコンパイルできない", () => {
  const machine = panel.createMachine({
    initial: "received",
    context: {} as PanelFacts,
    states: {
      ...intake,
      examination: {
        meta: stages.examination,
        on: {
          ...examining,
          recordOpinion: {},
          propose: { target: "proposed", guard: meets("confirmed", "agreed") },
          ...withdrawing,
        },
      },
      proposed: {},
      withdrawn: {},
    },
  });
  expect([...(machine.states.examination?.transitions.keys() ?? [])]).toContain("recordOpinion");

  const states = { meta: stages.examination } as const;
  panel.createStateConfig({ ...states, on: { confirm: { guard: meets("confirmed") } } });
  // @ts-expect-error a check that nobody defined
  panel.createStateConfig({ ...states, on: { confirm: { guard: meets("confirmd") } } });
  // @ts-expect-error an event that nobody defined
  panel.createStateConfig({ ...states, on: { recordOpinoin: {} } });
  // @ts-expect-error an effect without its kind
  panel.createStateConfig({ ...states, on: { confirm: { actions: [{ type: "letter" }] } } });
  panel.createStateConfig({ ...states, on: { confirm: { actions: [letter("any")] } } });
  // @ts-expect-error a state that does not say whether it is open
  panel.createStateConfig({ meta: { title: "審査", line: "main" } });

  const rule = { title: "起案する", right: "case.propose", comment: "optional" } as const;
  const rules: CaseEventRule<"panel">[] = [
    { ...rule, act: "propose", subject: "grant", page: "panel" },
    // @ts-expect-error a proposal of nothing
    { ...rule, act: "propose" },
    // @ts-expect-error a subject without a proposal
    { ...rule, act: "confirm", subject: "grant" },
    // @ts-expect-error a page that nobody has
    { ...rule, page: "pannel" },
  ];
  expect(rules).toHaveLength(4);
});
