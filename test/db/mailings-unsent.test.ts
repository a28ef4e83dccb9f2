import { beforeAll, describe, expect, test } from "vitest";
import {
  countUnsent,
  listItems,
  listUnsent,
  type PieceName,
  type RunRow,
  releaseItem,
  sendUnsent,
  settleUnsent,
} from "#src/platform/mailings/index.ts";
import {
  lookAtPerson,
  moveReckonedBirth,
  type PersonRecord,
  proposeReckonedBirth,
  reckonedBirthsOf,
} from "#src/platform/people/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { parseBirthDate } from "#workflows/dates/birth-date.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let run: RunRow;
const [child] = oneYearOlds(1);

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter([
    ...oneYearOlds(3),
    ...oneYearOlds(3, { protection: { from: "2026-06-01" } }),
    ...oneYearOlds(1, { name: { kanji: "試験　葛󠄂子", kana: "シケン　カツコ" } }),
    ...oneYearOlds(1, { address: { ...child?.address, postalCode: "", town: "" } as never }),
    ...oneYearOlds(1, {
      residence: {
        from: "2025-12-02",
        fromReason: "birth",
        to: "2026-11-01",
        toReason: "move-out",
      },
    }),
  ]);
  run = await mail.extracted();
});

const counted = async () => Object.fromEntries(await mail.as("operator1", countUnsent));
const listed = (size = 50, page = 1) =>
  mail.as("operator1", (work) => listUnsent(work, { page, size }));
const namesOf = async (reason: string): Promise<PieceName[]> =>
  (await listed()).flatMap(({ item }) => (item.reason === reason ? [item] : []));
const send = (pieces: readonly PieceName[], who: TestStaff = "operator1") =>
  mail.as(who, (work) =>
    sendUnsent(work, pieces, {
      contractorId: mail.contractorId,
      printBy: "2026-11-25",
      sendOn: "2026-11-28",
    }),
  );

describe("作り終えた回で見合わせたもの", () => {
  test("は、作り終えるまでは一覧に出ず、作り終えると、手の打てるものだけが理由ごとに数えられる", async () => {
    expect(await counted()).toEqual({});
    run = (await mail.make(await mail.approved(run))).run;
    expect(await counted()).toEqual({ protected: 3, "no-glyph": 1, "no-address": 1 });
    const rows = await listed();
    expect(rows.map(({ run: of }) => of.id)).toEqual(Array(5).fill(run.id));
  });

  test("は、データベースがページに切る", async () => {
    const [first, second, third] = [await listed(2, 1), await listed(2, 2), await listed(2, 3)];
    expect([first, second, third].map((rows) => rows.length)).toEqual([2, 2, 1]);
    const places = [...first, ...second, ...third].map(({ item }) => item.personNumber);
    expect(new Set(places).size).toBe(5);
  });

  test("は、後の小さな一括発送で、保留を解除して送れる。送る間も送った後も一覧から消える", async () => {
    const [piece] = await namesOf("protected");
    if (!piece) throw new Error("nothing waits");
    const [small] = await send([piece]);
    if (!small) throw new Error("no run");
    expect(await counted()).toMatchObject({ protected: 2 });
    await expect(send([piece])).rejects.toMatchObject({ status: 409 });
    let extracted = await mail.extract(small);
    expect(extracted).toMatchObject({ followsRunId: run.id, printBy: "2026-11-25" });
    expect((await mail.details(extracted)).counts).toMatchObject({ ready: 0, held: 1 });
    // Extracted once more, it is still for the chosen ones alone.
    extracted = await mail.extract(await mail.step("operator1", extracted, "extract"));
    const { items } = await mail.as("supervisor1", (work) =>
      listItems(work, small.id, { state: "held" }),
    );
    expect(items).toHaveLength(1);
    await mail.as("supervisor1", (work) =>
      releaseItem(work, {
        runId: small.id,
        expectedRevision: extracted.revision,
        place: items[0]?.place ?? 0,
        reason: "母に確かめた",
      }),
    );
    const approved = await mail.approved((await mail.details(extracted)).run);
    const made = await mail.make(approved);
    expect(made.counts).toMatchObject({ made: 1, held: 0 });
    expect(await counted()).toMatchObject({ protected: 2 });
  });

  test("は、小さな一括発送を取り消すと、また一覧に出る", async () => {
    const [piece] = await namesOf("no-address");
    const [small] = await send(piece ? [piece] : []);
    if (!small) throw new Error("no run");
    expect((await counted())["no-address"]).toBeUndefined();
    const extracted = await mail.extract(small);
    await mail.step("operator1", extracted, "cancel", "住所がまだ分からない");
    expect(await counted()).toMatchObject({ "no-address": 1 });
  });

  test("は、理由を書いて済みにできる。理由は回の一覧に残る", async () => {
    const pieces = (await namesOf("protected")).slice(0, 1);
    const settle = (reason: string, who: TestStaff = "operator2") =>
      mail.as(who, (work) => settleUnsent(work, pieces, reason));
    await expect(settle(" ")).rejects.toMatchObject({ status: 422 });
    await expect(settle("窓口で渡した", "supervisor1")).rejects.toThrow();
    await settle("窓口で本人に渡した");
    expect(await counted()).toMatchObject({ protected: 1 });
    await expect(settle("もう一度")).rejects.toMatchObject({ status: 409 });
    const { items } = await mail.as("operator1", (work) =>
      listItems(work, run.id, { state: "held" }),
    );
    expect(items.map(({ settled }) => settled).filter(Boolean)).toEqual(["窓口で本人に渡した"]);
  });

  test("は、次の月の回が取り上げると、そちらに移る", async () => {
    expect(await counted()).toMatchObject({ "no-glyph": 1 });
    await mail.extracted({ scope: "all" });
    expect(await counted()).toEqual({});
  });
});

