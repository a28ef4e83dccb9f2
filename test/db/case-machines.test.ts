import { expect, test } from "vitest";
import { declaredMachines, syncMachines } from "#src/platform/cases/index.ts";
import { MachineChanged } from "#src/platform/cases/machines.ts";
import "#src/programs/registry.ts";
import { openTestPlatform } from "#test/support/database.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { statesOf, transitionsOf } from "#workflows/cases/table.ts";
import { firstState } from "#workflows/flows/answer.ts";
import { changeV1 as singleParentChangeV1 } from "#workflows/single-parent-medical/change-machine.ts";
import { changeV2 as singleParentChangeV2 } from "#workflows/single-parent-medical/change-machine-v2.ts";
import { applicationV1 as singleParentV1 } from "#workflows/single-parent-medical/machine.ts";

const { admin } = await openTestPlatform();
const machines = declaredMachines();
/** The machines of every 事務, those too that no screen uses yet. */
const released = [
  ...machines,
  singleParentV1,
  singleParentChangeV1,
  singleParentChangeV2,
] as readonly CaseDefinition[];

/** One of them to be changed, by name: which stands first depends on what was imported before. */
const [application] = machines.filter(({ kind }) => kind === "child-medical/application");

/** The same machine with one thing that it allows, or says, changed. */
const changed = (
  definition: CaseDefinition,
  event: string,
  rule: Partial<CaseDefinition["events"][string]>,
): CaseDefinition => {
  const before = definition.events[event];
  if (!before) throw new Error(`no event ${event}`);
  return {
    ...definition,
    events: { ...definition.events, [event]: { ...before, ...rule } as typeof before },
  };
};

const waysInDatabase = async ({ kind, version }: Pick<CaseDefinition, "kind" | "version">) =>
  admin`select from_state as "from", event, to_state as "to", rights, comment_required, scheduled, act, subject, checks, effects
    from cases.machine_transition where kind = ${kind} and version = ${version} order by from_state, event, way`;

test.each(machines)("データベースが知る道は、$kind $version の機械のとおり", async (definition) => {
  const { kind, version } = definition;
  const ways = transitionsOf(definition).map(({ right, comment, ...way }) => ({
    ...way,
    rights: [right],
    comment_required: comment === "required",
  }));
  const stored = await waysInDatabase(definition);
  const key = (way: { from: string; event: string; to: string }) =>
    `${way.from} ${way.event} ${way.to}`;
  const byKey = (a: object, b: object) => key(a as never).localeCompare(key(b as never));
  expect(stored.map((row) => ({ ...row })).toSorted(byKey)).toEqual(ways.toSorted(byKey));
  // Of one event the ways stand in the order in which the machine tries them.
  for (const { from, event } of ways)
    expect(
      stored.filter((row) => row.from === from && row.event === event).map((row) => row.to),
    ).toEqual(ways.filter((way) => way.from === from && way.event === event).map(({ to }) => to));

  const states = await admin`
    select state, position, title, waits_title as "waitsTitle", waits_right as "waitsRight", tone, open
      from cases.machine_state where kind = ${kind} and version = ${version} order by position`;
  expect(states.map((row) => ({ ...row }))).toEqual(
    statesOf(definition).map(({ line, end, ...state }) => state),
  );
  expect(states[0]?.state, "申請はこの段階で始まる").toBe(firstState(definition));
});

test("データベースが自分で確かめる条件は、どの機械の条件の名とも同じ意味で知られている", async () => {
  const [row] = await admin<{ source: string }[]>`
    select prosrc as source from pg_proc where oid = 'cases.unmet'::regproc`;
  const known = [...(row?.source.matchAll(/when '(\w+)' then/g) ?? [])].map(([, name]) => name);
  const used = new Set(
    released.flatMap((one) => transitionsOf(one).flatMap(({ checks }) => checks)),
  );
  // What is not among them the machine of the 事務 judges alone.
  expect([...used].filter((name) => !known.includes(name)).toSorted()).toEqual([
    "accepted",
    "amountsEstablished",
    "answerDenied",
    "answerRecognised",
    "appealedGrant",
    "appealedPaid",
    "appealedPension",
    "appealedRefusal",
    "atHeadOffice",
    "awaitsHeadOffice",
    "benefitsClaimed",
    "benefitsPayable",
    "benefitsSettled",
    "byCity",
    "byState",
    "capKnown",
    "categoryProven",
    "certificateDue",
    "clinicalRecordsSound",
    "committeeReported",
    "competent",
    "denialsAnswered",
    "incomeKnown",
    "incomeUnknown",
    "linesAccepted",
    "linesDoubtful",
    "linesSound",
    "lumpSum",
    "mayGrant",
    "mayRefuse",
    "noCertificateDue",
    "noOverlap",
    "notAnswerRecorder",
    "notBenefitsEnterer",
    "ofPension",
    "packaged",
    "paidOut",
    "panelAgainst",
    "panelAnswered",
    "panelAwaitsDoctor",
    "panelAwaitsPapers",
    "panelNotAgainst",
    "panelNotDeferred",
    "payable",
    "payeesHaveAccounts",
    "pensionEnded",
    "periodKnown",
    "refundable",
    "settled",
    "someFinding",
    "withinLimits",
  ]);
});

test("公開した版に許すことを変えると、起動のときに断られ、表は変わらない", async () => {
  const definition = application;
  if (!definition) throw new Error("no machine");
  const before = await waysInDatabase(definition);
  for (const other of [
    changed(definition, "approve", { right: "case.enter" }),
    changed(definition, "withdraw", { comment: "optional" }),
    changed(definition, "proposeRejection", { subject: "grant" } as never),
    changed(definition, "expire", { scheduled: undefined } as never),
  ])
    await expect(syncMachines(admin, [other])).rejects.toBeInstanceOf(MachineChanged);
  expect(await waysInDatabase(definition)).toEqual(before);
});

test("呼び名は直せる。新しい版は加わり、前の版は残る", async () => {
  const definition = application;
  if (!definition) throw new Error("no machine");
  await syncMachines(admin, [changed(definition, "approve", { title: "決裁を行う" })]);
  const { kind, version } = definition;
  const next = changed({ ...definition, version: version + 1 }, "approve", {
    right: "case.revoke",
  });
  await syncMachines(admin, [definition, next]);
  const rights = await admin`select version, rights from cases.machine_transition
    where kind = ${kind} and event = 'approve' and to_state = 'certified' order by version`;
  expect(rights.map((row) => [row.version, row.rights])).toEqual([
    [version, ["case.approve"]],
    [version + 1, ["case.revoke"]],
  ]);
});
