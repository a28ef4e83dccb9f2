import { beforeAll, expect, test } from "vitest";
import { applyRunEvent, runActions } from "#src/platform/mailings/index.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { answer, stateNames } from "#workflows/flows/answer.ts";
import {
  mailingRun,
  type RunEventType,
  type RunState,
  runStateMeta,
} from "#workflows/mailings/machine.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter(oneYearOlds(2));
});

const states = stateNames(mailingRun) as RunState[];
const events = Object.keys(mailingRun.events) as RunEventType[];
const staff = ["operator1", "operator2", "supervisor1", "clerk1", "auditor1"] as const;

const ofSupervisors: readonly RunEventType[] = [
  "approve",
  "return",
  "withdraw",
  "refuse-withdrawal",
];
const ofOperators: readonly RunEventType[] = events.filter((type) => !ofSupervisors.includes(type));
/** Who may make which step at all. */
const mayMake: Record<(typeof staff)[number], readonly RunEventType[]> = {
  operator1: ofOperators,
  operator2: ofOperators,
  supervisor1: [...ofSupervisors, "cancel"],
  clerk1: [],
  auditor1: [],
};

class Undone extends Error {}

/** What comes of an event; nothing of it is kept. */
async function outcome(
  who: TestStaff,
  runId: string,
  type: RunEventType,
): Promise<number | RunState> {
  let reached: RunState | undefined;
  try {
    await mail.as(who, async (work) => {
      reached = (await applyRunEvent(work, { runId, type, comment: "理由" })).state;
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone && reached) return reached;
    // The way is open, and the database misses what belongs to the step: nothing was made or handed over here.
    if (error instanceof Error && "code" in error && error.code === "MD019") return "making";
    if (error instanceof Error && "status" in error) return Number(error.status);
    throw error;
  }
  throw new Error("unreachable");
}

test("状態×操作×職員のどの組合せも、状態機械と権限のとおりに答える", async () => {
  const run = await mail.extracted();
  for (const state of states) {
    const approved = [
      "approved",
      "making",
      "complete",
      "handed-over",
      "received",
      "closed",
      "failed",
      "withdrawal-asked",
      "withdrawn",
    ];
    await home.admin.begin(async (sql) => {
      await sql`update mailings.batch_run set state = ${state}, ${
        approved.includes(state)
          ? sql`approved_by = ${(await home.actor("supervisor2")).staffId}, approved_revision = 1, dated_on = '2026-11-20'`
          : sql`approved_by = null, approved_revision = null, dated_on = null`
      }, withdrawal_asked_by = ${(await home.actor("operator1")).staffId},
         ${
           state === "withdrawn"
             ? sql`withdrawn_by = ${(await home.actor("supervisor2")).staffId}, withdrawn_at = now()`
             : sql`withdrawn_by = null, withdrawn_at = null`
} where id = ${run.id}`;
    });
    for (const who of staff)
      for (const type of events) {
        const { staffId: actingStaffId } = await home.actor(who);
        const context = {
          actingStaffId,
          preparers: [run.preparedBy],
          ready: 2,
          withdrawalAskedBy: (await home.actor("operator1")).staffId,
        };
        const refused = !answer(mailingRun, state, context, { type }).possible;
        const seesRun = who !== "clerk1" && who !== "auditor1";
        const expected = !seesRun ? 404 : !mayMake[who].includes(type) ? 403 : refused ? 422 : null;
        const got = await outcome(who, run.id, type);
        const cell = `${runStateMeta(state).title} × ${type} × ${who}`;
        if (expected === null) expect(typeof got, cell).toBe("string");
        else expect(got, cell).toBe(expected);
      }
  }
}, 240_000);

test("画面の操作は権限のあるものだけが出て、できないものには理由が付く", async () => {
  const shown = async (who: TestStaff, of: { id: string }) => {
    const { run } = await mail.details(of);
    const actions = await mail.as(who, (work) => runActions(work, run));
    return actions.map(({ type, reasons }) => [type, ...reasons]);
  };
  const empty = await mail.extracted({ vaccines: ["je2"] });
  expect(await shown("operator1", empty)).toEqual([
    ["submit", "発送できるものが一件もありません。"],
    ["extract"],
    ["cancel"],
  ]);
  const run = await mail.step("operator1", await mail.extracted(), "submit");
  expect(await shown("supervisor1", run)).toEqual([["approve"], ["return"], ["cancel"]]);
  expect(await shown("operator1", run)).toEqual([["cancel"]]);
  await expect(mail.step("operator1", run, "submit")).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("承認待ち"),
  });
});

test("差戻しと取消は、理由を書かなければ断られる", async () => {
  const run = await mail.step("operator1", await mail.extracted(), "submit");
  for (const type of ["return", "cancel"] as const)
    for (const comment of [undefined, "", "　 "])
      await expect(mail.step("supervisor1", run, type, comment)).rejects.toMatchObject({
        status: 422,
        message: "理由を入力してください。",
      });
});
