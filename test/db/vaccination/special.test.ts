import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  enterSpecial,
  moveSpecial,
  readSpecial,
  type SpecialSaid,
} from "#src/programs/vaccination/special/entries.ts";
import { circumstancesOf, specialOn } from "#src/programs/vaccination/special/index.ts";
import { mailingAddressesOn } from "#src/programs/vaccination/special/on-day.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const home = await openTestPlatform();
const { as, child, one } = recordsOf(home);
const born = {
  birthDate: "2022-05-10",
  residence: { from: "2022-05-10", fromReason: "birth" },
} as const;

const nothing = {
  reason: undefined,
  evidence: undefined,
  evidenceOn: "2026-11-10",
  validFrom: undefined,
  validUntil: undefined,
  hindranceFrom: undefined,
  hindranceTo: undefined,
  vaccines: [],
  dueOn: undefined,
  words: {},
} as const;
const illness = (personNumber: string, more: Partial<SpecialSaid> = {}): SpecialSaid => ({
  ...nothing,
  personNumber,
  kind: "long-illness",
  reason: "disease",
  evidence: "doctor",
  hindranceFrom: "2023-06-01",
  hindranceTo: "2026-10-01",
  vaccines: ["mr1", "vzv"],
  ...more,
});
const enter = (said: SpecialSaid, who: TestStaff = "clerk1", at?: { id: string; seen: number }) =>
  as(who, (work) => enterSpecial(work, said, at));
const revision = (id: string) =>
  as("supervisor1", async (work) => (await readSpecial(work, id)).row.revision);
const move = async (
  who: TestStaff,
  id: string,
  type: "approve" | "return" | "end" | "withdraw",
  more: object = {},
) => {
  const seen = await revision(id);
  await as(who, (work) => moveSpecial(work, { id, seen, type, ...more }));
};
const on = (number: string, day = "2026-11-20") =>
  as("clerk1", async (work) => (await specialOn(work, [number], day as never)).get(number));
const mr = (personNumber: string, givenOn: IsoDate = "2026-11-18") =>
  ({ channel: "slip", outcome: "given", vaccine: "mr1", dose: 1, personNumber, givenOn }) as const;

describe("長期療養特例", () => {
  test("別の職員が決裁すると、期限までの接種が定期接種になる", async () => {
    const person = await child(born);
    expect((await one(mr(person))).state).toBe("doubtful");
    const id = await enter(illness(person));
    expect(await on(person)).toBeUndefined();
    await expect(move("clerk1", id, "approve")).rejects.toMatchObject({ status: 403 });
    await move("supervisor1", id, "approve");
    expect((await on(person))?.longIllness).toEqual([
      { vaccine: "mr1", until: "2028-09-30" },
      { vaccine: "vzv", until: "2028-09-30" },
    ]);
    expect((await one(mr(person))).state).toBe("recorded");
  });

  test("入力した決裁者は、自分で決裁できない。直すと再び決裁を待つ", async () => {
    const person = await child(born);
    const id = await enter(illness(person), "supervisor1");
    await expect(move("supervisor1", id, "approve")).rejects.toMatchObject({ status: 403 });
    await move("supervisor2", id, "approve");
    await enter(illness(person, { vaccines: ["vzv"] }), "supervisor2", {
      id,
      seen: await revision(id),
    });
    expect(await on(person)).toBeUndefined();
    await expect(move("supervisor2", id, "approve")).rejects.toMatchObject({ status: 403 });
    await move("supervisor1", id, "return", { reason: "evidence" });
    expect(await on(person)).toBeUndefined();
  });

  test("終わりの日を入れると、その日まで", async () => {
    const person = await child(born);
    const id = await enter(illness(person));
    await move("supervisor1", id, "approve");
    await move("clerk1", id, "end", { reason: "over", endsOn: "2026-11-19" });
    expect(await on(person, "2026-11-20")).toBeUndefined();
    const { row } = await as("clerk1", (work) => readSpecial(work, id));
    expect(row.untils).toEqual(["2026-11-19", "2026-11-19"]);
  });

  test("対象にならないワクチンは、理由を示して断る", async () => {
    const person = await child(born);
    await expect(enter(illness(person, { vaccines: ["rota1"] }))).rejects.toMatchObject({
      field: "vaccines",
    });
    await expect(enter(illness(person, { hindranceTo: "2026-11-21" }))).rejects.toMatchObject({
      field: "hindranceTo",
    });
    await expect(enter(illness(person, { evidence: "told" }))).rejects.toMatchObject({
      field: "evidence",
    });
  });
});

