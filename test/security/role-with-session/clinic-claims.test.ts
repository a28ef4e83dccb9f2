import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { proposeCorrection } from "#src/programs/vaccination/clinic-claims/corrections.ts";
import { clinicClaimsOf, pcvLine, setClaimTerms } from "#test/support/clinic-claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

// 委託料の請求を、画面を通らずSQLで直に書き、余分に払わせようとする。

const city = await openTestPlatform();
await setClaimTerms(city);
const sql = staffSql(city);
const home = clinicClaimsOf(city);
const { as, contracted, slips, open, read, move, rows, approved, judge, one, child } = home;

/** Two numbers of one person, merged as it would stand. */
const link = (merged: string | undefined, canonical: string | undefined) =>
  city.admin`
    insert into people.merge (merged, canonical, ground, state, preview) values (${merged ?? ""}, ${canonical ?? ""}, 'individual-number', 'merged', '{}')`;

/** Rows as the rules would give them for slips of the first dose. */
const reckonedRow = (slip: { slipId: string; shotId: string | undefined }, given = {}) => ({
  slip_id: slip.slipId,
  shot_id: slip.shotId,
  price: 12_100,
  tax: 1100,
  copay: 0,
  exempt: false,
  amount: 12_100,
  findings: [],
  disposition: "pay",
  origin_id: null,
  ...given,
});
const reckon = (id: string, seen: number, list: readonly unknown[]) =>
  sql("clerk2", (tx) =>
    tx.unsafe("select clinic_claims.reckon($1, $2, 'examining', '2026-05-01', $3::text::jsonb)", [
      id,
      seen,
      JSON.stringify(list),
    ]),
  );

test("表には直に書けず、区に限られた人には一行も見えず、何も呼べない", async () => {
  const clinic = await contracted();
  const [slip] = await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  for (const statement of [
    "update clinic_claims.claim set state = 'approved'",
    "update clinic_claims.claim_row set amount = 1",
    "delete from clinic_claims.claim_line",
    "insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on) values ('1', 'pcv', 1, 'given', '2026-11-01', 'clinic', gen_random_uuid(), 1, '2026-11-20')",
    `select payments.enter_payable_to_party('vaccination', 'clinic-claim', gen_random_uuid(), '${clinic}', 1000000)`,
    `select payments.tell_account_of_party(gen_random_uuid(), 'vaccination', '${clinic}', gen_random_uuid(), '12345678'::bytea, '2026-11-20', 1, 2, now())`,
    `select clinic_claims.undo(c) from clinic_claims.claim c`,
  ])
    await expect(sql("supervisor1", (tx) => tx.unsafe(statement))).rejects.toMatchObject(denied);
  for (const who of ["east1", "nobody", "operator1"] as const) {
    expect(await sql(who, (tx) => tx`select from clinic_claims.claim`)).toHaveLength(0);
    for (const call of [
      `select * from clinic_claims.facts('${id}', '2026-05-01')`,
      `select * from clinic_claims.lines_of('${id}')`,
      `select clinic_claims.move('${id}', 1, 'withdraw', 'withdrawn', 'other')`,
      `select clinic_claims.judge_rows('${id}', 1, array['${slip?.slipId}']::uuid[], 'refuse', 'invalid-dose', null)`,
    ])
      await expect(sql(who, (tx) => tx.unsafe(call))).rejects.toMatchObject(denied);
  }
});

test("単価、自己負担、減免、税を言い換えても、表と違う額は受け付けられない", async () => {
  const clinic = await contracted();
  const [slip] = await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  if (!slip) throw new Error("a slip was taken");
  for (const given of [
    { price: 99_000, amount: 99_000, tax: 9000 },
    { amount: 24_200 },
    { tax: 0 },
    { copay: 100, amount: 12_000, tax: 1090 },
    { exempt: true },
  ])
    await expect(reckon(id, 1, [reckonedRow(slip, given)])).rejects.toMatchObject({
      code: expect.stringMatching(/^(22023|23514)$/),
    });
  await reckon(id, 1, [reckonedRow(slip)]);
});

