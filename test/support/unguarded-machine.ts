import { setup } from "xstate";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { effects } from "#workflows/cases/effects.ts";

/** A machine with a proposal of every subject that asks nothing, so that the database's own judgement shows. */
export const unguarded = (kind: string): CaseDefinition => ({
  kind,
  version: 1,
  title: "試験の届出",
  machine: setup({ actions: effects }).createMachine({
    initial: "received",
    states: {
      received: {
        meta: { title: "受付", line: "main", open: true },
        on: {
          enter: {},
          confirm: {},
          grant: "proposed",
          rejection: "proposed",
          loss: "proposed",
          change: "proposed",
        },
      },
      proposed: { meta: { title: "起案", line: "main", open: true }, on: { approve: "done" } },
      done: { meta: { title: "完了", line: "main", open: false }, type: "final" },
    },
  }),
  events: {
    enter: { title: "入力", right: "case.enter", comment: "optional", act: "enter" },
    confirm: { title: "確認", right: "case.examine", comment: "optional", act: "confirm" },
    ...Object.fromEntries(
      (["grant", "rejection", "loss", "change"] as const).map((subject) => [
        subject,
        { title: subject, right: "case.propose", comment: "optional", act: "propose", subject },
      ]),
    ),
    approve: { title: "決裁", right: "case.approve", comment: "optional", act: "approve" },
  },
  checks: {},
});
