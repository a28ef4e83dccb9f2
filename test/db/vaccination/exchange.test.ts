import { randomUUID } from "node:crypto";
import { Decrypter } from "age-encryption";
import { extract } from "tar-stream";
import { beforeAll, describe, expect, test } from "vitest";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { takeAnswerFile } from "#src/programs/vaccination/exchange/answer-file.ts";
import { takeAnswer, tellInquiry } from "#src/programs/vaccination/exchange/answers.ts";
import {
  addressInquiry,
  askInquiry,
  remindInquiry,
} from "#src/programs/vaccination/exchange/asking.ts";
import {
  beginCopies,
  copyRunNumber,
  linesOfCopyRun,
  reconcileCopies,
  refusedCopies,
  settleCopy,
} from "#src/programs/vaccination/exchange/copies.ts";
import {
  readCopyAnswers,
  takeCopyAnswers,
  takeCopyFile,
} from "#src/programs/vaccination/exchange/copy-file.ts";
import {
  answerHandOn,
  declineHandOn,
  openHandOn,
  readHandOn,
} from "#src/programs/vaccination/exchange/hand-ons.ts";
import { completeAmong, listInMovers } from "#src/programs/vaccination/exchange/in-movers.ts";
import {
  inquiryNumber,
  moveInquiry,
  openInquiries,
  readInquiry,
} from "#src/programs/vaccination/exchange/inquiries.ts";
import {
  askedMunicipalities,
  countAsked,
  inquiryFile,
} from "#src/programs/vaccination/exchange/inquiry-file.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { exchangeOf } from "#test/support/vaccination-exchange.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";

// 情報連携：副本の登録と突合、転入者の照会、他市町村の照会への回答。

const home = await openTestPlatform();
const { child, one } = recordsOf(home);
const exchange = exchangeOf(home);
const { as } = exchange;
const size = { from: 0, size: 500 };

/** Files of what was handed over, opened with the recipient's key. */
async function opened(identity: string, bytes: Uint8Array): Promise<Map<string, string>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const files = new Map<string, string>();
  const archive = extract();
  archive.end(Buffer.from(await decrypter.decrypt(bytes)));
  for await (const entry of archive) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    files.set(entry.header.name, Buffer.concat(parts).toString("utf8"));
  }
  return files;
}
const lines = async (id: string) =>
  (
    await as("operator1", (work) =>
      linesOfCopyRun(work, id, ["ready", "accepted", "refused", "released"], size),
    )
  ).rows;
const told = async (id: string) =>
  (await lines(id)).map(({ operation, why, state }) => `${operation} ${why} ${state}`);

/** Begun, gathered and released by another person, made and handed over. */
async function handedOver(scope: "full" | "difference" = "difference"): Promise<string> {
  const id = await as("operator1", (work) => beginCopies(work, scope));
  await exchange.gather(id);
  await exchange.step("operator1", id, "submit");
  await exchange.step("supervisor1", id, "approve");
  await exchange.make(id);
  await exchange.step("operator1", id, "handOver");
  return id;
}
/** Answers to all rows of a run: refused where the record is named, else accepted. */
async function answered(id: string, refused: readonly string[] = []): Promise<void> {
  const { run } = await exchange.read(id);
  const rows = (await lines(id)).filter(({ state }) => state === "ready");
  const csv = [
    "回番号,行番号,結果,コード",
    ...rows.map(
      (row) =>
        `${copyRunNumber(run)},${row.number},${refused.includes(row.shotId) ? "1,E01" : "0,"}`,
    ),
  ].join("\r\n");
  await as("operator1", (work) => takeCopyAnswers(work, id, Buffer.from(`${csv}\r\n`)));
}