test("生年月日が不詳の子の券は、その理由で見合わせになって数えられ、みなし生年月日が確認されると送れる", async () => {
  const born = (birthDate: PersonRecord["birthDate"]) =>
    oneYearOlds(1, { birthDate, residence: { from: "2026-02-01", fromReason: "move-in" } });
  const [, number = ""] = await mail.enter([
    ...born("2026-01-10"),
    ...born(parseBirthDate("2026-01")),
    // Whatever the day, a child of this year is not due in the month.
    ...born(parseBirthDate("2023")),
  ]);
  const january = await mail.extracted({ month: "2027-01" });
  expect((await mail.details(january)).counts).toMatchObject({ ready: 1, leftOut: 1 });
  const { items } = await mail.as("operator1", (work) =>
    listItems(work, january.id, { state: "left-out" }),
  );
  expect(items.map(({ personNumber, reason }) => [personNumber, reason])).toEqual([
    [number, "birth-unknown"],
  ]);
  await mail.make(await mail.approved(january));
  expect(await counted()).toEqual({ "birth-unknown": 1 });
  const pieces = await namesOf("birth-unknown");
  expect(pieces.map(({ personNumber }) => personNumber)).toEqual([number]);

  const counter = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(home.platform, await home.actor(who), { purpose: "counter" }, run);
  await counter("clerk1", async (work) => {
    const person = await lookAtPerson(work, number, ["facts"]);
    if (!person) throw new Error("nobody");
    await proposeReckonedBirth(work, person, {
      day: "2026-01-15",
      basis: "other",
      source: "出生証明書の写し",
      reason: "証明書に月までしか書かれていない",
    });
  });
  await counter("supervisor1", async (work) => {
    const [one] = await reckonedBirthsOf(work, number);
    await moveReckonedBirth(work, number, { id: one?.id ?? 0, event: "approve" });
  });
  const [small] = await send(pieces);
  if (!small) throw new Error("no run");
  const made = await mail.make(await mail.approved(await mail.extract(small)));
  expect(made.counts).toMatchObject({ made: 1 });
  expect(await counted()).toEqual({});
});

test("何も選ばなければ断られ、契約のない委託先では送れない", async () => {
  await expect(send([])).rejects.toMatchObject({ status: 422 });
  await expect(
    mail.as("operator1", (work) => sendUnsent(work, [], { contractorId: 999_999 })),
  ).rejects.toMatchObject({ status: 422 });
});
