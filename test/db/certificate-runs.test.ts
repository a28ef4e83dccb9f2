import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { certificateMailingId, reprintCertificate } from "#src/platform/applications/index.ts";
import { certificatesOfRun, findIssue, verifyStatement } from "#src/platform/entitlements/index.ts";
import { mailingKind, previewRun } from "#src/platform/mailings/index.ts";
import { matchSources } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { denied, staffSql } from "#test/security/role-with-session/support.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { readCodes, renderPages } from "../documents/render.ts";

// こども医療の受給者証を、制度の改正のときに一括して交付する（CHD-4）。

const city = await openTestPlatform();
const { admin } = city;
const counter = counterOf(city);
const mailings = await mailingsOf(city, childMedical.program);
const as = staffSql(city);
const kind = { id: certificateMailingId(childMedical.program, "card") };
const order = (from: string, reason: "renewal" | "changed" = "changed") => ({
  title: "受給者証 一括交付",
  parameters: { sort: "card", reason, from },
});

const children: string[] = [];
beforeAll(async () => {
  for (let n = 0; n < 4; n += 1) {
    const child = await counter.family({ sourceId: `S-run-${n}` });
    await counter.toIssued(child);
    children.push(child);
  }
}, 120_000);

const certificates = (person = children[0] ?? "") =>
  admin<{ issue: number; ending: string | null; reason: string; byRun: boolean }[]>`
    select z.issue, z.ending, z.reason, z.run_id is not null as "byRun" from entitlements.certificate z
      join entitlements.entitlement e on e.id = z.entitlement_id where e.person_number = ${person} order by z.issue`;

const piecesOf = (run: { id: string }) =>
  admin<{ person: string; state: string; reason: string | null }[]>`
    select person_number as person, state, reason from mailings.batch_item where run_id = ${run.id} order by person_number`;

/** What the QR codes on the pages of a PDF say. */
async function codesOf(pdf: Uint8Array): Promise<string[]> {
  const pages = await renderPages(pdf, 200);
  const codes = await Promise.all(pages.map((page) => readCodes(page, "QRCode")));
  return codes.flat().map((code) => code.toString());
}

describe("受給者証の一括交付は", () => {
  test("有効な証を持つ方すべてに次の証を作り、前の証は使えなくなる", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-01-01")));
    expect((await piecesOf(run)).map(({ state }) => state)).toEqual(Array(4).fill("ready"));
    const made = await mailings.make(await mailings.approved(run));
    expect(made.run.state).toBe("complete");
    expect(await certificates()).toEqual([
      { issue: 1, ending: "replaced", reason: "first", byRun: false },
      { issue: 2, ending: null, reason: "changed", byRun: true },
    ]);
    const lines = indexOf(await mailings.open(run));
    expect(lines).toHaveLength(4);
  });

  test("同じ日から使う証は二度作られない", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-01-01")));
    expect((await piecesOf(run)).map(({ reason }) => reason)).toEqual(
      Array(4).fill("already-sent"),
    );
  });

  test("更新では、その日より後まで使える証を持つ方には作らない", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-02-01", "renewal")));
    expect((await piecesOf(run)).map(({ reason }) => reason)).toEqual(Array(4).fill("says-longer"));
  });

  test("取りやめれば、作った証は無効になり、前の証がまた有効になる", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-03-01")));
    const made = await mailings.make(await mailings.approved(run));
    expect((await certificates()).at(-1)).toMatchObject({ issue: 3, ending: null });
    const asked = await mailings.step("operator1", made.run, "ask-withdrawal", "様式の誤り");
    await mailings.step("supervisor1", asked, "withdraw");
    expect(await certificates()).toEqual([
      { issue: 1, ending: "replaced", reason: "first", byRun: false },
      { issue: 2, ending: null, reason: "changed", byRun: true },
      { issue: 3, ending: "cancelled", reason: "changed", byRun: true },
    ]);
  });

  test("抽出の後に資格がなくなった方には作らず、証が返された方は理由とともに除かれる", async () => {
    const [, second = "", third = ""] = children;
    await admin`update entitlements.certificate z set ended_on = '2026-11-20', ending = 'returned'
      from entitlements.entitlement e where e.id = z.entitlement_id and e.person_number = ${third} and z.ended_on is null`;
    const run = await mailings.extract(await mailings.start(kind, order("2027-04-01")));
    const reasonOf = async (person: string) =>
      (await piecesOf(run)).find((one) => one.person === person)?.reason;
    expect(await reasonOf(third)).toBe("no-certificate");
    expect(await reasonOf(second)).toBeNull();
    await admin`update entitlements.entitlement set status = 'lost', lost_on = '2026-12-01', loss_reason = 'moved-out',
      valid_to = '2026-11-30' where person_number = ${second}`;
    await mailings.make(await mailings.approved(run));
    expect(await reasonOf(second)).toBe("not-entitled");
    expect((await certificates(second)).filter(({ issue }) => issue > 3)).toEqual([]);
  });

  test("印刷された二次元コードは本物で、台帳の証と結び付く。見本のコードは本物ではない", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-05-01")));
    const preview = await mailings.as("operator1", (work) => previewRun(work, run.id));
    expect(await codesOf(preview)).toContain("見本");
    await mailings.make(await mailings.approved(run));
    const files = await mailings.open(run);
    const [pdf] = [...files].flatMap(([name, bytes]) => (name.endsWith(".pdf") ? [bytes] : []));
    const [code = ""] = await codesOf(pdf ?? Buffer.alloc(0));
    const verified = verifyStatement(code, [{ prefix: "KM1", program: "child-medical" }], {
      key: city.platform.keys.signingKey,
      today: "2027-05-01",
    });
    expect(verified).toMatchObject({ genuine: true, problems: [] });
    if (!verified.genuine) throw new Error("not genuine");
    const known = await mailings.as("clerk1", (work) =>
      findIssue(work, { program: "child-medical", ...verified.statement }),
    );
    expect(known).toEqual({ ending: null, personNumber: expect.any(String) });
  });
});

