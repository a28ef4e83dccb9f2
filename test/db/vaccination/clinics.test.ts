import { expect, test } from "vitest";
import {
  clinicAccountOn,
  clinicAccountsOf,
  enterClinicAccount,
  moveClinicAccount,
  openClinicAccounts,
} from "#src/programs/vaccination/clinics/accounts.ts";
import { clinicOn } from "#src/programs/vaccination/clinics/clinic-on.ts";
import {
  cancelContract,
  closureOf,
  contractOf,
  contractsOf,
  moveEntry,
  proposeClosure,
  proposeContract,
} from "#src/programs/vaccination/clinics/entries.ts";
import {
  addDoctor,
  changesOf,
  correctClinic,
  doctorsOf,
  endDoctor,
  getClinic,
  handledOf,
  registerClinic,
  setHandled,
} from "#src/programs/vaccination/clinics/register.ts";
import { clinicAccount, clinicFacts, clinicsOf, typedContract } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { as, clinic, contract, account } = clinicsOf(city);
const today = "2026-11-20";

test("登録した医療機関の、ある日の姿が分かる", async () => {
  const code = await clinic({ name: "渡邉󠄂・髙橋𠮷田クリニック" }, ["pcv", "mr1"]);
  await contract(code);
  expect(await as("clerk2", (work) => clinicOn(work, code, today))).toMatchObject({
    name: "渡邉󠄂・髙橋𠮷田クリニック",
    active: true,
    contractKinds: ["individual"],
    contracts: [{ payee: code, number: "契-1" }],
    vaccines: ["mr1", "pcv"],
  });
  const before = await as("clerk2", (work) => clinicOn(work, code, "2025-12-31"));
  expect(before).toMatchObject({ active: true, contractKinds: [], vaccines: [] });
  expect(await as("clerk2", (work) => clinicOn(work, "9999999999", today))).toBeUndefined();
});

test("検査数字の合わない番号と、登録済みの番号は受け付けない。市の番号は形だけを確かめる", async () => {
  const code = await clinic();
  const wrong = `${code.slice(0, 9)}${(Number(code[9]) + 1) % 10}`;
  const register = (one: string) =>
    as("clerk1", (work) => registerClinic(work, one, clinicFacts()));
  await expect(register(wrong)).rejects.toMatchObject({ field: "code" });
  await expect(register(code)).rejects.toMatchObject({ field: "code" });
  await register("9900000017");
});

test("変更の履歴に、前と後の内容が残る", async () => {
  const code = await clinic();
  await as("clerk2", async (work) => {
    const found = await getClinic(work, code);
    await correctClinic(work, found, clinicFacts({ phone: "096-111-1111" }));
  });
  await expect(
    as("clerk1", (work) => correctClinic(work, { code, revision: 1 }, clinicFacts())),
  ).rejects.toMatchObject({ status: 409 });
  const { rows, total } = await as("clerk1", (work) => changesOf(work, code, 1));
  expect(total).toBe(3);
  expect(rows[0]).toMatchObject({
    what: "corrected",
    before: { phone: "096-000-0000" },
    after: { phone: "096-111-1111" },
    staffName: "窓口 二郎",
  });
});

test("扱う接種は、いつからかで切り替わり、前の期間が残る", async () => {
  const code = await clinic({}, ["pcv", "hib"]);
  await as("clerk1", (work) =>
    setHandled(work, { code, revision: null }, { vaccines: ["hib", "mr1"], from: "2026-11-01" }),
  );
  expect(await as("clerk1", (work) => handledOf(work, code))).toMatchObject([
    { vaccine: "hib", validFrom: "2026-01-01", validTo: null },
    { vaccine: "mr1", validFrom: "2026-11-01", validTo: null },
    { vaccine: "pcv", validFrom: "2026-01-01", validTo: "2026-10-31" },
  ]);
  // 前の日にさかのぼってやめても、期間は重ならない。
  await as("clerk1", (work) =>
    setHandled(work, { code, revision: null }, { vaccines: ["pcv"], from: "2026-10-01" }),
  );
  expect(await as("clerk1", (work) => clinicOn(work, code, today))).toMatchObject({
    vaccines: ["pcv"],
  });
});