describe("副本は", () => {
  let identity = "";
  const people: string[] = [];
  const shots: string[] = [];

  test("設定がなければ、始められない", async () => {
    await expect(as("operator1", (work) => beginCopies(work, "full"))).rejects.toThrow(
      "設定がありません",
    );
  });

  test("少しずつ集め、途中で止まっても続きから集め、2人目が承認するまでファイルにならない", async () => {
    for (let n = 0; n < 3; n += 1) {
      people.push(await child());
      shots.push((await one(pcv({ personNumber: people[n] ?? "", lot: "AB1" }))).shotId ?? "");
    }
    identity = await exchange.setUp();
    const id = await as("operator1", (work) => beginCopies(work, "full"));
    await expect(as("operator1", (work) => beginCopies(work, "full"))).rejects.toThrow(
      "ほかの副本登録",
    );
    const stopped = new AbortController();
    const first = exchange.gather(id, 1, stopped.signal);
    stopped.abort();
    await first;
    expect((await exchange.read(id)).run.state).toBe("gathering");
    await exchange.gather(id, 1);
    expect((await exchange.read(id)).run.state).toBe("prepared");
    expect((await lines(id)).map(({ number }) => number)).toEqual([1, 2, 3]);
    await exchange.make(id);
    await exchange.step("operator1", id, "submit");
    await exchange.step("supervisor1", id, "approve");
    await exchange.make(id);
    const { run } = await exchange.read(id);
    expect(run).toMatchObject({ state: "made", fileParts: 1, fileRows: 3 });
    const { bytes } = await as("operator1", (work) => takeCopyFile(work, id));
    const files = await opened(identity, bytes);
    const rows = (files.get("copies-0001.csv") ?? "").trim().split("\r\n");
    expect(rows).toHaveLength(4);
    expect(rows[1]).toBe(
      `"1","1","${people[0]}","${shots[0]}","pcv","1","2026-07-10","","AB1","","","0"`,
    );
    expect(JSON.parse(files.get("manifest.json") ?? "")).toMatchObject({
      layout: 1,
      run: copyRunNumber(run),
      scope: "full",
      rows: 3,
      parts: [{ name: "copies-0001.csv", rows: 3 }],
    });
    const [row] = await home.admin<{ n: number }[]>`
      select count(*)::int as n from audit.record where action = 'copy-run.rows-taken'`;
    expect(row?.n).toBe(3);
    await exchange.step("operator1", id, "handOver");
    await answered(id);
    expect((await exchange.read(id)).run.state).toBe("answered");
  });

  test("前回からの違いだけを送り、訂正は更新、取消は削除になる", async () => {
    const [a = "", b = ""] = shots;
    await home.admin`update vaccination.shot set lot = 'ZZ9', revision = revision + 1 where id = ${a}`;
    await home.admin`delete from vaccination.shot where id = ${b}`;
    const fourth = await child();
    await one(pcv({ personNumber: fourth }));
    const { differing, records, held } = await as("operator1", reconcileCopies);
    expect([records, held]).toEqual([3, 3]);
    expect(
      differing.map(({ operation, why, rows }) => `${operation} ${why} ${rows}`).sort(),
    ).toEqual(["delete cancelled 1", "register corrected 1", "register new 1"]);
    const id = await handedOver();
    await answered(id);
    expect((await told(id)).sort()).toEqual([
      "delete cancelled accepted",
      "register corrected accepted",
      "register new accepted",
    ]);
    expect((await as("operator1", reconcileCopies)).differing).toEqual([]);
  });

  test("番号が統合された人の記録は統合先の番号で更新され、支援措置の方には自動応答不可が付く", async () => {
    const [a = "", , c = ""] = people;
    await home.admin`update vault.person set protected_from = '2026-01-01' where person_number = ${c}`;
    await home.admin`
      insert into people.merge (merged, canonical, ground, state, preview, sealed_reason, proposed_by, proposed_at, decided_by, decided_at)
      select ${a}, ${people[1] ?? ""}, 'same-person', 'merged', '{}', '\\x00', p.id, now(), d.id, now()
        from access.staff p, access.staff d where p.login_name = 'supervisor1' and d.login_name = 'supervisor2'`;
    const id = await handedOver();
    const rows = await lines(id);
    expect(
      rows.map(({ why, personNumber, noAutoAnswer }) => [why, personNumber, noAutoAnswer]),
    ).toEqual(
      expect.arrayContaining([
        ["number", people[1], false],
        ["flag", c, true],
      ]),
    );
    await answered(id);
    await home.admin`delete from people.merge where merged = ${a}`;
    await home.admin`update vault.person set protected_from = null where person_number = ${c}`;
  });

  test("集めた後に支援措置が始まった方も、ファイルでは自動応答不可になる。登録しない設定なら送らず、登録済みは削除する", async () => {
    const c = people[2] ?? "";
    const back = await handedOver();
    await answered(back);
    const id = await as("operator1", (work) => beginCopies(work, "full"));
    await exchange.gather(id);
    await exchange.step("operator1", id, "submit");
    await exchange.step("supervisor1", id, "approve");
    await home.admin`update vault.person set protected_from = '2026-01-01' where person_number = ${c}`;
    await exchange.make(id);
    expect((await lines(id)).find(({ personNumber }) => personNumber === c)?.noAutoAnswer).toBe(
      true,
    );
    await exchange.step("operator1", id, "cancel");
    identity = await exchange.setUp({ withheld: "leave-out" });
    const without = await handedOver();
    expect(await told(without)).toContain("delete withheld ready");
    await answered(without);
    await home.admin`update vault.person set protected_from = null where person_number = ${c}`;
  });

  test("ファイルを作った後に支援措置になった方がいれば、引き渡せない", async () => {
    const since = await child();
    await one(pcv({ personNumber: since }));
    const id = await as("operator1", (work) => beginCopies(work, "difference"));
    await exchange.gather(id);
    await exchange.step("operator1", id, "submit");
    await exchange.step("supervisor1", id, "approve");
    await exchange.make(id);
    await home.admin`update vault.person set protected_from = '2026-01-01' where person_number = ${since}`;
    // Nor does it leave before that is refused.
    await expect(as("operator1", (work) => takeCopyFile(work, id))).rejects.toThrow(
      "取り出せません",
    );
    await expect(exchange.step("operator1", id, "handOver")).rejects.toThrow("自動応答不可");
    await exchange.step("operator1", id, "cancel");
    await home.admin`update vault.person set protected_from = null where person_number = ${since}`;
    await answered(await handedOver());
  });

  test("拒否された行は仕事になり、再送と決めるまで次の回に入らない", async () => {
    const fifth = await child();
    const shot = (await one(pcv({ personNumber: fifth }))).shotId ?? "";
    await answered(await handedOver(), [shot]);
    const { rows } = await as("operator1", (work) => refusedCopies(work, size));
    expect(rows.map(({ line }) => [line.shotId, line.answerCode])).toEqual([[shot, "E01"]]);
    expect((await as("operator1", reconcileCopies)).differing).toEqual([]);
    const { runId, number } = rows[0]?.line ?? { runId: "", number: 0 };
    await as("operator1", (work) => settleCopy(work, { run: runId, number, how: "again" }));
    await expect(
      as("operator1", (work) => settleCopy(work, { run: runId, number, how: "left" })),
    ).rejects.toThrow("もう処理");
    const id = await handedOver();
    expect(await told(id)).toEqual(["register new ready"]);
    await exchange.step("supervisor1", id, "end");
    expect(await told(id)).toEqual(["register new released"]);
  });

  test.each([
    ["ほかの回の回答", "回番号,行番号,結果,コード\nF999999,1,0,\n"],
    ["列がずれた回答", "回番号,行番号,結果,コード\nF000001,1,0\n"],
    ["知らない結果", "回番号,行番号,結果,コード\nF000001,1,9,\n"],
    ["同じ行が2回ある回答", "回番号,行番号,結果,コード\nF000001,1,0,\nF000001,1,1,E\n"],
    ["見出しのない回答", "F000001,1,0,\n"],
    ["空の回答", ""],
    ["シフトJISの回答", Buffer.from([0x89, 0xf1, 0x94, 0xd4, 0x8d, 0x86])],
  ])("%sは、1行も取り込まない", (_, csv) => {
    expect(() => readCopyAnswers(Buffer.from(csv as string), "F000001")).toThrow();
  });
});

