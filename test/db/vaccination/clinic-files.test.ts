import { expect, test } from "vitest";
import { clinicCsv } from "#src/programs/vaccination/clinics/file/export.ts";
import {
  checkClinicFile,
  confirmImported,
  dropClinicFile,
  getClinicImport,
  loadClinicFile,
  receiveClinicFile,
} from "#src/programs/vaccination/clinics/file/import.ts";
import { clinicHints } from "#src/programs/vaccination/clinics/hints.ts";
import { clinicFigures, listClinics } from "#src/programs/vaccination/clinics/list.ts";
import { printClinicList } from "#src/programs/vaccination/clinics/papers.ts";
import { doctorsOf } from "#src/programs/vaccination/clinics/register.ts";
import { clinicCode, clinicsOf } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";

const city = await openTestPlatform();
const { as } = clinicsOf(city);
const { child, one } = recordsOf(city);
const today = "2026-11-20";
const many = 500;

const headings =
  "医療機関コード,名称,名称カナ,区分,所在,郵便番号,住所,地区,電話番号,市民向け一覧,扱う接種,扱う接種の開始日,接種医,契約の種類,契約番号,契約開始日,契約終了日,取りまとめ団体,団体での番号,支払先";
const districts = ["中央区", "東区", "西区", "南区", "北区"];
const line = (n: number, phone = "096-000-0000") =>
  [
    clinicCode(n),
    n % 7 === 0 ? `髙橋${n}医院` : `見本${n}クリニック`,
    n % 7 === 0 ? `タカハシ${n}イイン` : `ミホン${n}クリニック`,
    "診療所",
    n % 50 === 0 ? "県内の市外" : "市内",
    "8600001",
    `熊本市${districts[n % 5]}1-${n}`,
    districts[n % 5],
    phone,
    "",
    n % 2 === 0 ? "pcv；mr1" : "pcv",
    "2026-04-01",
    n % 10 === 0 ? `𠮷田 ${n}` : "",
    "市内個別",
    `R8-${n}`,
    "2026-04-01",
    "2027-03-31",
    "",
    "",
    "",
  ].join(",");
const file = (lines: readonly string[]) => Buffer.from([headings, ...lines].join("\n"));
const receive = (bytes: Buffer, who: "supervisor1" | "clerk1" = "supervisor1") =>
  as(who, (work) => receiveClinicFile(work, { bytes, layoutId: "clinics-1" }));
const import_ = async (id: string, who: "supervisor1" | "clerk1" = "supervisor1") =>
  as(who, async (work) => loadClinicFile(work, await getClinicImport(work, id)));

test(`${many}の医療機関を一度に登録し、別の決裁者がまとめて確認し、探して数える`, {
  timeout: 120_000,
}, async () => {
  const id = await receive(file(Array.from({ length: many }, (_, n) => line(n + 1))));
  const checked = await as("clerk1", async (work) =>
    checkClinicFile(work, await getClinicImport(work, id)),
  );
  expect(checked).toMatchObject({ rows: many, created: many, contracts: many, faults: [] });
  expect((await as("clerk1", (work) => listClinics(work, {}, { from: 0, size: 1 }))).total).toBe(0);
  await import_(id);
  const [sealed] =
    await city.admin`select from vault.holder_key where holder = ${`clinic-import:${id}`}`;
  expect(sealed).toBeUndefined();
  const contracted = () =>
    as("clerk1", (work) => listClinics(work, { contract: "individual" }, { from: 0, size: 50 }));
  expect((await contracted()).total).toBe(0);
  await expect(as("supervisor1", (work) => confirmImported(work, id))).rejects.toMatchObject({
    status: 403,
  });
  await as("supervisor2", (work) => confirmImported(work, id));
  const first = await contracted();
  expect([first.rows.length, first.total]).toEqual([50, many]);
  const last = await as("clerk1", (work) => listClinics(work, {}, { from: 450, size: 50 }));
  expect(last.rows).toHaveLength(50);
  const found = (filter: Parameters<typeof listClinics>[1]) =>
    as("clerk1", async (work) => (await listClinics(work, filter, { from: 0, size: 10 })).total);
  expect(await found({ text: "高橋" })).toBe(71);
  expect(await found({ text: "ﾀｶﾊｼ7ｲ" })).toBe(1);
  expect(await found({ text: clinicCode(42) })).toBe(1);
  expect(await found({ vaccine: "mr1", district: "東区" })).toBe(50);
  expect(await found({ place: "prefecture" })).toBe(10);
  expect(await found({ state: "none" })).toBe(0);
  expect(await as("clerk1", clinicFigures)).toMatchObject({ active: many, none: 0 });
  const { csv, lines } = await as("clerk1", (work) => clinicCsv(work, { text: "高橋" }, today));
  expect([lines, csv.includes("髙橋7医院"), csv.includes("𠮷田")]).toEqual([71, true, false]);
  for (const filter of [{ vaccine: "mr1" }, {}]) {
    const pdf = await as("clerk1", (work) => printClinicList(work, filter));
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
  }
});