test("契約は、入力した人と別の人が確認してから有効になる", async () => {
  const code = await clinic();
  const id = await as("supervisor1", (work) => proposeContract(work, code, typedContract()));
  expect((await as("clerk1", (work) => clinicOn(work, code, today)))?.contractKinds).toEqual([]);
  const move = (who: "supervisor1" | "supervisor2" | "clerk1", step: "confirm" | "withdraw") =>
    as(who, async (work) => moveEntry(work, "contract", await contractOf(work, id), step));
  await expect(move("supervisor1", "confirm")).rejects.toMatchObject({ status: 403 });
  await expect(move("clerk1", "withdraw")).rejects.toMatchObject({ status: 403 });
  await move("supervisor2", "confirm");
  expect((await as("clerk1", (work) => clinicOn(work, code, today)))?.contractKinds).toEqual([
    "individual",
  ]);
});

test("契約を終えると、その翌日から契約がない。誤りの契約は、初めからなかったことになる", async () => {
  const code = await clinic();
  const id = await contract(code, { to: undefined });
  const on = async (day: `${number}-${number}-${number}`) =>
    (await as("clerk1", (work) => clinicOn(work, code, day)))?.contractKinds;
  const ended = await as("clerk1", async (work) =>
    proposeContract(work, code, typedContract({ to: "2026-10-31" }), {
      of: await contractOf(work, id),
      why: "ended",
    }),
  );
  expect(await on(today)).toEqual(["individual"]);
  const confirm = (one: string) =>
    as("supervisor1", async (work) =>
      moveEntry(work, "contract", await contractOf(work, one), "confirm"),
    );
  await confirm(ended);
  expect([await on("2026-10-31"), await on("2026-11-01")]).toEqual([["individual"], []]);
  await confirm(
    await as("clerk1", async (work) => cancelContract(work, await contractOf(work, ended))),
  );
  expect(await on("2026-10-31")).toEqual([]);
  expect((await as("clerk1", (work) => contractsOf(work, code))).map(({ state }) => state)).toEqual(
    ["confirmed", "replaced", "replaced"],
  );
});

test("同じ種類の契約の期間は重ならず、確認を待つものは一つだけである", async () => {
  const code = await clinic();
  await contract(code);
  const propose = (given: Parameters<typeof typedContract>[0]) =>
    as("clerk1", (work) => proposeContract(work, code, typedContract(given)));
  await expect(propose({ from: "2027-03-31", to: undefined })).rejects.toMatchObject({
    field: "from",
  });
  await expect(propose({ kind: undefined, from: undefined, to: false })).rejects.toMatchObject({
    errors: { kind: expect.any(String), from: expect.any(String), to: expect.any(String) },
  });
  await expect(
    propose({ paidTo: "body", from: "2027-04-01", to: undefined }),
  ).rejects.toMatchObject({
    field: "bodyCode",
  });
  await propose({ from: "2027-04-01", to: undefined });
  await expect(propose({ from: "2028-04-01", to: undefined })).rejects.toMatchObject({
    status: 409,
  });
  await propose({ kind: "mutual" });
});