describe("ほかの特例と注意", () => {
  test("送付先があれば郵便はそこへ、終われば住所へ", async () => {
    const person = await child(born);
    const id = await enter({
      ...nothing,
      personNumber: person,
      kind: "mailing-address",
      reason: "hospital",
      evidence: "told",
      validFrom: "2026-11-01",
      words: { name: "渡邉󠄂 花子", postalCode: "8600001", address: "見本市見本町1番1号" },
    });
    const to = (day: string) =>
      as("clerk1", async (work) =>
        (await mailingAddressesOn(work, [person], day as never)).get(person),
      );
    expect(await to("2026-10-31")).toBeUndefined();
    expect(await to("2026-11-20")).toMatchObject({ name: "渡邉󠄂 花子", postalCode: "8600001" });
    await move("clerk1", id, "end", { reason: "over", endsOn: "2026-11-19" });
    expect(await to("2026-11-20")).toBeUndefined();
  });

  test("妊娠と障害は、対象の期間とともに答える", async () => {
    const person = await child({
      ...born,
      birthDate: "1964-05-10",
      residence: { from: "1990-04-01", fromReason: "move-in" },
    });
    await enter({
      ...nothing,
      personNumber: person,
      kind: "disability",
      reason: "hiv",
      evidence: "handbook",
      validFrom: "2026-04-01",
    });
    expect((await on(person))?.eligibility.map(({ kind }) => kind)).toEqual([
      "disability-60-64",
      "hiv-60-64",
    ]);
    const found = await as("clerk1", (work) => circumstancesOf(work, [person]));
    expect(found.get(person)).toMatchObject([{ kind: "disability", organ: "hiv" }]);
    const rows = await as(
      "clerk1",
      (work) => work.sql<{ kind: string }[]>`
      select kind from special.eligibility where person_number = ${person} order by kind`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["disability-60-64", "hiv-60-64"]);
  });

  test("画面を通さない操作は、データベースが断る", async () => {
    const person = await child(born);
    const wrong = async (
      who: TestStaff,
      run: (work: Parameters<Parameters<typeof as>[1]>[0]) => PromiseLike<unknown>,
    ) =>
      expect(as(who, async (work) => run(work))).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|22023|MD011|23514)$/),
      });
    const call = (
      work: Parameters<Parameters<typeof as>[1]>[0],
      until: string,
      kind = "long-illness",
      evidence = "doctor",
    ) =>
      work.sql`select special.enter(${randomUUID()}, null, ${person}, ${kind}, 'disease', ${evidence}, '2026-11-10', '2026-10-01', ${until},
        '2023-06-01', '2026-10-01', array['mr1'], array[${until}]::date[], null, null)`;
    // More years than the law gives, another paper than a doctor's, other kinds with vaccines, somebody without the right.
    await wrong("clerk1", (work) => call(work, "2028-10-01"));
    await wrong("clerk1", (work) => call(work, "2028-09-30", "long-illness", "told"));
    await wrong("clerk1", (work) => call(work, "2028-09-30", "caution"));
    await wrong("auditor1", (work) => call(work, "2028-09-30"));
    await wrong("clerk1", (work) => work.sql`update special.entry set state = 'standing'`);
    await wrong(
      "clerk1",
      (work) =>
        work.sql`select special.move(${randomUUID()}, 1, 'approve', 'standing', null, null)`,
    );
  });
});
