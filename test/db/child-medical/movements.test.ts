import { asc, desc, inArray, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { followUp } from "#db/schema/follow-ups.ts";
import { openChange, viewChange } from "#src/platform/applications/index.ts";
import {
  consequencesOf,
  metFollowUps,
  moveFollowUp,
  moveReturn,
  outstandingUnder,
} from "#src/platform/entitlements/index.ts";
import { moveRepayment, proposeRepayment } from "#src/platform/payments/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedicalChanges } from "#src/programs/child-medical/index.ts";
import type { At } from "#test/support/casework.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { childPayer, receiptsOf } from "#test/support/receipts.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";

const test = await openTestPlatform();
const { admin } = test;
const { as, family, step, toIssued, effects, view } = counterOf(test);
const { ukeFor, committed, judged, outcomes } = receiptsOf(test);
const today = test.platform.clock.today();
let keys = 0;

interface Report {
  subject: string;
  reason: string;
  occursOn: IsoDate;
  input?: object;
}
const requests: Record<string, string> = {
  loss: "requestDecision",
  suspension: "requestSuspension",
  resumption: "requestResumption",
  correction: "requestCorrection",
};

/** What the decisions on some cases left to be done, those that wait first. */
const followUpsOf = (work: Work, caseIds: readonly string[]) =>
  work.tx
    .select()
    .from(followUp)
    .where(inArray(followUp.caseId, [...caseIds]))
    .orderBy(desc(isNull(followUp.settledOn)), asc(followUp.kind), asc(followUp.treatmentMonth));

/** A report from the counter until it waits for its decision. */
async function proposed(caseId: string, { input = {}, ...given }: Report): Promise<At> {
  const { found } = await as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId: caseId,
      origin: "report",
      idempotencyKey: `movement-${keys++}`,
      ...given,
    }),
  );
  let at: At = { caseId: found.id, revision: 1 };
  at = await step("clerk1", "recordIdentity", at, {
    input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
  });
  at = await step("clerk1", "enter", at, { input });
  at = await step("clerk1", "submit", at);
  at = await step("clerk2", "confirm", at);
  return step("clerk2", requests[given.subject] ?? "", at);
}

/** The same, decided by another person. */
const decided = async (caseId: string, report: Report) =>
  step("supervisor1", "approve", await proposed(caseId, report));

/** An entitlement from birth on, with its card. */
async function entitled() {
  const person = await family();
  const { caseId } = await toIssued(person);
  await admin`update entitlements.entitlement set valid_from = '2026-05-10' where case_id = ${caseId}`;
  await admin`update entitlements.recipient set valid_from = '2026-05-10' where person_number = ${person}`;
  const [one] = (await view(caseId)).entitlements;
  if (!one) throw new Error("nothing was granted");
  return { person, caseId, one };
}
const entitlementOf = async (caseId: string) => (await view(caseId)).entitlements[0];
const receiptsFor = (of: Awaited<ReturnType<typeof entitled>>) => [
  {
    person: of.person,
    payer: childPayer,
    recipientNumber: of.one.recipientNumber,
    birth: "2026-05-10" as IsoDate,
    entitlementId: of.one.id,
  },
];

