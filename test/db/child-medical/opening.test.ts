import { describe, expect, test } from "vitest";
import { correctDate } from "#src/platform/cases/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { as, family, open, step, toExamination, toIssued, view, effects } = counterOf(city);

const movedOut = (from: "2026-05-10" | "2026-11-10", to: "2026-09-01" | "2026-11-15") => ({
  birthDate: from,
  residence: { from, fromReason: "birth", to, toReason: "move-out" } as const,
});

describe("受け付けられない申請は、受付のときに断る", () => {
  test("転出した子、亡くなった子、対象年齢を過ぎた方は、理由を書かなければ受け付けない", async () => {
    const gone = await family(movedOut("2026-05-10", "2026-09-01"));
    const dead = await family({
      diedOn: "2026-08-01",
      residence: { from: "2026-05-10", fromReason: "birth", to: "2026-08-01", toReason: "death" },
    });
    const adult = await family({
      birthDate: "1999-05-10",
      residence: { from: "1999-05-10", fromReason: "birth" },
    });
    for (const [person, code] of [
      [gone, "moved-out"],
      [dead, "died"],
      [adult, "age"],
    ] as const) {
      await expect(open("clerk1", person), code).rejects.toMatchObject({
        status: 422,
        obstacles: [{ code }],
      });
      await expect(open("clerk1", person, undefined, "。"), code).rejects.toBeInstanceOf(
        EntryProblem,
      );
    }
    const received = await open("clerk1", gone, undefined, "申請書が郵送で届いたため");
    const { notes, history } = await view(received.id);
    expect(notes[0]?.text).toContain("受け付けた理由: 申請書が郵送で届いたため");
    expect(history[0]?.detail).toEqual({ despite: ["moved-out"] });
  });

  test("転出の前に届いた申請は、届いた日を受付日にすれば受け付ける", async () => {
    const person = await family(movedOut("2026-05-10", "2026-09-01"));
    const { receivedOn } = await open("clerk1", person, "2026-08-31");
    expect(receivedOn).toBe("2026-08-31");
  });

  test("出生から30日以内の申請は、転出した後でも受け付け、住んでいた間を認定する（遡及）", async () => {
    const person = await family(movedOut("2026-11-10", "2026-11-15"));
    const { id } = await open("clerk1", person);
    expect((await view(id)).granting).toMatchObject({
      granted: true,
      periods: [{ from: "2026-11-10", to: "2026-11-14" }],
    });
  });

  test("出生日より前の受付日と、手続き中の申請は、理由を書いても受け付けない", async () => {
    const person = await family();
    await expect(open("clerk1", person, "2026-05-09", "理由あり")).rejects.toMatchObject({
      field: "receivedOn",
    });
    const first = await open("clerk1", person);
    await expect(open("clerk2", person, undefined, "理由あり")).rejects.toMatchObject({
      status: 409,
      see: { path: `/child-medical/cases/${first.id}` },
    });
  });

  test("認定を受けている子は、その申請を示して断る", async () => {
    const person = await family();
    const { caseId } = await toIssued(person);
    await expect(open("clerk1", person)).rejects.toMatchObject({
      obstacles: [{ code: "entitled", see: { path: `/child-medical/cases/${caseId}` } }],
    });
  });

  test("ほかの区の申請は、あることだけを伝え、番号は伝えない", async () => {
    const person = await family();
    await open("clerk1", person);
    await expect(open("east1", person)).rejects.toMatchObject({ status: 404 });
    // The child has moved to the other 区 since.
    await city.admin`update vault.person set office_code = '431028' where person_number = ${person}`;
    const refused = await open("east1", person).catch((error) => error);
    expect(refused.obstacles).toMatchObject([{ code: "under-way" }]);
    expect(refused.obstacles[0].see).toBeUndefined();
    expect(refused.obstacles[0].reason).not.toMatch(/R8-/);
  });
});

describe("日付の訂正", () => {
  const day = "2026-11-18" as const;
  const reason = "受付印の日付と違っていたため";

  test("受付日を訂正すると、経過に残り、確認は仮に戻り、期間は新しい受付日で計算される", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "confirm", at);
    const { caseId, revision: expectedRevision } = at;
    const asked = { caseId, expectedRevision, type: "correct-received", day } as const;
    await expect(
      as("clerk1", (work) => correctDate(work, { ...asked, reason: "あ", idempotencyKey: "c0" })),
    ).rejects.toMatchObject({ field: "reason" });
    await as("clerk1", (work) => correctDate(work, { ...asked, reason, idempotencyKey: "c1" }));
    const seen = await view(caseId);
    expect(seen.found.receivedOn).toBe(day);
    expect(seen.entry?.confirmedBy).toBeNull();
    expect(seen.granting).toMatchObject({ periods: [{ from: day }] });
    expect(seen.history.at(-1)).toMatchObject({
      title: "受付日を訂正する",
      comment: reason,
      detail: { from: "2026-11-20", to: day },
    });
    expect(seen.head.standard?.by).toBe("2026-12-18");
  });

  test("補正期限を訂正すると、新しい期限のお知らせがもう一度できる", async () => {
    let at = await toExamination(await family());
    at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
    await expect(step("clerk2", "hold", at, { until: "2027-02-01" })).rejects.toMatchObject({
      field: "until",
    });
    at = await step("clerk2", "hold", at, { until: "2026-12-04" });
    await effects(at.caseId);
    const { caseId, revision: expectedRevision } = at;
    await as("clerk1", (work) =>
      correctDate(work, {
        caseId,
        expectedRevision,
        type: "correct-limit",
        day: "2026-12-11",
        reason: "郵便が遅れたため",
        idempotencyKey: "l1",
      }),
    );
    expect(await effects(caseId)).toEqual({ done: 1, failed: 0 });
    const seen = await view(caseId);
    expect(seen.head.limit).toBe("2026-12-11");
    expect(seen.documents.map(({ kind }) => kind)).toEqual(["hold", "hold"]);
  });
});