describe("一括交付した証は", () => {
  const last = async (person = children[0] ?? "") => {
    const [row] = await admin<{ id: string; runId: string; number: string; sealedId: string }[]>`
      select z.id, z.run_id as "runId", e.recipient_number as number, z.sealed_id as "sealedId" from entitlements.certificate z
        join entitlements.entitlement e on e.id = z.entitlement_id
       where e.person_number = ${person} and z.run_id is not null and z.ended_on is null order by z.issue desc limit 1`;
    if (!row) throw new Error("no certificate");
    return row;
  };
  const registerAnew = async (n: number, given: Parameters<typeof invented>[0]) =>
    runWork(city.platform, await city.system(), { purpose: "feed" }, async (work) => {
      const record = invented({ sourceId: `S-run-${n}`, birthDate: "2026-05-10", ...given });
      const known = await matchSources(work, [record.sourceId]);
      const key = known.get(record.sourceId)?.key;
      await writePeople(work, [{ personNumber: children[n] ?? "", key, record }]);
    });
  const again = (who: TestStaff, id: string) =>
    counter.as(who, (work) => reprintCertificate(work, childMedical, id));

  test("氏名と住所が変わった後も交付したときのまま印刷でき、新しい交付にはならず、操作が記録に残る", async () => {
    const { id, runId, number } = await last();
    const files = await mailings.open({ id: runId });
    const line = indexOf(files).find(({ pieceNumber }) => pieceNumber === number);
    const sent = await renderPages(files.get(line?.file ?? "") ?? Buffer.alloc(0), 60);
    const before = await certificates();
    await registerAnew(0, { name: { kanji: "改姓　後", kana: "カイセイ　アト" } });
    city.platform.clock.moveTo("2027-01-15");
    const { pdf } = await again("clerk1", id);
    city.platform.clock.moveTo("2026-11-20");
    const [printed, ...others] = await renderPages(pdf, 60);
    expect(others).toEqual([]);
    expect(printed?.data.equals(sent[Number(line?.page) - 1]?.data ?? Buffer.alloc(0))).toBe(true);
    expect(await certificates()).toEqual(before);
    const logged = await admin`
      select detail->>'run' as run from audit.record where action = 'certificate.printed' and person_number = ${children[0] ?? ""}`;
    expect(logged).toEqual([{ run: runId }]);
    const found = await mailings.as("supervisor1", (work) =>
      certificatesOfRun(work, runId, children),
    );
    expect(found.get(children[0] ?? "")).toBe(id);
  });

  test("ほかの区の職員には印刷できず、SQLで直に試みても内容を開けず、書き換えられない", async () => {
    const { id, sealedId } = await last();
    await expect(again("east1", id)).rejects.toMatchObject({ status: 404 });
    await expect(
      as("east1", (sql) => sql`select * from vault.get_sealed(${[sealedId]}::uuid[])`),
    ).rejects.toMatchObject(denied);
    expect(
      await as("east1", (sql) => sql`select 1 from entitlements.certificate where id = ${id}`),
    ).toEqual([]);
    for (const attack of [
      (sql: TransactionSql) =>
        sql`update entitlements.certificate set sealed_id = gen_random_uuid() where id = ${id}`,
      (sql: TransactionSql) => sql`
        select vault.seal_certificates(array[gen_random_uuid()], ${[children[0] ?? ""]}::text[], 'child-medical', array[null::uuid], array['x'::bytea])`,
    ])
      await expect(as("operator1", attack)).rejects.toMatchObject(denied);
  });

  test("支援措置の対象になれば、住所を見られない職員には印刷できない", async () => {
    const { id, sealedId } = await last(children[3]);
    await registerAnew(3, { protection: { from: "2026-06-01" } });
    await expect(again("clerk1", id)).rejects.toMatchObject({ status: 403 });
    await expect(
      as("clerk1", (sql) => sql`select * from vault.get_sealed(${[sealedId]}::uuid[])`),
    ).rejects.toMatchObject(denied);
    expect((await again("supervisor1", id)).pdf.length).toBeGreaterThan(1000);
  });

  test("無効になった回の証と、内容を保存する前の証は印刷できない", async () => {
    const [gone] = await admin<{ id: string }[]>`
      select id from entitlements.certificate where run_id is not null and ending = 'cancelled' limit 1`;
    await expect(again("clerk1", gone?.id ?? "")).rejects.toMatchObject({ status: 409 });
    const { id, sealedId } = await last();
    await admin`update entitlements.certificate set sealed_id = null where id = ${id}`;
    await expect(again("clerk1", id)).rejects.toMatchObject({ status: 409 });
    await admin`update entitlements.certificate set sealed_id = ${sealedId} where id = ${id}`;
  });
});

