import { expect, test } from "vitest";
import { setup } from "xstate";
import {
  applyEvent,
  declareWorkflow,
  openCase,
  syncMachines,
  viewCase,
} from "#src/platform/cases/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";

const city = await openTestPlatform();
const { family } = counterOf(city);

/** A procedure of two stages; the second version has one more between them. */
function toy(version: number): CaseDefinition<object> {
  const meta = (title: string) => ({ title, line: "main" as const, open: true });
  const next = version === 1 ? "done" : "checked";
  return {
    kind: "child-medical/toy",
    version,
    title: "試験の手続き",
    machine: setup({}).createMachine({
      initial: "received",
      states: {
        received: { meta: meta("受付"), on: { proceed: next } },
        ...(version === 1 ? {} : { checked: { meta: meta("点検"), on: { proceed: "done" } } }),
        done: { meta: meta("完了"), type: "final" },
      },
    }),
    events: { proceed: { title: "進める", right: "case.enter", comment: "optional" } },
    checks: {},
  };
}

const release = async (...versions: number[]) => {
  declareWorkflow<object>({
    program: "child-medical",
    kind: "child-medical/toy",
    versions: versions.map(toy),
    context: async () => ({}),
    carryOut: {},
    effect: async () => {},
  });
  await syncMachines(city.admin, versions.map(toy) as CaseDefinition[]);
};
const as = async <T>(run: (work: Work) => Promise<T>) =>
  runWork(
    city.platform,
    await city.actor("clerk1"),
    { purpose: "case", program: "child-medical" },
    run,
  );
const open = (personNumber: string, idempotencyKey: string) =>
  as((work) =>
    openCase(work, {
      kind: "child-medical/toy",
      personNumber,
      officeCode: "431010",
      receivedOn: "2026-11-20",
      idempotencyKey,
    }),
  );
const proceed = (caseId: string) =>
  as((work) =>
    applyEvent(work, {
      caseId,
      expectedRevision: 1,
      event: { type: "proceed" },
      idempotencyKey: `go ${caseId}`,
    }),
  );

test("申請は受け付けたときの版のまま進み、新しい申請は新しい版で進む", async () => {
  const personNumber = await family();
  await release(1);
  const { found: older } = await open(personNumber, "older");
  await release(1, 2);
  const { found: newer } = await open(await family(), "newer");
  expect([older.machineVersion, newer.machineVersion]).toEqual([1, 2]);
  expect(await proceed(older.id)).toMatchObject({ state: "done" });
  expect(await proceed(newer.id)).toMatchObject({ state: "checked" });
  const view = await as((work) => viewCase(work, newer.id));
  expect(view.picture.steps.map((step) => [step.title, step.position])).toEqual([
    ["受付", "passed"],
    ["点検", "present"],
    ["完了", "ahead"],
  ]);
});
