import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { enterClinicAccount } from "#src/programs/vaccination/clinics/accounts.ts";
import { proposeContract } from "#src/programs/vaccination/clinics/entries.ts";
import { receiveClinicFile } from "#src/programs/vaccination/clinics/file/import.ts";
import { prepareYear } from "#src/programs/vaccination/mistakes/years.ts";
import { prepareClosing } from "#src/programs/vaccination/reports/closings.ts";
import { enterSpecial } from "#src/programs/vaccination/special/entries.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { clinicAccount, clinicsOf, typedContract } from "#test/support/clinics.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { bindDuty, offered } from "#test/support/office-bound.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import "#src/programs/registry.ts";

const city = await openTestPlatform();
const { as, clinic } = clinicsOf(city);
const { child } = recordsOf(city);
const app = openTestApp(city);

const bind = (who: TestStaff, duty: "clerk" | "supervisor", office: string | null) =>
  bindDuty(city, { who, duty, office });

let bound: Visitor;
let whole: Visitor;
beforeAll(async () => {
  await bind("supervisor2", "supervisor", "431010");
  bound = await app.visitor("supervisor2");
  whole = await app.visitor("supervisor1");
});

/** Who decides for one office is offered nothing that is the whole city's, and a step sent by hand is refused. */
async function forTheCityAlone(path: string, steps: readonly string[], form: object) {
  const toWhole = offered(await whole.get(path), path);
  const toBound = offered(await bound.get(path), path);
  for (const step of steps) {
    expect(toWhole).toContain(step);
    expect(toBound).not.toContain(step);
    expect((await bound.post(`${path}${step}`, { ...form })).status, step).toBe(403);
  }
}

describe("一つの区の決裁者に、市全体の仕事のボタンを出さない", () => {
  test("医療機関の契約の確認と差戻し。自分が入れたものの取下げは出す", async () => {
    const code = await clinic();
    const path = `/vaccination/clinics/${code}`;
    const id = await as("clerk1", (work) => proposeContract(work, code, typedContract()));
    await forTheCityAlone(path, [`/contracts/${id}/confirm`, `/contracts/${id}/refuse`], {
      refusal: "paper",
    });
    const other = await clinic();
    const own = await as("supervisor2", (work) => proposeContract(work, other, typedContract()));
    const to = `/vaccination/clinics/${other}`;
    expect(offered(await bound.get(to), to)).toContain(`/contracts/${own}/withdraw`);
  });

  test("間違い接種の年次報告と、報告の締め", async () => {
    await as("clerk1", (work) => prepareYear(work, 2025));
    await forTheCityAlone("/vaccination/mistake-years/2025", ["/approve"], { revision: "1" });
    const id = await as("clerk1", (work) => prepareClosing(work, "2026-03-01"));
    await forTheCityAlone(`/vaccination/reports/closings/${id}`, ["/close"], { revision: "1" });
  });

  test("医療機関の口座の確認は、口座の権限がすべての区にある職員にだけ出す", async () => {
    const code = await clinic();
    const id = await as("clerk1", (work) =>
      enterClinicAccount(work, code, { account: clinicAccount(), from: "2026-11-20" }),
    );
    const path = `/vaccination/clinics/accounts/${id}`;
    await bind("clerk2", "clerk", null);
    expect(offered(await (await app.visitor("clerk2")).get(path), path)).toContain("/confirm");
    await bind("clerk2", "clerk", "431010");
    const clerk = await app.visitor("clerk2");
    expect(offered(await clerk.get(path), path)).toEqual([]);
    expect((await clerk.post(`${path}/confirm`, { evidence: "passbook" })).status).toBe(403);
    await bind("clerk2", "clerk", null);
  });
});

test("医療機関のファイルを取り込むボタンは、読んだ職員にだけ出す", async () => {
  const id = await as("supervisor1", (work) =>
    receiveClinicFile(work, {
      bytes: new Uint8Array(
        Buffer.from(
          "医療機関コード,名称,名称カナ,区分,所在,郵便番号,住所,地区,電話番号,市民向け一覧,扱う接種,扱う接種の開始日,接種医,契約の種類,契約番号,契約開始日,契約終了日,取りまとめ団体,団体での番号,支払先\n4310000000,,,,,,,,,,,,,,,,,,,\n",
        ),
      ),
      layoutId: "clinics-1",
    }),
  );
  const path = `/vaccination/clinics/imports/${id}`;
  expect(offered(await whole.get(path), path)).toEqual(["/drop", "/load"]);
  const page = await bound.get(path);
  expect(offered(page, path)).toEqual(["/drop"]);
  expect(page.text).toContain("取り込むのは、ファイルを読んだ職員です。");
  expect((await bound.post(`${path}/load`, {})).status).toBe(403);
});

test("他の区の特例は、見ることができても、その区の権限がなければ決裁や変更のボタンを出さない", async () => {
  const person = await child({
    birthDate: "2022-05-10",
    residence: { from: "2022-05-10", fromReason: "birth" },
  });
  const id = await as("clerk1", (work) =>
    enterSpecial(work, {
      personNumber: person,
      kind: "long-illness",
      reason: "disease",
      evidence: "doctor",
      evidenceOn: "2026-11-10",
      validFrom: undefined,
      validUntil: undefined,
      hindranceFrom: "2023-06-01",
      hindranceTo: "2026-10-01",
      vaccines: ["mr1"],
      dueOn: undefined,
      words: {},
    }),
  );
  const [entry] = await city.admin<{ office: string }[]>`
    select office_code as office from special.entry where id = ${id}`;
  const path = `/vaccination/special/${id}`;
  await bind("supervisor2", "supervisor", entry?.office ?? "");
  expect(offered(await bound.get(path), path)).toContain("/approve");
  await bind("supervisor2", "supervisor", entry?.office === "431028" ? "431010" : "431028");
  // Looks at every office's, decides in one.
  await city.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      insert into access.duty_grant (staff_id, duty, valid_from, valid_to, reason, requested_by, requested_at, decision, decided_by, decided_at)
      select g.staff_id, 'clerk', g.valid_from, g.valid_to, g.reason, g.requested_by, g.requested_at, g.decision, g.decided_by, g.decided_at
        from access.duty_grant g where g.staff_id = (select id from access.staff where login_name = 'supervisor2') limit 1`;
  });
  const elsewhere = await bound.get(path);
  expect(elsewhere.status).toBe(200);
  expect(offered(elsewhere, path)).not.toContain("/approve");
  await bind("supervisor2", "supervisor", "431010");
});

test("予防接種のどの処理も、ボタンを出す前に、どこまでの権限が要るかを述べる", async () => {
  const silent: string[] = [];
  for await (const file of glob("src/programs/vaccination/**/*.ts"))
    for (const call of readFileSync(file, "utf8").matchAll(/actionsAt\(\s*work\.actor[^;]*;/g))
      if (!call[0].includes("reach:")) silent.push(file);
  expect(silent).toEqual([]);
});