test("予診票を増やしても除いても突合できず、記録のないものは支払うことにできない", async () => {
  const clinic = await contracted();
  const [slip] = await slips(clinic, 1);
  const other = await slips(await contracted(), 1);
  const lost = await one({
    channel: "slip",
    outcome: "given",
    vaccine: "pcv",
    givenOn: "2026-11-03",
    clinicCode: clinic,
    identity: { kana: "ダレモ　シラナイ", birth: "2026-05-11" },
  });
  const id = await open(clinic, [pcvLine(2)]);
  if (!slip || !other[0]) throw new Error("slips were taken");
  const unknown = reckonedRow({ slipId: lost.slipId, shotId: undefined });
  const moved = { code: "MD014" };
  await expect(reckon(id, 1, [reckonedRow(slip)])).rejects.toMatchObject(moved);
  await expect(
    reckon(id, 1, [reckonedRow(slip), unknown, reckonedRow(other[0])]),
  ).rejects.toMatchObject(moved);
  await expect(reckon(id, 1, [reckonedRow(slip), reckonedRow(slip)])).rejects.toMatchObject(moved);
  for (const given of [{}, { disposition: "open" }, { findings: ["no-record"] }])
    await expect(
      reckon(id, 1, [reckonedRow(slip), { ...unknown, ...given }]),
    ).rejects.toMatchObject(moved);
  await reckon(id, 1, [
    reckonedRow(slip),
    { ...unknown, findings: ["no-record"], disposition: "open" },
  ]);
  const row = (await rows(id)).find(({ slipId }) => slipId === lost.slipId);
  await expect(
    sql(
      "clerk2",
      (tx) =>
        tx`select clinic_claims.judge_rows(${id}, 2, ${[row?.id ?? ""]}::uuid[], 'pay', 'checked', null)`,
    ),
  ).rejects.toMatchObject({ code: "MD018" });
});

test("契約のない医療機関、市民でない人、疑いのある接種を、指摘を伏せて支払うことにはできない", async () => {
  const clinic = await home.clinic({}, ["flu"]);
  const [slip] = await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  if (!slip) throw new Error("a slip was taken");
  const found = ["no-contract", "not-handled"];
  for (const given of [
    {},
    { findings: found },
    { findings: ["no-contract"], disposition: "open" },
    { findings: ["second-channel"], disposition: "same" },
    { findings: found, disposition: "open", origin_id: randomUUID() },
  ])
    await expect(reckon(id, 1, [reckonedRow(slip, given)])).rejects.toMatchObject({
      code: "MD014",
    });
  await reckon(id, 1, [reckonedRow(slip, { findings: found, disposition: "open" })]);
});

