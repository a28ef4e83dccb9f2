import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readPmhAnswers, settleRefused, takePmhFile } from "#src/platform/pmh/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { accepting, openHub, pmhOf, type SentRow } from "#test/support/pmh.ts";

// 受給者証のPMH登録：前回からの違いを集め、別の職員が承認して送り、回答を記録する。

const city = await openTestPlatform();
const { admin } = city;
const counter = counterOf(city);
const pmh = pmhOf(city);
const hub = await openHub();
afterAll(() => hub.close());

const children: string[] = [];
beforeAll(async () => {
  for (let n = 0; n < 3; n += 1) {
    const child = await counter.family();
    await counter.toIssued(child);
    children.push(child);
  }
  await pmh.setUp({ address: hub.address });
}, 120_000);
beforeEach(() => hub.behave(() => undefined));

const [first, second, third] = [
  () => children[0] ?? "",
  () => children[1] ?? "",
  () => children[2] ?? "",
];
const entitlementOf = async (person: string) =>
  (
    await admin<
      { id: string }[]
    >`select id from entitlements.entitlement where person_number = ${person}`
  )[0]?.id ?? "";
const uses = async () =>
  Number(
    (
      await admin<
        { n: string }[]
      >`select count(*) as n from audit.record where action = 'pmh.person-sent'`
    )[0]?.n,
  );
/** Rows that reached the hub, by 履歴キー and whether they delete. */
const sentKeys = () =>
  hub.requests.flatMap(({ rows }) => rows.map((row) => `${row.historyKey} ${row.isDeleted}`));

/** Sends what differs now, whole. */
async function everythingSent(): Promise<string> {
  const id = await pmh.approved();
  await pmh.send(id);
  expect((await pmh.read(id)).run.state).toBe("answered");
  return id;
}

describe("PMH登録は", () => {
  test("集めた人とは別の決裁者が承認するまで、個人番号を取り出さず、何も送らない", async () => {
    const id = await pmh.gather();
    await expect(pmh.gather()).rejects.toThrow("変更がない");
    await pmh.send(id);
    await expect(pmh.step("supervisor1", id, "approve")).rejects.toThrow();
    await pmh.step("operator1", id, "submit");
    await pmh.send(id);
    expect([hub.requests.length, await uses()]).toEqual([0, 0]);
    await pmh.step("supervisor1", id, "approve");
    await pmh.send(id);
    expect((await pmh.read(id)).run.state).toBe("answered");
    expect(pmh.told(await pmh.lines(id))).toEqual(Array(3).fill("register new accepted"));
    expect(await uses()).toBe(3);
    const [row] = hub.requests[0]?.rows ?? [];
    expect(row).toMatchObject({
      orgSpecificCertificateTypeId: "KODOMO01",
      basicFiveInfo: {
        name: "試験　花子",
        nameKana: "シケン ハナコ",
        address: "熊本県熊本市中央区新町２丁目４番２７号",
        dateOfBirth: "2026-05-10",
        sex: "2",
      },
      isNotDisclosed: false,
      certificationName: "こども医療費受給者証",
      isAlwaysReimbursement: "0",
      isDeleted: false,
      certificationDetail: [],
    });
    expect(row?.myNumber).toMatch(/^\d{12}$/);
    expect(row?.medicalSubsidyInsurerNumber).toMatch(/^\d{8}$/);
    expect(Object.keys(row ?? {}).sort()).toEqual(
      [
        "orgSpecificCertificateTypeId",
        "myNumber",
        "basicFiveInfo",
        "isNotDisclosed",
        "medicalSubsidyInsurerNumber",
        "certificationName",
        "medicalSubsidyRecipientNumber",
        "isAlwaysReimbursement",
        "validFrom",
        "validTo",
        "historyKey",
        "isDeleted",
        "certificationDetail",
      ].sort(),
    );
    // Sent to the hub, and kept nowhere: neither the task nor a line holds it.
    const [{ kept = "" } = {}] = await admin<{ kept: string }[]>`
      select (select string_agg(t::text, ' ') from jobs.task t) || (select string_agg(l::text, ' ') from pmh.line l)
        || (select string_agg(coalesce(r.detail::text, ''), ' ') from audit.record r)
        || coalesce((select string_agg(j.data::text, ' ') from pgboss.job_common j), '') as kept`;
    expect(kept).not.toContain(row?.myNumber);
    await expect(pmh.gather()).rejects.toThrow("変更がない");
  });

  test("変わった受給者証は新しい履歴キーで登録し、それが受け付けられてから前のものを削除する。喪失はすぐに", async () => {
    await admin`update vault.person set revision = revision + 1 where person_number = ${first()}`;
    await admin`update entitlements.entitlement set status = 'lost', lost_on = '2026-12-01', loss_reason = 'moved-out', valid_to = '2026-11-30'
      where person_number = ${second()}`;
    const before = new Set(hub.held.keys());
    hub.requests.length = 0;
    const id = await everythingSent();
    expect(pmh.told(await pmh.lines(id)).sort()).toEqual([
      "delete lost accepted",
      "delete person accepted",
      "register lost accepted",
      "register person accepted",
    ]);
    // The loss in one request; of the other child the deletion follows the answer to the new version.
    expect(hub.requests.map(({ rows }) => rows.length)).toEqual([3, 1]);
    expect([...hub.held.values()].map(({ validTo }) => validTo).sort()[0]).toBe("2026-11-30");
    expect([...before].filter((key) => hub.held.has(key))).toHaveLength(1);
    await expect(pmh.gather()).rejects.toThrow("変更がない");
  });

  test("取消と停止は登録を消し、支援措置の方は不開示フラグを付ける。設定により登録しないこともできる", async () => {
    const id = await entitlementOf(third());
    await admin`insert into entitlements.suspension (entitlement_id, from_on, reason, case_id)
      select e.id, '2026-11-01', 'other', e.case_id from entitlements.entitlement e where e.id = ${id}`;
    expect(pmh.told(await pmh.lines(await everythingSent()))).toEqual([
      "delete suspended accepted",
    ]);
    await admin`delete from entitlements.suspension where entitlement_id = ${id}`;
    await admin`update vault.person set protected_from = '2026-04-01' where person_number = ${third()}`;
    hub.requests.length = 0;
    expect(pmh.told(await pmh.lines(await everythingSent()))).toEqual(["register new accepted"]);
    expect(hub.requests[0]?.rows[0]).toMatchObject({ isNotDisclosed: true });
    await pmh.setUp({ address: hub.address, notDisclosed: "leave-out" });
    expect(pmh.told(await pmh.lines(await everythingSent()))).toEqual([
      "delete disclosure accepted",
    ]);
    await admin`update vault.person set protected_from = null where person_number = ${third()}`;
    await everythingSent();
  });

  test("個人番号や生年月日の分からない方は、理由とともに保留する", async () => {
    const [kept] =
      await admin`delete from vault.individual_number where person_number = ${first()} returning *`;
    await admin`update vault.person set revision = revision + 1 where person_number = ${first()}`;
    const id = await pmh.gather();
    expect(pmh.told(await pmh.lines(id))).toEqual([
      "register person held no-individual-number",
      "delete person held no-individual-number",
    ]);
    await pmh.step("operator1", id, "cancel");
    await admin`insert into vault.individual_number ${admin([kept as Record<string, never>])}`;
    await everythingSent();
  });
});

