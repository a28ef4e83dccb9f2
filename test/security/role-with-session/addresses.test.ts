import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import type { TestStaff } from "#test/support/database.ts";
import { addressOf, cityWithPeople, denied } from "./support.ts";

const { city, as, hidden, hiddenNumber, housemateNumber, open, openNumber } =
  await cityWithPeople();
const { admin, platform } = city;

const nothing = { sealed_address: null, town_code: null, postal_code: null };
const caseId = await bareCase(admin, hiddenNumber);
const paper = await runWork(
  platform,
  await city.system(),
  { purpose: "scheduled", program: "child-medical" },
  (work) =>
    putSealed(work, {
      holder: hiddenNumber,
      program: "child-medical",
      kind: "document",
      caseId,
      data: new Uint8Array([1]),
    }),
);

describe("支援措置の対象者の住所", () => {
  test("は、どの職務でも、権限がなければ何を言っても出てこない", async () => {
    const without: TestStaff[] = ["clerk1", "clerk3", "number1", "operator1"];
    for (const who of without) {
      expect(await as(who, addressOf(hiddenNumber)), who).toEqual(nothing);
      expect(await as(who, addressOf(housemateNumber)), who).toEqual(nothing);
    }
    for (const program of ["", "child-medical", "vaccination", "feeds", "nothing"])
      expect(await as("clerk1", addressOf(hiddenNumber), { "app.program": program })).toEqual(
        nothing,
      );
    expect((await as("clerk1", addressOf(openNumber)))?.sealed_address).not.toBeNull();
    expect((await as("supervisor1", addressOf(hiddenNumber)))?.sealed_address).not.toBeNull();
  });

  test("は、町名で検索して当てることもできない", async () => {
    const found = (town: string, number: string) => (sql: TransactionSql) =>
      sql`select * from vault.find(null, null, null, null, ${town}, ${number}, null, null, null)`;
    const town = hidden.address.townCode;
    expect(await as("clerk1", found(town, hiddenNumber))).toHaveLength(0);
    expect(await as("clerk1", found(town, housemateNumber))).toHaveLength(0);
    expect(await as("clerk1", found(town, openNumber))).toHaveLength(1);
    expect(await as("supervisor1", found(town, hiddenNumber))).toHaveLength(1);
  });

  test("は、一括発送の抽出にも町や郵便番号として現れない", async () => {
    const rows = await as(
      "operator1",
      (sql) => sql<
        { person_number: string; town_code: string | null; postal_code: string | null }[]
      >`
        select * from vault.select_people('{2020-05-10}'::date[], '{2020-05-10}'::date[], null)`,
    );
    const of = (number: string) => rows.find((row) => row.person_number === number);
    expect(of(openNumber)?.town_code).toBe(open.address.townCode);
    for (const number of [hiddenNumber, housemateNumber])
      expect(of(number)).toMatchObject({ town_code: null, postal_code: null });
  });

  test("は、発行済みの文書からも読めない", async () => {
    const read = (sql: TransactionSql) => sql`select * from vault.get_sealed(${[paper]}::uuid[])`;
    await expect(as("clerk1", read)).rejects.toMatchObject(denied);
    expect(await as("supervisor1", read)).toHaveLength(1);
  });

  test("は、業務日付を偽っても出てこない（時計を進められる環境を除く）", async () => {
    const [day] = await admin<
      { today: string }[]
    >`select (now() at time zone 'Asia/Tokyo')::date::text as today`;
    await admin`delete from access.played_clock`;
    try {
      for (const date of ["2026-05-31", "2020-01-01", "2030-01-01"])
        await expect(
          as("clerk1", addressOf(hiddenNumber), { "app.business_date": date }),
        ).rejects.toMatchObject(denied);
      expect(
        await as("clerk1", addressOf(hiddenNumber), { "app.business_date": day?.today ?? "" }),
      ).toEqual(nothing);
    } finally {
      await admin`insert into access.played_clock default values`;
    }
  });
});