test("休止の間は稼働していない。再開は休止の最後の日を、廃止はその日からを別の人が確認する", async () => {
  const code = await clinic();
  const state = async (day: `${number}-${number}-${number}`) =>
    (await as("clerk1", (work) => clinicOn(work, code, day)))?.state;
  const confirm = (id: string) =>
    as("supervisor1", async (work) =>
      moveEntry(work, "closure", await closureOf(work, id), "confirm"),
    );
  const paused = await as("clerk1", (work) =>
    proposeClosure(work, code, {
      kind: "suspended",
      from: "2026-11-01",
      to: undefined,
      reason: "absence",
    }),
  );
  expect(await state(today)).toBe("active");
  await confirm(paused);
  expect([await state("2026-10-31"), await state(today)]).toEqual(["active", "suspended"]);
  const resume = async (to: "2026-11-15" | undefined) =>
    as("clerk1", async (work) => {
      const of = await closureOf(work, paused);
      return proposeClosure(
        work,
        code,
        { kind: of.kind, from: "2026-11-01", to, reason: "resumed" },
        of,
      );
    });
  await expect(resume(undefined)).rejects.toMatchObject({ field: "to" });
  await confirm(await resume("2026-11-15"));
  expect([await state("2026-11-15"), await state("2026-11-16")]).toEqual(["suspended", "active"]);
  await confirm(
    await as("clerk1", (work) =>
      proposeClosure(work, code, {
        kind: "closed",
        from: "2027-03-31",
        to: undefined,
        reason: "abolished",
      }),
    ),
  );
  expect([await state("2027-03-30"), await state("2030-01-01")]).toEqual(["active", "closed"]);
});

test("口座は別の人が確認した日から使い、前の口座はその前の日に終わる", async () => {
  const code = await clinic();
  const on = (day: `${number}-${number}-${number}`) =>
    as("operator1", (work) => clinicAccountOn(work, code, day));
  const first = await account(code, "2026-04-01");
  const second = await account(code, "2026-12-01", "7654321");
  expect((await on("2026-11-30"))?.id).toBe(first);
  expect((await on("2026-12-01"))?.id).toBe(second);
  expect(await on("2026-03-31")).toBeUndefined();
  const now = await on("2026-12-01");
  const opened = await as(
    "operator1",
    (work) => openClinicAccounts(work, [now?.sealedId ?? ""]),
    "payment",
  );
  expect(opened.get(now?.sealedId ?? "")).toMatchObject({ number: "7654321" });
  await as("clerk1", (work) =>
    moveClinicAccount(work, second, "close", { closedFor: "own-request" }),
  );
  expect((await on("2026-12-01"))?.id).toBe(second);
  expect(await on("2026-12-02")).toBeUndefined();
  expect(
    (await as("clerk1", (work) => clinicAccountsOf(work, code))).map(({ state }) => state),
  ).toEqual(["closed", "closed"]);
});

test("口座を入力した人は確認できない。入力し直すと前のものは取り下げられる", async () => {
  const code = await clinic();
  const enter = (number: string) =>
    as("clerk1", (work) =>
      enterClinicAccount(work, code, { account: clinicAccount(number), from: today }),
    );
  const first = await enter("1111111");
  const second = await enter("2222222");
  const confirm = (who: "clerk1" | "clerk2", id: string) =>
    as(who, (work) => moveClinicAccount(work, id, "confirm", { evidence: "passbook" }));
  await expect(confirm("clerk2", first)).rejects.toMatchObject({ status: 409 });
  await expect(confirm("clerk1", second)).rejects.toMatchObject({ status: 403 });
  await expect(
    as("clerk2", (work) => moveClinicAccount(work, second, "confirm", {})),
  ).rejects.toMatchObject({ field: "evidence" });
  await confirm("clerk2", second);
  expect(await enter("2222222")).toBe(second);
});

test("医師の氏名は封をして残り、辞めた人は後に並ぶ", async () => {
  const code = await clinic();
  const add = (name: string) =>
    as("clerk1", (work) => addDoctor(work, code, { role: "doctor", name, from: "2026-04-01" }));
  await add("渡邉󠄂 一");
  await add("髙橋 二");
  const [first] = await as("clerk1", (work) => doctorsOf(work, code));
  await as("clerk1", (work) => endDoctor(work, code, first?.id ?? "", "2026-11-19"));
  expect((await as("clerk2", (work) => doctorsOf(work, code))).map(({ name }) => name)).toEqual([
    "髙橋 二",
    "渡邉󠄂 一",
  ]);
  const { rows } = await as("clerk2", (work) => changesOf(work, code, 1));
  expect(JSON.stringify(rows)).not.toContain("渡邉");
});