describe("一括処理担当がSQLで直に試みても", () => {
  test("作成中でない一括交付では証を作れず、ほかの人の証も、資格より先の期限も書けない", async () => {
    const run = await mailings.extract(await mailings.start(kind, order("2027-06-01")));
    const [mine] = await admin<{ id: string; issue: number }[]>`
      select e.id, (select max(z.issue) from entitlements.certificate z where z.entitlement_id = e.id) as issue
        from entitlements.entitlement e where e.person_number = ${children[0] ?? ""}`;
    const issue = (until: string, of = mine, ids: (string | null)[] = [randomUUID()]) =>
      as(
        "operator1",
        (sql) => sql`
      select entitlements.issue_by_run(${run.id}, ${[of?.id ?? ""]}::uuid[], ${[(of?.issue ?? 0) + 1]}::integer[], ${[until]}::date[],
        ${ids}::uuid[], array['x'::bytea])`,
      );
    await expect(issue("2027-12-31")).rejects.toMatchObject(denied);
    const approved = await mailings.approved(run);
    await admin`update mailings.batch_run set state = 'making' where id = ${approved.id}`;
    await expect(issue("2099-12-31")).rejects.toMatchObject(denied);
    await expect(issue("2027-05-31")).rejects.toMatchObject(denied);
    // Without what it says, or with what is sealed for somebody else, no certificate is entered.
    for (const ids of [[], [null], [randomUUID(), randomUUID()]])
      await expect(issue("2027-12-31", mine, ids)).rejects.toMatchObject(denied);
    const [foreign] = await admin<{ id: string }[]>`select id from vault.sealed_record limit 1`;
    await expect(issue("2027-12-31", mine, [foreign?.id ?? ""])).rejects.toMatchObject({
      code: "23505",
    });
    const [lost] = await admin<{ id: string; issue: number }[]>`
      select e.id, 2 as issue from entitlements.entitlement e where e.person_number = ${children[1] ?? ""}`;
    await expect(issue("2027-12-31", lost)).rejects.toMatchObject(denied);
    await expect(
      as("operator1", (sql) => sql`select entitlements.withdraw_run(${run.id})`),
    ).rejects.toMatchObject(denied);
    await expect(
      as(
        "nobody",
        (sql) =>
          sql`select * from entitlements.certified_on('child-medical', 'card', '2027-01-01', null)`,
      ),
    ).rejects.toMatchObject(denied);
  });
});

test("一括交付の種類は、証の種類ごとにある", () => {
  expect(mailingKind(kind.id).title).toBe("受給者証（一括交付）");
});