describe("停止と再開", () => {
  it("二人の決裁で止まり、証は回収の対象になり、再開すると手元の証がまた使える", async () => {
    const { caseId, one } = await entitled();
    const waiting = await proposed(caseId, {
      subject: "suspension",
      reason: "facility",
      occursOn: today,
    });
    await expect(step("clerk2", "approve", waiting)).rejects.toThrow();
    await step("supervisor1", "approve", waiting);
    let page = await view(caseId);
    expect(page.entitlements[0]).toMatchObject({ status: "suspended", validTo: one.validTo });
    expect(page.suspensions).toMatchObject([{ fromOn: today, toOn: null, reason: "facility" }]);
    const card = page.certificates[0]?.id ?? "";
    expect(page.certificates[0]).toMatchObject({ ending: "suspended" });
    expect(page.returns.get(card)).toMatchObject({ state: "outstanding", cause: "suspended" });
    expect(await effects(waiting.caseId)).toMatchObject({ done: 1, failed: 0 });
    // It can't be suspended twice, and no card is issued meanwhile.
    await expect(
      proposed(caseId, { subject: "suspension", reason: "other", occursOn: today }),
    ).rejects.toMatchObject({ field: "subject" });
    await decided(caseId, {
      subject: "resumption",
      reason: "reason-ended",
      occursOn: addDays(today, 3),
    });
    page = await view(caseId);
    expect(page.entitlements[0]?.status).toBe("granted");
    expect(page.suspensions).toMatchObject([{ fromOn: today, toOn: addDays(today, 2) }]);
    expect(page.certificates[0]?.ending).toBeNull();
    expect(page.returns.get(card)?.state).toBe("kept");
  });

  it("返ってきた証は、再開のあとにもう一度渡せる。停止の間は渡せない", async () => {
    const { caseId, one } = await entitled();
    await decided(caseId, { subject: "suspension", reason: "welfare", occursOn: today });
    const [out] = await as("clerk1", (work) =>
      outstandingUnder(work, "child-medical", one.recipientNumber),
    );
    const of = out?.certificateId ?? "";
    const move = (type: "return" | "give-again", seen: number) =>
      as("clerk1", (work) => moveReturn(work, { certificateId: of, seen, type }));
    await move("return", 1);
    await expect(move("give-again", 2)).rejects.toThrow();
    await decided(caseId, { subject: "resumption", reason: "suspension-mistake", occursOn: today });
    expect((await view(caseId)).suspensions).toEqual([]);
    await move("give-again", 2);
    expect((await view(caseId)).certificates[0]?.ending).toBeNull();
  });

  it("停止した月のレセプトは止まり、停止の前と後の月のものは通る", async () => {
    const of = await entitled();
    await decided(of.caseId, { subject: "suspension", reason: "welfare", occursOn: "2026-08-01" });
    const stopped = await judged(ukeFor(receiptsFor(of), { seed: 41 }));
    expect((await outcomes(stopped))[0]?.codes).toEqual(["suspended"]);
    await decided(of.caseId, {
      subject: "resumption",
      reason: "reason-ended",
      occursOn: "2026-08-10",
    });
    const again = await judged(ukeFor(receiptsFor(of), { seed: 42 }));
    const [row] = await outcomes(again);
    expect(["clear", "doubtful"]).toContain(row?.outcome);
    const [month] = await admin<{ m: string }[]>`
      select treatment_month as m from receipts.receipt where file_id = ${again}`;
    expect(row?.codes).toEqual(month?.m === "2026-08" ? ["suspended-part"] : []);
  });
});

