import { beforeAll, describe, expect, test } from "vitest";
import type { ToldRecord } from "#src/programs/vaccination/records/take.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

const home = await openTestPlatform();
const { as, child, coupon, one, people, take } = recordsOf(home);
const codes = ({ doubts }: { doubts: readonly { code: string }[] }) =>
  doubts.map(({ code }) => code);
const shots = (person: string) =>
  home.admin`select vaccine, dose, given_on::text as on, lot, source, clinic_name as clinic from vaccination.shot
              where person_number = ${person} order by given_on, dose`;

describe("予診票から記録になる", () => {
  test("券番号のOCRの行だけで、人・予防接種・回が決まる", async () => {
    const person = await child();
    const number = await coupon(person, "pcv", 1);
    const taken = await one(
      pcv({
        vaccine: "",
        couponNumber: `01${"1"}43101${"0"}${number}`.slice(-18),
        lot: "AB1",
        doctor: "見本　医師",
      }),
    );
    expect(taken).toMatchObject({ state: "recorded", personNumber: person, doubts: [] });
    expect(await shots(person)).toMatchObject([
      { vaccine: "pcv", dose: 1, on: "2026-07-10", lot: "AB1", source: "slip" },
    ]);
    const [kept] =
      await home.admin`select count(*)::int as n from vault.sealed_record where kind = 'shot-details' and holder = ${person}`;
    expect(kept?.n).toBe(1);
  });

  test("同じ接種を別の経路が伝えると、記録は一つのままで、二つ目の経路が残り、空いていた項目が補われる", async () => {
    const person = await child();
    const first = await one(pcv({ personNumber: person }));
    const second = await one(
      pcv({
        personNumber: person,
        channel: "letter",
        reference: "line-1",
        lot: "ZZ9",
        clinicName: "例示医院",
      }),
    );
    expect(second).toMatchObject({ state: "second-channel", shotId: first.shotId });
    expect(await shots(person)).toMatchObject([
      { dose: 1, lot: "ZZ9", clinic: "例示医院", source: "slip" },
    ]);
    const again = await one(
      pcv({ personNumber: person, channel: "letter", reference: "line-1", lot: "ZZ9" }),
    );
    expect(again.slipId).toBe(second.slipId);
    const [{ n } = {}] =
      await home.admin`select count(*)::int as n from vaccination.slip where shot_id = ${first.shotId ?? ""}`;
    expect(n).toBe(2);
    const before =
      await home.admin`select what, before from vaccination.shot_change where shot_id = ${first.shotId ?? ""}`;
    expect(before).toMatchObject([{ what: "completed", before: { lot: null, clinic_name: null } }]);
  });

  test("同じ接種が一度に二回伝えられても、記録は一つで、どちらの伝えも残る", async () => {
    const person = await child();
    const told = pcv({ personNumber: person });
    const [first, second, third] = await take("number1", [
      told,
      { ...told, channel: "letter", reference: "lot-1", clinicName: "例示医院" },
      { ...told, dose: 1, givenOn: "2026-09-01" },
    ]);
    expect(first?.state).toBe("recorded");
    expect(second).toMatchObject({ state: "second-channel", shotId: first?.shotId });
    expect(third?.state).toBe("doubtful");
    expect(await shots(person)).toMatchObject([{ dose: 1, clinic: "例示医院" }]);
  });

  test("予診のみと不可診は、記録にならずに残る", async () => {
    const person = await child();
    expect(await one(pcv({ personNumber: person, outcome: "interview-only" }))).toMatchObject({
      state: "noted",
    });
    expect(await one(pcv({ personNumber: person, outcome: "unfit" }))).toMatchObject({
      state: "noted",
    });
    expect(await shots(person)).toEqual([]);
  });

  test("母子健康手帳番号は、一度だれのものか分かれば、次から鍵になる", async () => {
    const person = await child();
    await one(pcv({ personNumber: person, motherChildNumber: "２６-０００１２３" }));
    const taken = await one(pcv({ vaccine: "hib", motherChildNumber: "26000123" }));
    expect(taken).toMatchObject({ state: "recorded", personNumber: person });
  });

  test("転入前の記録は、年齢や間隔を問わずに事実として入る", async () => {
    const person = await child({ residence: { from: "2026-10-01", fromReason: "move-in" } });
    const taken = await one(
      pcv({ personNumber: person, channel: "in-mover", givenOn: "2026-06-01" }),
    );
    expect(taken.state).toBe("recorded");
    const [{ n } = {}] =
      await home.admin`select count(*)::int as n from mistakes.incident where person_number = ${person}`;
    expect(n).toBe(0);
  });
});

