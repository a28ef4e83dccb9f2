import { beforeAll, describe, expect, test } from "vitest";
import { enterReturn, handOverPackage, runsAlike } from "#src/platform/mailings/index.ts";
import { cancelCoupon, couponsOf } from "#src/programs/vaccination/coupons.ts";
import { issueInOffice, reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { reprintMailing, reprintOrder } from "#src/programs/vaccination/reprint-mailing.ts";
import { enterSpecial } from "#src/programs/vaccination/special/entries.ts";
import { cautionedOn } from "#src/programs/vaccination/special/index.ts";
import {
  endDefinition,
  getDefinition,
  keepDefinition,
  monthlyLeft,
} from "#src/programs/vaccination/targets/definitions.ts";
import { keepExtraction } from "#src/programs/vaccination/targets/extractions.ts";
import {
  noticeReprintOrder,
  noticeReprints,
  spoiltNotices,
} from "#src/programs/vaccination/targets/notice-reprints.ts";
import { getNotice, noticesOf } from "#src/programs/vaccination/targets/notices.ts";
import { reprintNoticeInOffice } from "#src/programs/vaccination/targets/office-notices.ts";
import { mailingOrder, printExtraction } from "#src/programs/vaccination/targets/order.ts";
import {
  noteResults,
  settleSpoilt,
  spoiltPieces,
} from "#src/programs/vaccination/targets/results.ts";
import { printSession, seatSession, seatsOf } from "#src/programs/vaccination/targets/sessions.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Criteria } from "#workflows/vaccination/targets/criteria.ts";
import type { Output } from "#workflows/vaccination/targets/outputs.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let on: IsoDate;

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  on = home.platform.clock.today();
});

const keep = (vaccines: string[], output: Output, more: Partial<Criteria> = {}) =>
  mail.as("operator1", (work) =>
    keepExtraction(work, {
      criteria: { vaccines, ahead: 0, ...more },
      output,
      on,
      title: "試験",
      definitionId: null,
    }),
  );
/** A run of an extraction, with its pieces found. */
const ordered = async (id: Awaited<ReturnType<typeof keep>>) => {
  const { kind, title, parameters } = await mail.as("operator1", (work) => mailingOrder(work, id));
  return mail.extract(await mail.start(kind, { title, parameters }));
};
const elders = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    invented({
      birthDate: `1961-0${4 + (index % 6)}-10` as IsoDate,
      residence: { from: "1990-04-01", fromReason: "move-in" },
    }),
  );