describe("送信が失敗しても", () => {
  /** Moves all who are registered, so that there is something to send. */
  const moveAll = () =>
    admin`update vault.person set revision = revision + 1 where person_number = any(${[first(), third()]})`;

  test("行ごとの拒否は仕事になり、残りは受け付けられる。直した後に送り直すか、送らないことにできる", async () => {
    await moveAll();
    hub.requests.length = 0;
    hub.behave((rows) => {
      const [bad, ...good] = rows as [SentRow, ...SentRow[]];
      if (bad.isDeleted) return undefined;
      const { results } = JSON.parse(accepting(good)) as { results: object[] };
      const no = {
        historyKey: bad.historyKey,
        isDeleted: false,
        result: "NG",
        errorCode: "E0101 試験 花子",
      };
      return { body: JSON.stringify({ results: [...results, no] }) };
    });
    const id = await pmh.approved();
    await pmh.send(id);
    expect((await pmh.read(id)).run.state).toBe("answered");
    const lines = await pmh.lines(id);
    expect(pmh.told(lines).sort()).toEqual([
      "delete person accepted",
      "delete person released not-replaced",
      "register person accepted",
      "register person refused refused-by-hub",
    ]);
    const refused = lines.find(({ state }) => state === "refused");
    // A code and nothing else of what it says.
    expect(refused?.answerCode).toBe("E0101");
    await expect(pmh.gather(), "nobody has dealt with it").rejects.toThrow("変更がない");
    await pmh.as("operator1", (work) => settleRefused(work, refused?.id ?? 0, "again"));
    await expect(
      pmh.as("operator1", (work) => settleRefused(work, refused?.id ?? 0, "left")),
    ).rejects.toThrow("もう処理");
    hub.behave(() => undefined);
    expect(pmh.told(await pmh.lines(await everythingSent()))).toEqual([
      "register person accepted",
      "delete person accepted",
    ]);
  });

  test.each([
    ["応答がない", () => ({ hang: true }), "timeout", 3],
    ["内部エラー", () => ({ status: 503 }), "server-error", 3],
    ["認証を断る", () => ({ status: 401 }), "credentials", 1],
    ["読めない回答", () => ({ body: "<html>試験　花子</html>" }), "unreadable-answer", 1],
    [
      "ほかの行の回答",
      () => ({ body: '{"results":[{"historyKey":"0","result":"OK"}]}' }),
      "unreadable-answer",
      1,
    ],
  ] as const)(
    "PMHが%sとき、理由を示して中断し、再開すると残りから続ける",
    async (_, manner, why, tries) => {
      await moveAll();
      hub.requests.length = 0;
      hub.behave(manner);
      const id = await pmh.approved();
      await pmh.send(id);
      const { run } = await pmh.read(id);
      expect([run.state, run.interruption]).toEqual(["interrupted", why]);
      expect(hub.requests).toHaveLength(tries);
      hub.behave(() => undefined);
      await pmh.step("operator1", id, "resume");
      await pmh.send(id);
      expect((await pmh.read(id)).run.state).toBe("answered");
      // Whatever was tried, the same rows went under the same keys, and the hub holds each version once.
      expect(new Set(sentKeys()).size).toBe(4);
    },
  );

  test("受け付けた後に接続が切れても、同じ履歴キーで送り直し、二重には登録されない", async () => {
    await moveAll();
    hub.requests.length = 0;
    const held = hub.held.size;
    let cuts = 0;
    hub.behave(() => (cuts++ === 0 ? { cut: true } : undefined));
    const id = await everythingSent();
    expect(new Set(sentKeys()).size).toBe(4);
    expect(hub.held.size).toBe(held);
    expect((await pmh.lines(id)).every(({ state }) => state === "accepted")).toBe(true);
  });

  test("送る途中で止まったプログラムの行は、時間がたてば次の送信が同じ履歴キーで送る。同時に送るものはない", async () => {
    await moveAll();
    hub.requests.length = 0;
    const id = await pmh.approved();
    hub.behave(() => ({ hang: true }));
    const killed = new AbortController();
    const dead = pmh.send(id, killed.signal);
    await expect.poll(() => hub.requests.length).toBeGreaterThan(0);
    killed.abort();
    await dead;
    expect((await pmh.read(id)).run.state).toBe("sending");
    hub.behave(() => undefined);
    const again = Promise.all([pmh.send(id), pmh.send(id)]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hub.requests, "still the dead one's").toHaveLength(1);
    await admin`update pmh.line set claimed_until = now() - interval '1 second' where run_id = ${id} and claimed_until is not null`;
    await again;
    expect((await pmh.read(id)).run.state).toBe("answered");
    const keys = sentKeys();
    expect([keys.length, new Set(keys).size]).toEqual([6, 4]);
  });

  test("設定が承認の後に変わったものは送らない", async () => {
    await moveAll();
    hub.requests.length = 0;
    const id = await pmh.approved();
    await pmh.setUp({ address: "https://elsewhere.example/" });
    await pmh.send(id);
    expect((await pmh.read(id)).run).toMatchObject({
      state: "interrupted",
      interruption: "setting",
    });
    await expect(pmh.step("operator1", id, "resume")).rejects.toThrow("設定が変わりました");
    await pmh.step("supervisor1", id, "end");
    expect(hub.requests).toHaveLength(0);
    await pmh.setUp({ address: hub.address, clientCertificate: "missing.pem" });
    const next = await pmh.approved();
    await pmh.send(next);
    expect((await pmh.read(next)).run.interruption).toBe("files");
    await pmh.step("supervisor1", next, "end");
  });
});