test("突合の後に契約が取り消されると、決裁できない", async () => {
  const clinic = await home.clinic({}, ["pcv"]);
  const contract = await home.contract(clinic);
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await move("clerk2", id, "reckon");
  await move("clerk2", id, "propose");
  await city.admin`update clinics.contract set state = 'replaced' where id = ${contract}`;
  await expect(
    sql(
      "supervisor1",
      (tx) => tx`select clinic_claims.move(${id}, 3, 'approve', 'approved', null)`,
    ),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("請求の期限も、さかのぼる月数も、市が定めたもののほかは言えない", async () => {
  const clinic = await contracted();
  const [slip] = await slips(clinic, 1);
  await expect(
    sql(
      "clerk1",
      (tx) =>
        tx`select clinic_claims.open_claim(${randomUUID()}, ${clinic}, '2026-09', 'individual', 'keyboard', null, '2026-11-20', '2026-11-20',
          '[{"vaccine":"pcv","dose":1,"outcome":"given","count":1,"amount":12100}]')`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
  const id = await open(clinic, [pcvLine(1)]);
  for (const since of ["2025-01-01", "2026-11-01", null])
    await expect(
      sql(
        "clerk2",
        (tx) =>
          tx`select clinic_claims.reckon(${id}, 1, 'examining', ${since}, ${JSON.stringify([reckonedRow(slip ?? { slipId: "", shotId: undefined })])}::text::jsonb)`,
      ),
    ).rejects.toMatchObject({ code: "22023" });
});

test("一度でも入力、審査、差額の確認をした人は、後から別の人が手を加えても決裁できない", async () => {
  const clinic = await contracted();
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await move("supervisor1", id, "reckon");
  await judge(id, [(await rows(id))[0]?.id ?? ""], "pay", "checked", "supervisor1");
  await move("clerk2", id, "reckon");
  await move("clerk2", id, "propose");
  const call = (tx: Parameters<Parameters<typeof sql>[1]>[0]) =>
    tx`select clinic_claims.move(${id}, 5, 'approve', 'approved', null)`;
  await expect(sql("supervisor1", call)).rejects.toMatchObject({ code: "MD011" });
  await sql("supervisor2", call);
});

test("支払が戻った請求の過誤は決裁できず、過誤のある請求の決裁は取り消せない", async () => {
  const clinic = await contracted();
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await approved(id);
  const { payableId } = await read(id);
  const paying = (state: string) =>
    city.admin`update payments.payable set state = ${state} where id = ${payableId}`;
  await paying("paid");
  const made = await as("supervisor2", async (work) =>
    proposeCorrection(work, {
      row: (await rows(id))[0]?.id ?? "",
      after: 11_000,
      reason: "price",
    }),
  );
  await paying("awaiting-correction");
  await expect(
    sql(
      "supervisor1",
      (tx) => tx`select clinic_claims.decide_correction(${made}, 1, 'approve', 'approved')`,
    ),
  ).rejects.toMatchObject({ code: "MD014" });
  const { revision } = await read(id);
  await expect(
    sql(
      "supervisor1",
      (tx) => tx`select clinic_claims.move(${id}, ${revision}, 'takeBack', 'examining', 'other')`,
    ),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("全額の過誤を戻しても、その接種を別の請求や別の番号で支払った後には支払われない", async () => {
  const [first, second] = [await contracted(), await contracted()];
  const [slip] = await slips(first, 1);
  const id = await open(first, [pcvLine(1)]);
  await approved(id);
  await city.admin`update payments.payable set state = 'paid' where id = ${(await read(id)).payableId}`;
  const row = (await rows(id))[0]?.id ?? "";
  const correct = async (after: number) => {
    const made = await as("supervisor2", (work) =>
      proposeCorrection(work, { row, after, reason: "other" }),
    );
    return sql(
      "supervisor1",
      (tx) => tx`select clinic_claims.decide_correction(${made}, 1, 'approve', 'approved')`,
    );
  };
  await correct(0);
  const [other] = await slips(second, 1);
  await link(other?.personNumber, slip?.personNumber);
  const next = await open(second, [pcvLine(1)]);
  await approved(next);
  await expect(correct(12_100)).rejects.toMatchObject({ code: "MD014" });
});

test("統合された二つの番号の同じ接種を同時に決裁しても、支払は1回である", async () => {
  const clinics = [await contracted(), await contracted()];
  const ids: string[] = [];
  const whose: (string | undefined)[] = [];
  for (const clinic of clinics) {
    whose.push((await slips(clinic, 1))[0]?.personNumber);
    const id = await open(clinic, [pcvLine(1)]);
    await move("clerk2", id, "reckon");
    await move("clerk2", id, "propose");
    ids.push(id);
  }
  await link(whose[0], whose[1]);
  const approve = (id: string | undefined) => (tx: Parameters<Parameters<typeof sql>[1]>[0]) =>
    tx`select clinic_claims.move(${id ?? ""}, 3, 'approve', 'approved', null)`;
  // The second begins before the first has ended.
  const late = await sql("supervisor1", async (tx) => {
    await approve(ids[0])(tx);
    const begun = sql("supervisor2", approve(ids[1])).then(
      () => "paid",
      ({ code }: { code: string }) => code,
    );
    await Promise.race([begun, new Promise((done) => setTimeout(done, 1500))]);
    return { begun };
  });
  expect(await late.begun).toBe("MD011");
});

test("自分の起案を決裁したり、審査を飛ばして決裁したり、起案の後に内容を変えたりできない", async () => {
  const clinic = await contracted();
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await move("supervisor1", id, "reckon");
  const call =
    (event: string, target: string, seen: number) =>
    (tx: Parameters<Parameters<typeof sql>[1]>[0]) =>
      tx`select clinic_claims.move(${id}, ${seen}, ${event}, ${target}, null)`;
  for (const [event, target] of [
    ["approve", "approved"],
    ["approveNothing", "paid"],
    ["pay", "paid"],
    ["propose", "approved"],
  ] as const)
    await expect(sql("supervisor1", call(event, target, 2))).rejects.toMatchObject({
      code: expect.stringMatching(/^(MD011|42501)$/),
    });
  await move("supervisor1", id, "propose");
  for (const [event, target] of [
    ["approve", "approved"],
    ["approve", "paid"],
    ["approveNothing", "paid"],
  ] as const)
    await expect(sql("supervisor1", call(event, target, 3))).rejects.toMatchObject({
      code: "MD011",
    });
  await expect(sql("clerk1", call("approve", "approved", 3))).rejects.toMatchObject(denied);
  for (const change of [
    `select clinic_claims.change_lines('${id}', 3, '[{"vaccine":"pcv","dose":1,"outcome":"given","count":9,"amount":9}]')`,
    `select clinic_claims.judge_rows('${id}', 3, array['${(await rows(id))[0]?.id}']::uuid[], 'refuse', 'invalid-dose', null)`,
    `select clinic_claims.accept_line('${id}', 3, 1, 'other')`,
  ])
    await expect(sql("clerk2", (tx) => tx.unsafe(change))).rejects.toMatchObject({ code: "MD011" });
  await expect(sql("supervisor2", call("approve", "approved", 2))).rejects.toMatchObject({
    code: "MD014",
  });
});

test("同じ接種を二つの請求で同時に決裁しても、支払は1回である", async () => {
  const [first, second] = [await contracted(), await contracted()];
  const personNumber = await child();
  const told = {
    channel: "slip",
    outcome: "given",
    vaccine: "pcv",
    givenOn: "2026-11-02",
    personNumber,
  } as const;
  await one({ ...told, clinicCode: first });
  await one({ ...told, clinicCode: second });
  const ids = [await open(first, [pcvLine(1)]), await open(second, [pcvLine(1)])];
  for (const id of ids) {
    await move("clerk2", id, "reckon");
    await judge(id, [(await rows(id))[0]?.id ?? ""], "pay", "checked");
    await move("clerk2", id, "propose");
  }
  const seen = await Promise.all(ids.map(async (id) => (await read(id)).revision));
  const results = await Promise.allSettled(
    ids.map((id, at) =>
      sql(
        at === 0 ? "supervisor1" : "supervisor2",
        (tx) => tx`select clinic_claims.move(${id}, ${seen[at] ?? 0}, 'approve', 'approved', null)`,
      ),
    ),
  );
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const [paid] = await city.admin<{ n: number; owed: number }[]>`
    select (select count(*)::int from vaccination.paid_dose where person_number = ${personNumber} and cancelled_at is null) as n,
           (select count(*)::int from payments.payable where party_code in ${city.admin([first, second])}) as owed`;
  expect(paid).toEqual({ n: 1, owed: 1 });
});

test("過誤は単価を超えられず、自分では決裁できず、支払う前の請求にはない", async () => {
  const clinic = await contracted();
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await approved(id);
  const [row] = await rows(id);
  const propose = (after: number) =>
    sql(
      "supervisor2",
      (tx) =>
        tx`select clinic_claims.propose_correction(${randomUUID()}, ${row?.id ?? ""}, ${after}, 'price')`,
    );
  await expect(propose(0)).rejects.toMatchObject({ code: "MD011" });
  await city.admin`update payments.payable set state = 'paid' where id = ${(await read(id)).payableId}`;
  await expect(propose(99_000)).rejects.toMatchObject({ code: "22023" });
  const made = await as("supervisor2", (work) =>
    proposeCorrection(work, { row: row?.id ?? "", after: 11_000, reason: "price" }),
  );
  await expect(
    sql(
      "supervisor2",
      (tx) => tx`select clinic_claims.decide_correction(${made}, 1, 'approve', 'approved')`,
    ),
  ).rejects.toMatchObject({ code: "MD011" });
  await expect(
    sql(
      "supervisor1",
      (tx) => tx`select clinic_claims.move(${id}, ${4}, 'takeBack', 'examining', 'other')`,
    ),
  ).rejects.toMatchObject({ code: "MD014" });
});

test("決裁の前の書類は発行できず、書類は請求ごとに封がされている", async () => {
  const clinic = await contracted();
  const id = await open(clinic, [pcvLine(1)]);
  await expect(
    sql(
      "clerk1",
      (tx) =>
        tx`select clinic_claims.issue_paper(${randomUUID()}, ${id}, 'statement', 'x', ${randomUUID()}, 'x')`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(
    sql(
      "east1",
      (tx) =>
        tx`select vault.put_sealed(${[randomUUID()]}::uuid[], ${[`clinic-claim:${id}`]}::text[], 'vaccination', 'clinic-claim-paper', null, array[${Buffer.alloc(40)}::bytea])`,
    ),
  ).rejects.toMatchObject(denied);
});