describe("疑わしいものは、落ちずに待つ", () => {
  let person = "";
  beforeAll(async () => {
    person = await child();
    await one(pcv({ personNumber: person }));
    await as(
      "number1",
      (work) => work.sql`select vaccination.enter_lot('hib', 'H1', 'アクトヒブ', '2026-07-31')`,
    );
  });
  const waits: [string, () => Promise<Partial<ToldRecord>> | Partial<ToldRecord>, string][] = [
    ["生まれる前の日", () => ({ personNumber: person, givenOn: "2026-05-09" }), "before-birth"],
    ["今日より後の日", () => ({ personNumber: person, givenOn: "2026-11-21" }), "future"],
    ["検査数字の合わない券番号", () => ({ couponNumber: "1234567890" }), "bad-number"],
    [
      "検査数字の合わない宛名番号",
      () => ({ personNumber: `${person.slice(0, 9)}${(Number(person[9]) + 1) % 10}` }),
      "bad-number",
    ],
    [
      "発行していない券番号",
      () => ({ couponNumber: withCheckDigit("999999999") }),
      "unknown-coupon",
    ],
    [
      "だれか分からない予診票",
      () => ({ identity: { kana: "ダレカ　シラズ", birth: "2026-05-10" } }),
      "no-person",
    ],
    [
      "別の日に記録のある回",
      () => ({ personNumber: person, dose: 1, givenOn: "2026-08-20" }),
      "dose-taken",
    ],
    ["短すぎる間隔", () => ({ personNumber: person, givenOn: "2026-07-20" }), "interval-too-short"],
    [
      "登録にないロット",
      () => ({ personNumber: person, vaccine: "hib", lot: "H9" }),
      "unknown-lot",
    ],
    [
      "期限の切れたロット",
      () => ({ personNumber: person, vaccine: "hib", lot: "H1", givenOn: "2026-08-01" }),
      "expired-lot",
    ],
    ["知らないワクチン", () => ({ personNumber: person, vaccine: "xyz" }), "unknown-vaccine"],
    [
      "亡くなった後の日",
      async () => ({
        personNumber: await child({
          diedOn: "2026-07-01",
          residence: {
            from: "2026-05-10",
            fromReason: "birth",
            to: "2026-07-01",
            toReason: "death",
          },
        }),
      }),
      "after-death",
    ],
    [
      "転出した後の日",
      async () => ({
        personNumber: await child({
          residence: {
            from: "2026-05-10",
            fromReason: "birth",
            to: "2026-07-09",
            toReason: "move-out",
          },
        }),
      }),
      "moved-out",
    ],
  ];
  test.each(waits)("%s", async (_, given, code) => {
    const before = await home.admin`select count(*)::int as n from vaccination.shot`;
    const taken = await one(pcv(await given()));
    expect(codes(taken)).toContain(code);
    expect(["doubtful", "unmatched"]).toContain(taken.state);
    expect(await home.admin`select count(*)::int as n from vaccination.shot`).toEqual(before);
    const [kept] =
      await home.admin`select state, doubts from vaccination.slip where id = ${taken.slipId}`;
    expect(kept).toMatchObject({ state: taken.state, doubts: codes(taken) });
  });

  test("理由を付けて認めれば記録になり、間違い接種の事案が始まる", async () => {
    const taken = await one(pcv({ personNumber: person, givenOn: "2026-07-20", accept: "clinic" }));
    expect(taken.state).toBe("recorded");
    const found =
      await home.admin`select category, report, state, found_by, problems from mistakes.incident where slip_id = ${taken.slipId}`;
    expect(found).toMatchObject([
      {
        category: 4,
        report: "yearly",
        state: "found",
        found_by: "entry",
        problems: ["interval-too-short"],
      },
    ]);
  });

  test("別の区の職員は、その区でない人の記録を入れられない", async () => {
    expect(await one(pcv({ personNumber: person, vaccine: "hib" }), "east1")).toMatchObject({
      state: "unmatched",
    });
  });
});

test("1000枚のうち50枚が二人に当たっても、950枚は記録になり、50枚は待ち、一枚も落ちない", async () => {
  const twins = (n: number) => ({
    name: {
      kanji: `双子　花${n}`,
      kana: `フタゴ　ハナ${"アイウエオカキクケコ"[n % 10]}${"サシスセソ"[Math.floor(n / 10)]}`,
    },
    birthDate: "2026-05-10" as const,
    residence: { from: "2026-05-10" as const, fromReason: "birth" as const },
  });
  await people(...Array.from({ length: 50 }, (_, n) => [twins(n), twins(n)]).flat());
  const numbers = await people(
    ...Array.from({ length: 950 }, () => ({
      birthDate: "2026-05-10" as const,
      residence: { from: "2026-05-10" as const, fromReason: "birth" as const },
    })),
  );
  const told = [
    ...numbers.map((personNumber) =>
      pcv({ personNumber, channel: "punched", doctor: "見本　医師" }),
    ),
    ...Array.from({ length: 50 }, (_, n) => {
      const { name, birthDate } = twins(n);
      return pcv({
        channel: "punched",
        identity: { name: name.kanji, kana: name.kana, birth: birthDate, sex: "female" },
      });
    }),
  ];
  const began = performance.now();
  const taken = await take("clerk1", told);
  const rate = Math.round(told.length / ((performance.now() - began) / 1000));
  console.info(`${rate} 枚/秒`);
  expect(Object.groupBy(taken, ({ state }) => state).recorded).toHaveLength(950);
  expect(taken.filter((one) => codes(one).includes("two-people"))).toHaveLength(50);
  const [{ n } = {}] =
    await home.admin`select count(*)::int as n from vaccination.slip where channel = 'punched'`;
  expect(n).toBe(1000);
}, 120_000);