describe("転入者の照会は", () => {
  let rule = 0;
  let mover = "";
  const city = {
    municipalityCode: "401307",
    municipality: "例示市　健康増進課",
    postalCode: "8100000",
    address: "見本県例示市中央1丁目99番9号",
  };
  beforeAll(async () => {
    rule = await exchange.rule("転入前の市区町村", ["name", "birth-date", "sex", "address"]);
    mover = await child({ residence: { from: "2026-10-01", fromReason: "move-in" } });
  });
  const open = async (kind: "records" | "allowance" = "records", person = mover) => {
    const { id } = await as("clerk1", (work) => openInquiries(work, { kind, people: [person] }));
    return id;
  };
  const seen = async (id: string) =>
    (await as("supervisor1", (work) => readInquiry(work, id))).row.revision;
  const address = async (id: string) => {
    const revision = await seen(id);
    await as("clerk1", (work) => addressInquiry(work, { id, seen: revision, ...city }));
  };
  const ask = async (id: string, who: TestStaff = "supervisor1") => {
    const revision = await seen(id);
    return as(who, (work) => askInquiry(work, { id, seen: revision, rule, dueOn: "2026-12-25" }));
  };
  const stateOf = async (id: string) =>
    (await as("clerk1", (work) => readInquiry(work, id))).row.state;

  test("期間の転入者から始め、照会した方は一覧に出なくなる", async () => {
    const period = { from: "2026-09-01", to: "2026-10-31", bornSince: "2010-04-02" } as const;
    const before = await as("clerk1", (work) => listInMovers(work, period, size));
    expect(before.rows.map(({ personNumber }) => personNumber)).toContain(mover);
    const id = await open();
    const after = await as("clerk1", (work) => listInMovers(work, period, size));
    expect(after.rows.map(({ personNumber }) => personNumber)).not.toContain(mover);
    expect(
      (await as("clerk1", (work) => openInquiries(work, { kind: "records", people: [mover] })))
        .made,
    ).toBe(0);
    await as("clerk1", async (work) =>
      moveInquiry(work, { id, seen: 1, type: "withdraw", reason: "evidence-shown" }),
    );
  });

  test("照会先、提供の記録、照会書、督促、回答の接種記録を経て終わる", async () => {
    const id = await open();
    await expect(ask(id)).rejects.toThrow("照会先が入力されていません");
    await address(id);
    await expect(ask(id, "clerk1")).rejects.toThrow();
    expect((await ask(id)).outcome).toBe("asked");
    const [provided] = await home.admin<{ state: string; items: string[] }[]>`
      select state, items from provision.request where person_number = ${mover}`;
    expect(provided).toMatchObject({ state: "provided", items: ["birth-date", "name", "sex"] });
    let revision = await seen(id);
    await as("clerk1", (work) => remindInquiry(work, { id, seen: revision, dueOn: "2027-01-15" }));
    // The reminder names the person once more: a provision of its own, in the name of whoever sent it.
    const [again] = await home.admin<{ reminded: boolean; items: string[]; by: string }[]>`
      select q.id = p.request_id as reminded, q.items, s.login_name as by
        from provision.request q join exchange.paper p on p.kind = 'reminder' and p.inquiry_id = ${id} join access.staff s on s.id = q.taken_by
       where q.person_number = ${mover} order by q.id desc limit 1`;
    expect(again).toEqual({ reminded: true, items: provided?.items, by: "clerk1" });
    revision = await seen(id);
    const taken = await as("clerk1", (work) =>
      takeAnswer(work, {
        id,
        seen: revision,
        records: [
          { vaccine: "pcv", dose: 1, givenOn: "2026-07-10", lot: "X1", clinicName: "例示医院" },
          { vaccine: "pcv", dose: 2, givenOn: "2026-08-10" },
        ],
      }),
    );
    expect(taken.map(({ state }) => state)).toEqual(["recorded", "recorded"]);
    const sources = await home.admin<{ source: string }[]>`
      select distinct source from vaccination.shot where person_number = ${mover}`;
    expect(sources).toEqual([{ source: "in-mover" }]);
    for (const type of ["finish", "close"] as const) {
      const now = await seen(id);
      await as("clerk1", (work) => moveInquiry(work, { id, seen: now, type }));
    }
    const found = await as("clerk1", (work) => readInquiry(work, id));
    expect(found.row.state).toBe("closed");
    expect(found.papers.map(({ kind }) => kind)).toEqual(["inquiry", "reminder"]);
  });

  test("照会した方は照会ファイルに載り、書き込まれて戻れば、誤りがないときだけ接種記録になる", async () => {
    const [first, second] = [
      await child({ residence: { from: "2026-10-05", fromReason: "move-in" } }),
      await child({ residence: { from: "2026-10-05", fromReason: "move-in" } }),
    ];
    const ids = [await open("records", first), await open("records", second)];
    for (const id of ids) await address(id);
    const code = city.municipalityCode;
    const before = await as("supervisor1", (work) => countAsked(work, code));
    for (const id of ids) await ask(id);
    expect(await as("supervisor1", (work) => countAsked(work, code))).toBe(before + 2);
    expect(await as("supervisor1", askedMunicipalities)).toContainEqual(
      expect.objectContaining({ code, inquiries: before + 2 }),
    );
    const file = await as("supervisor1", (work) => inquiryFile(work, code));
    expect(file.persons).toEqual(expect.arrayContaining([first, second]));
    const [one = "", two = ""] = await Promise.all(
      ids.map(async (id) =>
        inquiryNumber((await as("clerk1", (work) => readInquiry(work, id))).row),
      ),
    );
    const answer = (...rows: string[]) =>
      Buffer.from(["照会番号,氏名,予防接種,回数,接種日,製造番号", ...rows].join("\r\n"));
    const take = (bytes: Uint8Array) => as("clerk1", (work) => takeAnswerFile(work, bytes));
    const faulty = await take(
      answer(
        `${one},見本,小児用肺炎球菌,1,R8.7.10,A1`,
        "Q999999,,pcv,1,2026-07-10,",
        `${two},,ない,,13月,`,
      ),
    );
    expect(faulty.records).toBe(0);
    expect(faulty.faults.map(({ field }) => field)).toEqual([
      "予防接種",
      "接種日",
      "照会番号 Q999999",
    ]);
    expect(
      await take(
        answer(
          `${one},見本,小児用肺炎球菌,1,R8.7.10,a1`,
          `${one},見本,pcv,2,2026/08/10,`,
          `${two},見本,,,,`,
        ),
      ),
    ).toMatchObject({ inquiries: 1, records: 2, empty: 1, faults: [] });
    const { row } = await as("clerk1", (work) => readInquiry(work, ids[0] ?? ""));
    expect(row).toMatchObject({ state: "asked", slipIds: { length: 2 } });
    // The same file again tells nothing new.
    expect((await take(answer(`${one},見本,pcv,1,2026-07-10,`))).faults).toMatchObject([
      { reason: "回答の接種記録が既に入っています。" },
    ]);
  });

  test("接種の記録がそろっている転入者は、はじめは選ばれない", async () => {
    const [known, unknown] = [
      await child({ birthDate: "2026-10-20" }),
      await child({ birthDate: "2026-10-20" }),
    ];
    const today = home.platform.clock.today();
    for (const { vaccine } of dueDoses({ birth: "2026-10-20", sex: "female" }, today, []))
      await one({
        channel: "in-mover",
        outcome: "given",
        personNumber: known,
        vaccine,
        dose: 1,
        givenOn: today,
        accept: "paper",
      });
    const complete = await as("clerk1", async (work) =>
      completeAmong(work, await lookAtPeople(work, [known, unknown], ["facts"])),
    );
    expect([...complete]).toEqual([known]);
  });

  test("支援措置の方は、ほかの職員が解除するまで照会書が作られない", async () => {
    const person = await child({
      residence: { from: "2026-10-02", fromReason: "move-in" },
      protected: { from: "2026-10-02" },
    } as never);
    await home.admin`update vault.person set protected_from = '2026-10-02' where person_number = ${person}`;
    const id = await open("records", person);
    await address(id);
    const got = await ask(id);
    expect(got.outcome).toBe("waiting");
    expect(await stateOf(id)).toBe("awaiting-release");
    expect((await ask(id)).outcome).toBe("waiting");
    const request = got.outcome === "waiting" ? got.request : 0;
    await as(
      "supervisor2",
      (work) => work.sql`select provision.decide(${request}, 'released', '本人に確かめた。')`,
    );
    expect((await ask(id)).outcome).toBe("asked");
    const { papers } = await as("supervisor1", (work) => readInquiry(work, id));
    expect(papers).toHaveLength(1);
  });

  test("照会の後に支援措置になった方の督促は、だれも解除していなければ作られない", async () => {
    const person = await child({ residence: { from: "2026-10-03", fromReason: "move-in" } });
    const id = await open("records", person);
    await address(id);
    expect((await ask(id)).outcome).toBe("asked");
    await home.admin`update vault.person set protected_from = '2026-11-01' where person_number = ${person}`;
    const revision = await seen(id);
    await expect(
      as("clerk1", (work) => remindInquiry(work, { id, seen: revision, dueOn: "2027-01-15" })),
    ).rejects.toThrow("自動応答不可");
    const { papers } = await as("supervisor1", (work) => readInquiry(work, id));
    expect(papers.map(({ kind }) => kind)).toEqual(["inquiry"]);
  });

  test("一つの提供の記録で、二つの照会はできない", async () => {
    const person = await child({ residence: { from: "2026-10-04", fromReason: "move-in" } });
    const first = await open("records", person);
    await address(first);
    await ask(first);
    const second = await open("allowance", person);
    await address(second);
    const { row } = await as("supervisor1", (work) => readInquiry(work, first));
    const revision = await seen(second);
    for (const statement of [
      `select exchange.ask_inquiry('${second}', ${revision}, ${rule}, ${row.requestId}, '2026-12-25', gen_random_uuid(), 't', gen_random_uuid(), 'd')`,
      `select exchange.ask_inquiry('${second}', ${revision}, ${rule}, ${row.requestId}, '2026-12-25', p.id, p.template, p.sealed_id, p.document_number) from (select gen_random_uuid() as id, x.template, x.sealed_id, x.document_number from exchange.paper x where x.inquiry_id = '${first}') p`,
    ])
      await expect(as("supervisor1", (work) => work.sql.unsafe(statement))).rejects.toMatchObject({
        code: "22023",
      });
    expect(await stateOf(second)).toBe("opened");
  });

  test("表にない根拠では照会できず、手当の照会は文章の回答で終わる", async () => {
    const id = await open("allowance");
    await address(id);
    const revision = await seen(id);
    await expect(
      as("supervisor1", (work) =>
        askInquiry(work, { id, seen: revision, rule: 9999, dueOn: "2026-12-25" }),
      ),
    ).rejects.toThrow("提供先の表");
    await ask(id);
    const now = await seen(id);
    await as("clerk1", (work) => tellInquiry(work, { id, seen: now, answer: "支給していない。" }));
    const found = await as("clerk1", (work) => readInquiry(work, id));
    expect(found.answer).toBe("支給していない。");
  });
});