test("もう一度取り込むと、変わった行だけが変わり、契約も医師も二つにならない", {
  timeout: 60_000,
}, async () => {
  const lines = [line(10, "096-111-1111"), line(20), line(30), line(9001)];
  const effect = await import_(await receive(file(lines), "clerk1"), "clerk1");
  expect(effect).toMatchObject({ created: 1, changed: 1, unchanged: 2, contracts: 1 });
  const doctors = await as("clerk1", (work) => doctorsOf(work, clinicCode(10)));
  expect(doctors.map(({ name }) => name)).toEqual(["𠮷田 10"]);
});

test("誤りのある行だけを除いて取り込み、取り込んだファイルは二度処理できない", async () => {
  const id = await receive(file([line(9002), line(9003).replace("診療所", "医院")]));
  const effect = await import_(id);
  expect(effect).toMatchObject({ created: 1, faults: [{ line: 3, column: "区分" }] });
  await expect(import_(id)).rejects.toMatchObject({ status: 409 });
  await expect(
    as("clerk1", async (work) => dropClinicFile(work, await getClinicImport(work, id))),
  ).rejects.toMatchObject({ status: 409 });
  const other = await receive(file([line(9004)]));
  await as("clerk1", async (work) => dropClinicFile(work, await getClinicImport(work, other)));
  await expect(receive(Buffer.from("番号\n1"))).rejects.toMatchObject({ field: "file" });
});

test("予診票の医療機関が台帳にあれば名称は台帳のとおりに記録し、違いは注意にして記録は止めない", async () => {
  const code = clinicCode(1);
  const taken = await one(
    pcv({ personNumber: await child(), clinicCode: code, clinicName: "打ち間違いクリニック" }),
  );
  expect(taken.state).toBe("recorded");
  const [shot] = await city.admin<
    { clinic_name: string }[]
  >`select clinic_name from vaccination.shot where id = ${taken.shotId ?? ""}`;
  expect(shot?.clinic_name).toBe("見本1クリニック");
  const unknown = await one(
    pcv({ personNumber: await child(), clinicCode: "4399999999", clinicName: "例示医院" }),
  );
  expect(unknown.state).toBe("recorded");
  const at = (clinicCode: string | null, vaccine = "pcv", givenOn = today) => ({
    clinicCode,
    vaccine,
    givenOn,
  });
  expect(
    await as("clerk1", (work) =>
      clinicHints(work, [
        at(code),
        at("4399999999"),
        at(null),
        at(code, "mr1"),
        at(code, "pcv", "2026-03-31"),
      ]),
    ),
  ).toEqual([
    undefined,
    expect.stringContaining("台帳にない"),
    undefined,
    expect.stringContaining("扱う登録"),
    expect.stringContaining("契約がありません"),
  ]);
});