describe("遡及", () => {
  it("さかのぼる喪失は、起案の前に影響を示し、決裁すると処理待ちを作り、返還は別の職員が決める", async () => {
    const of = await entitled();
    const paid = await committed(ukeFor(receiptsFor(of), { seed: 51 }));
    const waiting = await proposed(of.caseId, {
      subject: "loss",
      reason: "moved-out",
      occursOn: "2026-06-01",
    });
    const seen = await as("supervisor1", (work) =>
      viewChange(work, childMedicalChanges, waiting.caseId),
    );
    expect(seen.consequences).toMatchObject([{ kind: "recover", partly: false }]);
    expect(await as("clerk1", (work) => followUpsOf(work, [waiting.caseId]))).toEqual([]);
    await step("supervisor1", "approve", waiting);
    const [work] = await as("clerk1", (unit) => followUpsOf(unit, [waiting.caseId]));
    const [row] = await admin<{ subsidy: number }[]>`
      select subsidy::integer from receipts.benefit where file_id = ${paid}`;
    expect(work).toMatchObject({ kind: "recover", state: "open", amount: row?.subsidy });
    const id = work?.id ?? "";
    const move = (who: TestStaff, type: Parameters<typeof moveFollowUp>[1]["type"], seen = 1) =>
      as(who, (unit) =>
        moveFollowUp(unit, {
          id,
          seen,
          type,
          reason: type === "ask-drop" ? "uncollectable" : undefined,
        }),
      );
    await expect(move("clerk1", "settle")).rejects.toMatchObject({ status: 403 });
    const pay = async <T>(who: TestStaff, run: (unit: Work) => Promise<T>) =>
      runWork(
        test.platform,
        await test.actor(who),
        { purpose: "payment", program: "child-medical" },
        run,
      );
    const repayment = await pay("clerk1", (unit) =>
      proposeRepayment(unit, {
        program: "child-medical",
        sourceKind: "follow-up",
        sourceId: id,
        caseId: waiting.caseId,
        personNumber: of.person,
        cause: "after-loss",
        amount: row?.subsidy ?? 0,
        dueOn: addDays(today, 30),
        comment: "資格のない月の助成",
      }),
    );
    expect(await as("clerk1", (unit) => metFollowUps(unit, [id]))).toEqual(new Set());
    await pay("supervisor1", (unit) =>
      moveRepayment(unit, { id: repayment, seen: 1, type: "approve" }),
    );
    await move("clerk1", "settle");
    expect(await as("clerk1", (unit) => followUpsOf(unit, [waiting.caseId]))).toMatchObject([
      { state: "done", settledOn: today },
    ]);
  });

  it("喪失を取り消す訂正では、待っていた回収が要らなくなり、止まったレセプトは再点検になる", async () => {
    const of = await entitled();
    await committed(ukeFor(receiptsFor(of), { seed: 61 }));
    const lost = await decided(of.caseId, {
      subject: "loss",
      reason: "other",
      occursOn: "2026-06-01",
    });
    const blocked = await judged(ukeFor(receiptsFor(of), { seed: 62 }));
    expect((await outcomes(blocked))[0]?.outcome).toBe("blocked");
    const back = { from: "2026-05-10", to: of.one.validTo as IsoDate } as const;
    const waiting = await proposed(of.caseId, {
      subject: "correction",
      reason: "loss-undone",
      occursOn: today,
      input: { correction: back },
    });
    expect(
      (await as("clerk1", (work) => consequencesOf(work, waiting.caseId, back))).map(
        ({ kind }) => kind,
      ),
    ).toEqual(["judge-again"]);
    await step("supervisor1", "approve", waiting);
    expect(await entitlementOf(of.caseId)).toMatchObject({
      status: "granted",
      validTo: of.one.validTo,
      lostOn: null,
    });
    const all = await as("clerk1", (work) => followUpsOf(work, [lost.caseId, waiting.caseId]));
    expect(all.map(({ kind, state, reason }) => [kind, state, reason]).sort()).toEqual([
      ["judge-again", "open", null],
      ["recover", "dropped", "counts-again"],
    ]);
  });

  // Every state of an entitlement × every correction: what becomes of it, or that it is refused.
  const days = { start: "2026-05-10", end: "2045-03-31", lost: "2026-09-01" } as const;
  const corrections = {
    始期を後へ: { from: "2026-07-01", to: days.end },
    始期を前へ: { from: "2026-05-01", to: days.end },
    終期を前へ: { from: days.start, to: "2026-08-15" },
    終期を認定の終期へ: { from: days.start, to: days.end },
    終期を先へ: { from: days.start, to: "2046-03-31" },
  } as const;
  const expected: Record<string, Record<keyof typeof corrections, string>> = {
    granted: {
      始期を後へ: "granted 2026-07-01 2045-03-31",
      始期を前へ: "granted 2026-05-01 2045-03-31",
      終期を前へ: "granted 2026-05-10 2026-08-15",
      終期を認定の終期へ: "granted 2026-05-10 2045-03-31",
      終期を先へ: "granted 2026-05-10 2046-03-31",
    },
    suspended: {
      始期を後へ: "suspended 2026-07-01 2045-03-31",
      始期を前へ: "suspended 2026-05-01 2045-03-31",
      終期を前へ: "suspended 2026-05-10 2026-08-15",
      終期を認定の終期へ: "suspended 2026-05-10 2045-03-31",
      終期を先へ: "suspended 2026-05-10 2046-03-31",
    },
    lost: {
      始期を後へ: "granted 2026-07-01 2045-03-31",
      始期を前へ: "granted 2026-05-01 2045-03-31",
      終期を前へ: "lost 2026-05-10 2026-08-15 2026-08-16",
      終期を認定の終期へ: "granted 2026-05-10 2045-03-31",
      終期を先へ: "granted 2026-05-10 2046-03-31",
    },
    revoked: {
      始期を後へ: "refused",
      始期を前へ: "refused",
      終期を前へ: "refused",
      終期を認定の終期へ: "refused",
      終期を先へ: "refused",
    },
  };
  it("資格のどの状態でも、訂正は決めた日のとおりになり、取り消された資格は訂正できない", async () => {
    const of = await entitled();
    const waiting = await proposed(of.caseId, {
      subject: "correction",
      reason: "other",
      occursOn: today,
      input: { correction: corrections.終期を認定の終期へ },
    });
    const at = await step("supervisor1", "approve", waiting);
    const got: typeof expected = {};
    for (const status of Object.keys(expected)) {
      const row: Record<string, string> = {};
      for (const [name, { from, to }] of Object.entries(corrections))
        row[name] = await admin
          .begin(async (sql): Promise<never> => {
            // The very step that decided, with other days and another state: undone at the end.
            await sql`update entitlements.entitlement set status = ${status}, valid_from = ${days.start},
                valid_to = ${status === "lost" ? addDays(days.lost, -1) : days.end}, granted_to = ${days.end},
                lost_on = ${status === "lost" || status === "revoked" ? days.lost : null},
                loss_reason = ${status === "lost" || status === "revoked" ? "other" : null} where id = ${of.one.id}`;
            await sql`delete from entitlements.movement where case_id = ${at.caseId}`;
            await sql`update entitlements.proposed_period set valid_from = ${from}, valid_to = ${to} where case_id = ${at.caseId}`;
            await sql`update cases.event e set recorded_at = now(), staff_id = coalesce(access.staff_id(), 0) from cases.case c
                where c.id = e.case_id and c.revision = e.revision and c.id = ${at.caseId}`;
            // Nobody is signed in here.
            for (const [name, type, value] of [
              ["staff_id", "integer", "0"],
              ["business_date", "date", `'${today}'::date`],
            ])
              await sql.unsafe(
                `create or replace function access.${name}() returns ${type} language sql stable as $$ select ${value} $$`,
              );
            await sql`set local role madoguchi_owner`;
            const refused = await sql`
              select entitlements.move(${of.one.id}, ${at.caseId}, ${from}, ${to})`.then(
              () => undefined,
              ({ code }: { code?: string }) => code ?? "?",
            );
            if (refused) throw new Error(`refused ${refused}`);
            const [after] = await sql<{ text: string }[]>`
              select concat_ws(' ', status, valid_from, valid_to, lost_on) as text from entitlements.entitlement where id = ${of.one.id}`;
            throw new Error(after?.text);
          })
          .catch((error: Error) => error.message.replace("refused MD018", "refused"));
      got[status] = row as (typeof expected)[string];
    }
    expect(got).toEqual(expected);
  });

  it("期間が変わると、今の証の差替えが処理待ちになり、再交付すると済む", async () => {
    const of = await entitled();
    const at = await decided(of.caseId, {
      subject: "correction",
      reason: "wrong-start",
      occursOn: today,
      input: { correction: { from: "2026-07-01", to: of.one.validTo } },
    });
    expect(await as("clerk1", (work) => followUpsOf(work, [at.caseId]))).toMatchObject([
      { kind: "reissue", state: "open" },
    ]);
    const page = await view(of.caseId);
    await step(
      "clerk1",
      "reissue",
      { caseId: of.caseId, revision: page.found.revision },
      { input: { reason: "changed" } },
    );
    expect(await as("clerk1", (work) => followUpsOf(work, [at.caseId]))).toMatchObject([
      { kind: "reissue", state: "done" },
    ]);
    expect([...(await view(of.caseId)).returns.values()]).toMatchObject([
      { state: "outstanding", cause: "replaced" },
    ]);
  });
});

describe("有効期間の満了", () => {
  it("最後の日を過ぎると自然に終わり、証は回収か、本人の破棄になる。二度は終わらない", async () => {
    const [collected, left] = [await entitled(), await entitled()];
    const over = addDays(today, -1);
    const end = async ({ one }: typeof collected, collect: boolean) => {
      await admin`update entitlements.entitlement set valid_to = ${over} where id = ${one.id}`;
      return runWork(test.platform, await test.system(), { purpose: "case" }, async ({ sql }) => {
        const [row] = await sql<{ n: number }[]>`
          select entitlements.expire('child-medical', ${collect}, 500) as n`;
        return row?.n;
      });
    };
    expect(await end(collected, true)).toBe(1);
    expect(await end(left, false)).toBe(1);
    expect(await end(left, false)).toBe(0);
    const page = await view(collected.caseId);
    expect(page.entitlements[0]).toMatchObject({
      status: "lost",
      lossReason: "expired",
      lostOn: today,
      validTo: over,
    });
    expect(page.movements.at(-1)).toMatchObject({ type: "lost", reason: "expired" });
    expect([...page.returns.values()]).toMatchObject([{ cause: "expired", state: "outstanding" }]);
    expect((await view(left.caseId)).returns.size).toBe(0);
  });
});
