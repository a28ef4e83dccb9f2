import { expect, test } from "vitest";
import { paperOfDecision } from "#src/platform/applications/index.ts";
import {
  applyEvent,
  CaseConflict,
  CaseRefusal,
  latestApproval,
} from "#src/platform/cases/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { stepInputs } from "#test/support/child-medical-states.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";

const city = await openTestPlatform();
const { as, family, open } = counterOf(city);

test("一万回の入り乱れた操作でも、同じ段階から二度進むことはない", {
  timeout: 240_000,
}, async () => {
  const actors = ["clerk1", "clerk2", "supervisor1", "supervisor2"] as const;
  const ids = await Promise.all(
    Array.from({ length: 12 }, async () => (await open("clerk1", await family())).id),
  );
  // Withdrawals would soon end every case, and papers would take most of the time.
  const rare = new Set(["withdraw", "reissue", "proposeRejection", "issue"]);
  const types = Object.keys(applicationV1.events).filter((type) => !rare.has(type));
  const usual = ["recordIdentity", "enter", "recordDocuments", "submit", "confirm", "remand"];
  const random = generator(20_261_120);
  let succeeded = 0;
  let refused = 0;
  let conflicts = 0;
  let tries = 10_000;
  const clerk = async (who: (typeof actors)[number], seat: number) => {
    const seen = new Map(ids.map((id) => [id, 1]));
    const likely = new Map<string, readonly string[]>();
    while (tries-- > 0) {
      const caseId = ids[Math.floor(random() * ids.length)] ?? "";
      const choices = random() < 0.1 ? types : (likely.get(caseId) ?? usual);
      const type = choices[Math.floor(random() * choices.length)] ?? "";
      const idempotencyKey = `${seat} ${tries}`;
      try {
        const done = await as(who, async (work) =>
          applyEvent(work, {
            caseId,
            expectedRevision: seen.get(caseId) ?? 1,
            event: { type, until: "2026-12-04" },
            idempotencyKey,
            comment: "試験",
            input: await inputOf(work, caseId, type),
          }),
        );
        seen.set(caseId, done.revision);
        likely.delete(caseId);
        succeeded++;
      } catch (error) {
        if (error instanceof CaseConflict) {
          conflicts++;
          seen.set(caseId, error.presentRevision);
          likely.delete(caseId);
        } else if (error instanceof CaseRefusal) {
          refused++;
          likely.set(
            caseId,
            error.allowed.filter((one) => !rare.has(one)),
          );
        } else throw error;
      }
    }
  };
  await Promise.all([...actors, ...actors].map(clerk));

  expect(succeeded + refused + conflicts).toBe(10_000);
  expect(succeeded).toBeGreaterThan(500);
  expect(conflicts).toBeGreaterThan(500);
  const rows = await city.admin<
    { case_id: string; revision: number; type: string; from_state: string; to_state: string }[]
  >`
    select case_id, revision, type, from_state, to_state from cases.event where case_id in ${city.admin(ids)} order by case_id, revision`;
  expect(rows).toHaveLength(succeeded + ids.length);
  for (const id of ids) {
    const steps = rows.filter((row) => row.case_id === id);
    expect(steps.map((row) => row.revision)).toEqual(steps.map((_, n) => n + 1));
    for (const [n, row] of steps.entries()) {
      if (n === 0) continue;
      expect(row.from_state).toBe(steps[n - 1]?.to_state);
      expect([
        ...(applicationV1.machine.states[row.from_state]?.transitions.keys() ?? []),
      ]).toContain(row.type);
    }
  }
  const [present] = await city.admin<{ wrong: number }[]>`
    select count(*)::int as wrong from cases.case c where not exists
      (select from cases.event e where e.case_id = c.id and e.revision = c.revision and e.to_state = c.state)`;
  expect(present?.wrong).toBe(0);
});

/** What the page of the step sends; a page that is older than the case may show another decision. */
async function inputOf(work: Work, caseId: string, type: string): Promise<unknown> {
  if (type === "recordDocuments") return { "insurance-proof": "seen", "account-proof": "seen" };
  if (type !== "approve" && type !== "revoke") return stepInputs[type];
  const { subject } = (await latestApproval(work, caseId)) ?? { subject: "grant" };
  return { seenPaper: paperMark(await paperOfDecision(work, "child-medical", subject)) };
}

/** A small generator of pseudo-random numbers, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
