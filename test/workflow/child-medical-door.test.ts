import { beforeAll, describe, expect, it } from "vitest";
import { applyEvent, CaseConflict, CaseRefusal } from "#src/platform/cases/index.ts";

import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { stateNames } from "#workflows/flows/answer.ts";

const test = await openTestPlatform();
const { as, family, open, step, toExamination, toApproval, toIssued } = counterOf(test);

/** clerk1 entered, clerk2 confirmed and prepared; a person of another duty holds no right of cases. */
const roles = ["clerk1", "clerk2", "supervisor1", "auditor1"] as const satisfies TestStaff[];

/** The policy of the office: who may do what in which state, when nothing is missing. */
const policy: Record<string, Partial<Record<(typeof roles)[number], string[]>>> = {
  received: all(["recordIdentity", "withdraw"]),
  identity: all(["recordIdentity", "enter", "recordDocuments", "submit", "withdraw"]),
  examination: all(["enter", "recordDocuments", "propose", "proposeRejection", "withdraw"]),
  held: all(["recordDocuments", "withdraw"]),
  proposed: { ...all(["withdraw"]), clerk2: ["requestDecision", "retract", "withdraw"] },
  approval: { supervisor1: ["approve", "remand"] },
  certified: all(["issue", "proposeRevocation"]),
  issued: all(["reissue", "returnCertificate", "cancelCertificate", "proposeRevocation"]),
  revocation: { supervisor1: ["remand", "revoke"] },
  rejected: {},
  withdrawn: {},
  revoked: {},
};

function all(events: string[]) {
  return { clerk1: events, clerk2: events, supervisor1: events };
}

const inputs: Record<string, unknown> = {
  recordIdentity: {
    subject: "applicant",
    method: "number-card",
    documents: [],
    mandateSeen: false,
  },
  enter: inventedApplication,
  recordDocuments: { "income-proof": "not-needed" },
  proposeRejection: { reason: "insurance" },
  reissue: { reason: "damaged" },
  proposeRevocation: { reason: "mistake" },
};

class Undone extends Error {}

describe("every state × event × role through the real door", () => {
  const cases = new Map<string, { caseId: string; revision: number }>();

  beforeAll(async () => {
    const put = async (made: Promise<{ state: string; caseId: string; revision: number }>) => {
      const { state, caseId, revision } = await made;
      cases.set(state, { caseId, revision });
      return { caseId, revision };
    };
    const opened = await open("clerk1", await family());
    cases.set("received", { caseId: opened.id, revision: 1 });
    const other = await open("clerk1", await family());
    const identified = await step(
      "clerk1",
      "recordIdentity",
      { caseId: other.id, revision: 1 },
      {
        input: {
          subject: "applicant",
          method: "number-card",
          documents: [],
          mandateSeen: false,
        },
      },
    );
    await put(step("clerk1", "enter", identified, { input: inventedApplication }));
    await put(toExamination(await family()).then((at) => step("clerk2", "confirm", at)));
    const missing = await step("clerk1", "recordDocuments", await toExamination(await family()), {
      input: { "account-proof": "missing" },
    });
    await put(step("clerk2", "hold", missing, { until: "2026-12-04" }));
    const confirmed = async () => step("clerk2", "confirm", await toExamination(await family()));
    await put(step("clerk2", "propose", await confirmed()));
    await put(toApproval(await family()));
    await put(step("supervisor1", "approve", await toApproval(await family())));
    await put(toIssued(await family()));
    const rejection = await step("clerk2", "proposeRejection", await confirmed(), {
      input: {
        reason: "age",
      },
    });
    await put(step("supervisor1", "approve", await step("clerk2", "requestDecision", rejection)));
    await put(step("clerk1", "withdraw", await toExamination(await family())));
    const revocation = await step("clerk2", "proposeRevocation", await toIssued(await family()), {
      input: { reason: "fraud" },
    });
    cases.set("revocation", revocation);
    const second = await step("clerk2", "proposeRevocation", await toIssued(await family()), {
      input: {
        reason: "fraud",
      },
    });
    await put(step("supervisor1", "revoke", second));
  });

  it.each(stateNames(applicationV1))("%s", async (state) => {
    const at = cases.get(state);
    if (!at) throw new Error(`no case stands in ${state}`);
    for (const who of roles) {
      const possible: string[] = [];
      for (const type of Object.keys(applicationV1.events)) {
        const outcome = await as(who, async (work) => {
          await applyEvent(work, {
            caseId: at.caseId,
            expectedRevision: at.revision,
            event: { type, until: "2026-12-04" },
            idempotencyKey: `matrix ${who} ${type}`,
            comment: "試験",
            input: inputs[type],
          });
          throw new Undone();
        }).catch((error: unknown) => error);
        if (outcome instanceof Undone) possible.push(type);
        else
          expect([403, 404, 409], `${state} ${type} ${who}: ${String(outcome)}`).toContain(
            (outcome as CaseRefusal).status,
          );
      }
      expect(possible.sort(), `${state} by ${who}`).toEqual(
        [...(policy[state]?.[who] ?? [])].sort(),
      );
    }
  });
});

describe("competing actors", () => {
  it("10,000 interleaved tries make no double transition", { timeout: 240_000 }, async () => {
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
        const expectedRevision = seen.get(caseId) ?? 1;
        try {
          const done = await as(who, (work) =>
            applyEvent(work, {
              caseId,
              expectedRevision,
              event: { type, until: "2026-12-04" },
              idempotencyKey: `${seat} ${tries}`,
              comment: "試験",
              input:
                type === "recordDocuments"
                  ? { "insurance-proof": "seen", "account-proof": "seen" }
                  : inputs[type],
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
    const rows = await test.admin<
      { case_id: string; revision: number; type: string; from_state: string; to_state: string }[]
    >`
      select case_id, revision, type, from_state, to_state from cases.event where case_id in ${test.admin(ids)} order by case_id, revision`;
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
    const [present] = await test.admin<{ wrong: number }[]>`
      select count(*)::int as wrong from cases.case c where not exists
        (select from cases.event e where e.case_id = c.id and e.revision = c.revision and e.to_state = c.state)`;
    expect(present?.wrong).toBe(0);
  });
});

/** A small generator of pseudo-random numbers, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