describe("他市町村の照会には", () => {
  const theirs = {
    municipalityCode: "401307",
    municipality: "例示市　健康増進課",
    postalCode: "8100000",
    address: "見本県例示市中央1丁目99番9号",
    theirNumber: "例健第12号",
    receivedOn: "2026-11-10",
  } as const;
  let rule = 0;
  beforeAll(async () => {
    rule = await exchange.rule("転出先の市区町村", ["name", "birth-date", "vaccination-records"]);
  });
  const begin = async (person: string) =>
    as("supervisor1", (work) => openHandOn(work, { ...theirs, rule, personNumber: person }));

  test("提供の記録を残し、記録の載った回答書で答える", async () => {
    const person = await child();
    await one(pcv({ personNumber: person }));
    const id = await begin(person);
    expect(await as("supervisor1", (work) => answerHandOn(work, { id, seen: 1 }))).toBe("answered");
    const found = await as("supervisor1", (work) => readHandOn(work, id));
    expect([found.row.state, found.records.length, found.papers.length]).toEqual([
      "answered",
      1,
      1,
    ]);
    const [row] = await home.admin<{ items: string[] }[]>`
      select items from provision.request where id = ${found.row.requestId}`;
    expect(row?.items).toContain("vaccination-records");
  });

  test("自動応答不可の方は解除を待ち、拒否されれば答えない", async () => {
    const person = await child();
    await as(
      "supervisor1",
      (work) => work.sql`select provision.set_flag(${person}, 'own-request')`,
    );
    const id = await begin(person);
    expect(await as("supervisor1", (work) => answerHandOn(work, { id, seen: 1 }))).toBe("waiting");
    const { row } = await as("supervisor1", (work) => readHandOn(work, id));
    await as(
      "supervisor2",
      (work) =>
        work.sql`select provision.decide(${row.requestId}, 'refused', '本人の申出による。')`,
    );
    expect(await as("supervisor1", (work) => answerHandOn(work, { id, seen: 2 }))).toBe("refused");
    await as("supervisor1", (work) => declineHandOn(work, { id, seen: 2, reason: "other" }));
    expect((await as("supervisor1", (work) => readHandOn(work, id))).row.state).toBe("declined");
  });
});