describe("ファイルで送るときは", () => {
  test("個人番号の権限のある職員だけが取り出し、回答のファイルで終わる", async () => {
    await pmh.setUp({ way: "file" });
    hub.requests.length = 0;
    const id = await pmh.approved();
    await pmh.send(id);
    expect(hub.requests, "the system sends none of it").toHaveLength(0);
    for (const who of ["operator1", "supervisor1", "clerk1"] as const)
      await expect(
        pmh.as(who, (work) => takePmhFile(work, id)),
        who,
      ).rejects.toThrow();
    const before = await uses();
    const take = () => pmh.as("number1", (work) => takePmhFile(work, id));
    const rows = JSON.parse((await take()).bytes.toString()) as SentRow[];
    expect(rows.every(({ isDeleted }) => !isDeleted)).toBe(true);
    expect(await uses()).toBe(before + rows.length);
    const read = (text: string) =>
      pmh.as("operator1", (work) => readPmhAnswers(work, id, Buffer.from(text)));
    await expect(read("[]")).rejects.toThrow("読めません");
    const twice = accepting([...rows, ...rows]);
    expect(await read(twice)).toEqual({ settled: rows.length, others: rows.length });
    expect(await read(accepting(rows))).toEqual({ settled: 0, others: rows.length });
    const rest = JSON.parse((await take()).bytes.toString()) as SentRow[];
    expect(rest.every(({ isDeleted }) => isDeleted)).toBe(true);
    await read(accepting(rest));
    expect((await pmh.read(id)).run.state).toBe("answered");
  });
});