describe("抽出からの発送", () => {
  test("帯状疱疹の接種券がB類の用紙で作られ、次の抽出では送付済みになる", async () => {
    const numbers = await mail.enter(elders(8));
    const run = await mail.approved(await ordered(await keep(["zoster"], "coupon")));
    const { counts } = await mail.details(run);
    expect(counts.ready).toBe(8);
    await mail.make(run);
    const index = indexOf(await mail.open(run));
    expect(index).toHaveLength(8);
    const [coupon] = await mail.as("operator1", (work) => couponsOf(work, numbers[0] ?? ""));
    expect(coupon).toMatchObject({
      vaccine: "zoster",
      dose: 1,
      templateVersion: "vaccination/coupon-adult v2",
      usableTo: "2027-03-31",
    });
    const again = await keep(["zoster"], "coupon");
    expect(again.counts).toMatchObject({ "already-sent": 8 });
    expect(again.counts.included).toBeUndefined();
  });

  test("抽出の後に受けた人には、作るときに送らない", async () => {
    const [first = "", second = ""] = await mail.enter(oneYearOlds(2, { birthDate: "2025-10-01" }));
    const extraction = await keep(["mr1"], "coupon");
    const shot = (person: string) => home.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by) values (${person}, 'mr1', 1, ${on}, 'feed', 1)`;
    await shot(first);
    const run = await ordered(extraction);
    expect((await mail.details(run)).counts).toMatchObject({ ready: 1 });
    await mail.approved(run);
    await shot(second);
    await mail.make(run);
    expect(await mail.as("operator1", (work) => couponsOf(work, second))).toEqual([]);
  });

  test("つづりは一人に一冊で、券ごとに続きの番号があり、一枚だけの再印刷もできる", async () => {
    const [baby = ""] = await mail.enter([
      invented({ birthDate: "2026-09-15", residence: { from: "2026-09-15", fromReason: "birth" } }),
    ]);
    const run = await mail.approved(await ordered(await keep(["hepb", "pcv", "5mix"], "booklet")));
    await mail.make(run);
    const [piece] = indexOf(await mail.open(run));
    const coupons = await mail.as("operator1", (work) => couponsOf(work, baby));
    expect(coupons.map(({ vaccine, dose }) => `${vaccine}:${dose}`)).toEqual([
      "hepb:1",
      "hepb:2",
      "hepb:3",
      "pcv:1",
      "pcv:2",
      "pcv:3",
      "pcv:4",
      "5mix:1",
      "5mix:2",
      "5mix:3",
      "5mix:4",
    ]);
    expect(coupons[0]?.number).toBe(piece?.pieceNumber);
    const pdf = await mail.as("clerk1", (work) =>
      reprintInOffice(work, coupons[9]?.number ?? "", "lost"),
    );
    expect((await textOfPages(pdf)).join("")).toContain(coupons[9]?.number);
  });

  test("勧奨はがきは発行履歴に残り、しばらくは同じ人に送らず、返戻は番号で受ける", async () => {
    const [child = ""] = await mail.enter([
      invented({ birthDate: "2025-08-20", residence: { from: "2025-08-20", fromReason: "birth" } }),
    ]);
    const cohort = { kind: "age", from: 15, to: 15 } as const;
    const run = await mail.approved(await ordered(await keep(["vzv"], "postcard", { cohort })));
    await mail.make(run);
    const [notice] = await mail.as("operator1", (work) => noticesOf(work, child));
    expect(notice).toMatchObject({ output: "postcard", subject: "vzv:1", state: "sent" });
    // What was not withdrawn by two people is not taken back by one.
    await expect(
      mail.as(
        "operator1",
        (work) => work.sql`select targets.withdraw_sent(${notice?.runId ?? null}::uuid)`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
    expect((await keep(["vzv"], "postcard", { cohort })).counts).toMatchObject({
      "already-sent": 1,
    });
    expect((await keep(["vzv"], "letter", { cohort })).counts).toMatchObject({ included: 1 });
    const other = await ordered(await keep(["vzv"], "letter", { cohort }));
    expect((await mail.step("operator1", other, "cancel", "条件を間違えたため。")).state).toBe(
      "cancelled",
    );
    await expect(
      mail.as("operator1", (work) =>
        enterReturn(work, { code: notice?.number ?? "", reason: "moved" }),
      ),
    ).rejects.toMatchObject({ status: 422 });
  });

  test("窓口では少ない人の分をその場で印刷し、印刷できない人は理由で残る", async () => {
    const birthDate = "2024-03-03" as const;
    const residence = { from: birthDate, fromReason: "birth" } as const;
    const [one = "", hidden = ""] = await mail.enter([
      invented({ birthDate, residence, name: { kanji: "髙橋　𠮷乃", kana: "タカハシ　ヨシノ" } }),
      invented({ birthDate, residence, protection: { from: "2026-01-01" } }),
    ]);
    const cohort = { kind: "births", from: birthDate, to: birthDate } as const;
    for (const output of ["interview", "letter", "postcard", "booklet"] as const) {
      const extraction = await keep([output === "booklet" ? "je1" : "vzv"], output, { cohort });
      const { pdf, printed, left } = await mail.as("operator1", (work) =>
        printExtraction(work, extraction.id, [one, hidden]),
      );
      expect([printed, left], output).toEqual([1, [{ personNumber: hidden, reason: "支援措置" }]]);
      expect((await textOfPages(pdf)).join("")).toContain("𠮷乃");
    }
    expect(await mail.as("operator1", (work) => noticesOf(work, one))).toHaveLength(2);
  });

  test("委託先の1通ごとの結果を受け取り、損紙は処理するまで残り、返戻は番号で受ける", async () => {
    await mail.enter(
      Array.from({ length: 3 }, () =>
        invented({
          birthDate: "2017-01-15",
          residence: { from: "2017-01-15", fromReason: "birth" },
        }),
      ),
    );
    const cohort = { kind: "births", from: "2017-01-15", to: "2017-01-15" } as const;
    const run = await mail.approved(await ordered(await keep(["je2"], "letter", { cohort })));
    const made = await mail.make(run);
    const [one = "", two = "", three = ""] = indexOf(await mail.open(run)).map(
      ({ pieceNumber }) => pieceNumber,
    );
    const note = (text: string) =>
      mail.as("operator1", (work) => noteResults(work, { runId: run.id, on, text }));
    await expect(note(`${one},発送`)).rejects.toMatchObject({ field: "on" });
    await mail.as("operator1", (work) =>
      handOverPackage(work, {
        runId: run.id,
        expectedRevision: made.run.revision,
        manner: "transfer",
        receivedBy: "例示 次郎",
      } as never),
    );
    await expect(note(`番号,結果\n${one},発送\n12345,損紙`)).rejects.toMatchObject({
      field: "file",
    });
    await expect(note("9900000002,損紙")).rejects.toMatchObject({ field: "file" });
    expect(await note(`番号,結果\n${one},発送\n${two},損紙\n${three},作成`)).toBe(3);
    const spoilt = () => mail.as("operator1", (work) => spoiltPieces(work, { from: 0, size: 10 }));
    expect((await spoilt()).map(({ pieceNumber }) => pieceNumber)).toEqual([two]);
    const settle = (how: "printed-again" | "withdrawn") =>
      mail.as("operator1", (work) => settleSpoilt(work, { runId: run.id, pieceNumber: two, how }));
    // That it was printed again is not believed. What is not sent is found again by the next search.
    await expect(settle("printed-again")).rejects.toThrow("まだ再印刷されていません");
    await settle("withdrawn");
    await expect(settle("withdrawn")).rejects.toMatchObject({ status: 409 });
    const [notice] = await home.admin`select state from targets.notice where number = ${two}`;
    expect(notice?.state).toBe("withdrawn");
    expect(await spoilt()).toEqual([]);
    expect(
      await mail.as("operator1", (work) => enterReturn(work, { code: one, reason: "moved" })),
    ).toBeGreaterThan(0);
  });

  test("損紙の通知は同じ番号・同じ内容で再印刷の便になり、取り下げれば再印刷した扱いにならない", async () => {
    const born = "2017-02-15" as const;
    const people = await mail.enter(
      Array.from({ length: 4 }, () =>
        invented({ birthDate: born, residence: { from: born, fromReason: "birth" } }),
      ),
    );
    const cohort = { kind: "births", from: born, to: born } as const;
    const handOver = async (made: Awaited<ReturnType<typeof mail.make>>) =>
      mail.as("operator1", (work) =>
        handOverPackage(work, {
          runId: made.run.id,
          expectedRevision: made.run.revision,
          manner: "transfer",
          receivedBy: "例示 次郎",
        } as never),
      );
    const run = await mail.approved(await ordered(await keep(["je2"], "letter", { cohort })));
    const made = await mail.make(run);
    const first = await mail.open(run);
    await handOver(made);
    const sent = indexOf(first).map(({ pieceNumber = "" }) => pieceNumber);
    const [one = "", two = "", three = "", four = ""] = sent;
    const note = (runId: string, text: string) =>
      mail.as("operator1", (work) => noteResults(work, { runId, on, text }));
    await note(run.id, `${one},損紙\n${two},損紙\n${three},損紙\n${four},発送`);
    const spoilt = () => mail.as("operator1", (work) => spoiltNotices(work, "letter"));
    expect(await spoilt()).toEqual([one, two, three].toSorted());
    // Whoever had the dose since the letter gets none again.
    const [done] = await home.admin<{ person: string }[]>`
      select person_number as person from targets.notice where number = ${three}`;
    await home.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by) values (${done?.person ?? ""}, 'je2', 1, ${on}, 'feed', 1)`;
    const settle = (how: "printed-again" | "withdrawn", pieceNumber: string, runId = run.id) =>
      mail.as("operator1", (work) => settleSpoilt(work, { runId, pieceNumber, how }));
    const order = async () =>
      mail.extract(
        await mail.start(
          noticeReprints.letter,
          noticeReprintOrder("letter", await spoilt(), "spoilt"),
        ),
      );
    const given = await mail.make(await mail.approved(await order()));
    expect(await spoilt()).toEqual([three]);
    // The package is withdrawn by two before it is handed over: nothing was printed again.
    await mail.step("operator1", given.run, "ask-withdrawal", "内容を確かめるため。");
    await mail.step("supervisor1", (await mail.details(given.run)).run, "withdraw", "確かめた。");
    expect(await spoilt()).toEqual([one, two, three].toSorted());
    await expect(settle("printed-again", one)).rejects.toThrow("まだ再印刷されていません");
    const again = await order();
    const { counts } = await mail.details(again);
    expect(counts).toMatchObject({ ready: 2, leftOut: 1 });
    const printed = await mail.make(await mail.approved(again));
    const second = await mail.open(printed.run);
    expect(
      indexOf(second)
        .map(({ pieceNumber = "" }) => pieceNumber)
        .toSorted(),
    ).toEqual([one, two].toSorted());
    // The same letter: what it says and the day it bears.
    const pageOf = async (files: typeof first, number: string) => {
      const pages = await textOfPages(files.get(indexOf(files)[0]?.file ?? "") ?? Buffer.alloc(0));
      return pages.find((page) => page.includes(number));
    };
    expect(await pageOf(second, one)).toBe(await pageOf(first, one));
    const { events } = await mail.as("operator1", (work) => getNotice(work, one));
    expect(events.map(({ event, reason }) => [event, reason])).toEqual([
      ["reprinted", "spoilt"],
      ["reprint-withdrawn", null],
      ["reprinted", "spoilt"],
    ]);
    expect(
      await mail.as("operator1", (work) =>
        runsAlike(work, {
          kind: noticeReprints.letter.id,
          ...noticeReprintOrder("letter", [one], "spoilt"),
        }),
      ),
    ).toMatchObject([{ pieces: 1 }]);
    // What goes out printed again is not one that is not sent.
    await expect(settle("withdrawn", one)).rejects.toMatchObject({ status: 409 });
    await settle("printed-again", one);
    await handOver(printed);
    // It came out spoilt again: what the run itself printed does not count as printed again, the office's does.
    await note(printed.run.id, `${two},損紙`);
    await expect(settle("printed-again", two, printed.run.id)).rejects.toMatchObject({
      status: 409,
    });
    const pdf = await mail.as("clerk1", (work) => reprintNoticeInOffice(work, two, "spoilt"));
    expect((await textOfPages(pdf)).join("")).toBe(await pageOf(first, two));
    await settle("printed-again", two, printed.run.id);
    await settle("withdrawn", three);
    await expect(
      mail.as("clerk1", (work) => reprintNoticeInOffice(work, three, "lost")),
    ).rejects.toMatchObject({ status: 422 });
    // The post brings the second one back by the same number.
    expect(
      await mail.as("operator1", (work) => enterReturn(work, { code: one, reason: "moved" })),
    ).toBeGreaterThan(0);
    expect(people).toHaveLength(4);
  });

  test("再印刷の便の券が損紙になれば、取り消すか、もう一度印刷するまで残る", async () => {
    const born = "2017-03-15" as const;
    await mail.enter([
      invented({ birthDate: born, residence: { from: born, fromReason: "birth" } }),
    ]);
    const cohort = { kind: "births", from: born, to: born } as const;
    const run = await mail.approved(await ordered(await keep(["je2"], "coupon", { cohort })));
    await mail.make(run);
    const [number = ""] = indexOf(await mail.open(run)).map(({ pieceNumber = "" }) => pieceNumber);
    const again = await mail.extract(
      await mail.start(reprintMailing, reprintOrder([number], "spoilt")),
    );
    const { run: printed } = await mail.make(await mail.approved(again));
    await mail.as("operator1", (work) =>
      handOverPackage(work, {
        runId: printed.id,
        expectedRevision: printed.revision,
        manner: "transfer",
        receivedBy: "例示 次郎",
      } as never),
    );
    await mail.as("operator1", (work) =>
      noteResults(work, { runId: printed.id, on, text: `${number},損紙` }),
    );
    const settle = (how: "printed-again" | "withdrawn") =>
      mail.as("operator1", (work) =>
        settleSpoilt(work, { runId: printed.id, pieceNumber: number, how }),
      );
    for (const how of ["printed-again", "withdrawn"] as const)
      await expect(settle(how), how).rejects.toMatchObject({ status: 409 });
    await mail.as("clerk1", (work) => reprintInOffice(work, number, "spoilt"));
    await settle("printed-again");
  });

  test("集団接種の名簿は生まれの遅い順に時刻が付き、印字できない氏名はカナで載る", async () => {
    const born = ["2026-04-01", "2026-06-01"] as const;
    const numbers = await mail.enter(
      born.map((birthDate, index) =>
        invented({
          birthDate,
          residence: { from: birthDate, fromReason: "birth" },
          name:
            index === 0
              ? { kanji: "渡邉󠄂　花", kana: "ワタナベ　ハナ" }
              : { kanji: "𠮷田　空", kana: "ヨシダ　ソラ" },
        }),
      ),
    );
    const cohort = { kind: "births", from: born[0], to: born[1] } as const;
    const extraction = await keep(["bcg"], "session", { cohort });
    const entry = {
      place: "中央保健センター",
      heldOn: "2027-01-10",
      opensAt: "13:00",
      together: 1,
      minutes: 10,
    } as const;
    const id = await mail.as("operator1", (work) => seatSession(work, extraction.id, entry));
    const seats = await mail.as("operator1", (work) => seatsOf(work, id, { from: 0, size: 10 }));
    expect(seats.map(({ personNumber }) => personNumber)).toEqual(numbers.toReversed());
    const text = (
      await textOfPages(await mail.as("operator1", (work) => printSession(work, id)))
    ).join("");
    expect(text).toContain("13:10");
    expect(text).toContain("𠮷田");
    expect(text).not.toContain("渡邉");
    await expect(
      mail.as("operator1", (work) => mailingOrder(work, extraction)),
    ).rejects.toMatchObject({ status: 422 });
  });

  test("抽出条件は見た版で変え、毎月のものはその月に実行するまで残る", async () => {
    const entry = {
      title: "毎月の乳児",
      criteria: { vaccines: ["bcg"], ahead: 30 },
      output: "coupon",
      monthly: true,
    } as const;
    const id = await mail.as("operator1", (work) => keepDefinition(work, entry));
    const left = () =>
      mail.as("operator1", async (work) => (await monthlyLeft(work, on)).map((one) => one.id));
    expect(await left()).toContain(id);
    await mail.as("operator1", (work) =>
      keepExtraction(work, {
        criteria: entry.criteria,
        output: "coupon",
        on,
        title: "試験",
        definitionId: id,
      }),
    );
    expect(await left()).not.toContain(id);
    await mail.as("operator1", (work) => keepDefinition(work, entry, { id, seen: 1 }));
    await expect(
      mail.as("operator1", (work) => keepDefinition(work, entry, { id, seen: 1 })),
    ).rejects.toMatchObject({ status: 409 });
    await mail.as("operator1", (work) => endDefinition(work, id, 2));
    await expect(mail.as("operator1", (work) => getDefinition(work, id))).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("要注意の印", () => {
  test("要注意の人の接種券と予診票にだけ、理由を述べずに印が付く", async () => {
    const [marked = "", plain = ""] = await mail.enter(oneYearOlds(2, { birthDate: "2025-09-20" }));
    const caution = (personNumber: string, validUntil?: IsoDate) =>
      mail.as("clerk1", (work) =>
        enterSpecial(work, {
          personNumber,
          kind: "caution",
          reason: "convulsion",
          evidence: "doctor",
          evidenceOn: "2026-11-01",
          validFrom: "2026-11-01",
          validUntil,
          hindranceFrom: undefined,
          hindranceTo: undefined,
          vaccines: [],
          dueOn: undefined,
          words: { text: "けいれんの既往。主治医に確認のこと。" },
        }),
      );
    await caution(marked);
    // Over before the letter: no mark.
    await caution(plain, "2026-11-02");
    for (const output of ["interview", "coupon"] as const) {
      const extraction = await keep(["mr1"], output, {
        cohort: { kind: "births", from: "2025-09-20", to: "2025-09-20" },
      });
      const run = await mail.approved(await ordered(extraction));
      await mail.make(run);
      const files = await mail.open(run);
      const pages = await textOfPages(files.get(indexOf(files)[0]?.file ?? "") ?? Buffer.alloc(0));
      const standing = (person: string) =>
        mail.as("operator1", async (work) => {
          const all = await couponsOf(work, person);
          return all.find(({ state }) => state === "issued")?.number ?? "";
        });
      const coupons = { marked: await standing(marked), plain: await standing(plain) };
      const of = (number: string) => pages.find((page) => page.includes(number));
      expect(of(coupons.marked), output).toContain("要注意");
      expect(of(coupons.plain), output).not.toContain("要注意");
      expect(pages.join("")).not.toContain("けいれん。");
      expect(pages.join("")).not.toContain("主治医");
      // Printed again in the office it is the same; the office does not see why either.
      const again = await mail.as("clerk1", (work) =>
        reprintInOffice(work, coupons.marked, "spoilt"),
      );
      expect((await textOfPages(again)).join("")).toContain("要注意");
      await mail.as("clerk1", (work) => cancelCoupon(work, coupons.marked, "wrong-issue"));
      await mail.as("clerk1", (work) => cancelCoupon(work, coupons.plain, "wrong-issue"));
    }
    const one = await mail.as("clerk1", (work) => issueInOffice(work, marked, "mr1:1"));
    expect((await textOfPages(one.pdf)).join("")).toContain("要注意");
  });

  test("要注意の印を、印刷も発送もしない人は知らない", async () => {
    const [marked = ""] = await mail.enter(oneYearOlds(1, { birthDate: "2025-09-21" }));
    const ask = (who: "cashier1" | "nobody" | "operator1") =>
      mail.as(who, (work) => cautionedOn(work, [marked], on));
    await mail.as("clerk1", (work) =>
      enterSpecial(work, {
        personNumber: marked,
        kind: "caution",
        reason: "allergy",
        evidence: "doctor",
        evidenceOn: "2026-11-01",
        validFrom: "2026-11-01",
        validUntil: undefined,
        hindranceFrom: undefined,
        hindranceTo: undefined,
        vaccines: [],
        dueOn: undefined,
        words: { text: "卵" },
      }),
    );
    expect([...(await ask("operator1"))]).toEqual([marked]);
    // Told beyond the cases that are theirs to see: a look at the person.
    const looks = await home.admin`
      select from audit.record where action = 'special.told-for-mailing' and person_number = ${marked}`;
    expect(looks).toHaveLength(1);
    expect([...(await ask("cashier1"))]).toEqual([]);
    expect([...(await ask("nobody"))]).toEqual([]);
  });
});