describe("SQLで直接しようとしても、できない：", () => {
  let person = "";
  beforeAll(async () => {
    person = await child();
  });
  const attempts: [string, string, TestStaff?][] = [
    [
      "表に直接書く",
      "insert into exchange.inquiry (id, kind, person_number, office_code, state, opened_by, opened_at, opened_on) values (gen_random_uuid(), 'records', '$P', '431010', 'asked', 1, now(), current_date)",
    ],
    ["登録されたことにする", "delete from exchange.copy_held"],
    ["窓口担当が副本を始める", "select exchange.begin_copies('full')"],
    ["監査担当が副本を始める", "select exchange.begin_copies('full')", "auditor1"],
    [
      "準備の職員が背景の処理で集める",
      `select exchange.gather_copies('${randomUUID()}', 10)`,
      "operator1",
    ],
    [
      "準備の職員が行を取り出す",
      `select * from exchange.take_copies('${randomUUID()}', 0, 10)`,
      "operator1",
    ],
    ["窓口担当が副本の中身を数える", "select * from exchange.reconcile()"],
    [
      "転入者の一覧を権限なしに読む",
      "select * from exchange.in_movers('2026-01-01', '2026-12-31', '2010-01-01', 10, 0)",
      "auditor1",
    ],
    [
      "別の区の人の照会を始める",
      `select exchange.open_inquiries(array['${randomUUID()}']::uuid[], 'records', array['$P'], null)`,
      "east1",
    ],
    [
      "提供の記録のない照会",
      `select exchange.ask_inquiry('${randomUUID()}', 1, 1, 1, '2026-12-25', gen_random_uuid(), 't', gen_random_uuid(), 'd')`,
      "supervisor1",
    ],
    [
      "窓口担当が他市町村に答える",
      `select exchange.move_hand_on('${randomUUID()}', 1, 'answer', 'answered', 1, null, '{}', null, null, null, null)`,
    ],
    [
      "住民の一覧を金庫から読む",
      "select * from vault.in_movers('2026-01-01', '2026-12-31', '2010-01-01')",
    ],
    ["支援措置の方の一覧を金庫から読む", "select * from vault.all_withheld()"],
    [
      "記録の項目を権限なしに求める",
      "select * from provision.ask('転出先の市区町村', '試験の法令の根拠', '$P', array['vaccination-records'])",
    ],
  ];
  test.each(attempts)("%s", async (_, statement, who = "clerk1") => {
    await expect(
      as(who, (work) => work.sql.unsafe(statement.replaceAll("$P", person))),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|22023|MD0\d\d)$/) });
  });
});
