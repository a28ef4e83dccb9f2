import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readClaimFile } from "#src/programs/vaccination/clinic-claims/file.ts";
import {
  type ClaimedItem,
  type ReckoningContext,
  reckonRows,
  taxWithin,
} from "#workflows/vaccination/clinic-claims/reckon.ts";
import { claimDueOn, slipsSince } from "#workflows/vaccination/clinic-claims/terms.ts";
import { copayOf, copays } from "#workflows/vaccination/copays.ts";

const claimant = "4310000011";
const dated = <T>(name: string, value: T) => ({
  name,
  rows: [{ from: "2026-04-01" as const, value, source: "試験", certainty: "established" as const }],
});
const context: ReckoningContext = {
  claimant,
  month: "2026-11",
  prices: dated("単価", {
    taxPercent: 10,
    prices: [
      { vaccine: "pcv", given: 12_100, screened: 3190 },
      { vaccine: "flu", given: 5500 },
      { vaccine: "hepb", product: "ビームゲン", given: 6600 },
    ],
  }),
  copays: dated("自己負担", {
    copays: [
      { vaccine: "flu", ageFrom: 65, ageTo: 74, amount: 1500 },
      { vaccine: "flu", ageFrom: 75, amount: 5500 },
    ],
  }),
  lines: [
    { vaccine: "pcv", dose: 1, product: "", outcome: "given", count: 9, amount: 0 },
    { vaccine: "flu", dose: 1, product: "", outcome: "given", count: 9, amount: 0 },
  ],
};
const item = (given: Partial<ClaimedItem> = {}): ClaimedItem => ({
  slipId: "s",
  shotId: "r",
  vaccine: "pcv",
  dose: 1,
  product: "",
  outcome: "given",
  givenOn: "2026-11-02",
  recorded: true,
  doubts: [],
  bornOn: "2026-05-10",
  resident: true,
  exempt: false,
  paidBy: undefined,
  sameAs: false,
  otherClinic: false,
  mistake: undefined,
  clinicState: "active",
  contracted: true,
  payee: claimant,
  handled: true,
  originId: undefined,
  ...given,
});
const reckoned = (given: Partial<ClaimedItem>) => {
  const [row] = reckonRows([item(given)], context);
  if (!row) throw new Error("nothing was reckoned");
  return row;
};

test.each([
  [{}, [], "pay"],
  [{ recorded: false, resident: false }, ["no-record"], "open"],
  [{ vaccine: "rota" }, ["no-price", "not-claimed"], "open"],
  [{ vaccine: "hepb", product: "ヘプタバックス" }, ["no-price", "not-claimed"], "open"],
  [{ paidBy: "refund" }, ["paid-refund"], "open"],
  [{ paidBy: "clinic" }, ["paid-clinic"], "open"],
  [{ otherClinic: true }, ["other-clinic"], "open"],
  [{ resident: false }, ["not-resident"], "open"],
  [
    { clinicState: undefined, contracted: false, payee: undefined, handled: false },
    ["not-in-register"],
    "open",
  ],
  [{ clinicState: "suspended" }, ["suspended"], "open"],
  [{ contracted: false, payee: undefined }, ["no-contract"], "open"],
  [{ payee: "D0001" }, ["other-payee"], "open"],
  [{ handled: false }, ["not-handled"], "open"],
  [{ doubts: ["interval-too-short"] }, ["doubtful"], "open"],
  [{ doubts: ["interval-too-short"], mistake: "undecided" }, ["doubtful", "mistake-open"], "open"],
  [
    { doubts: ["interval-too-short"], mistake: "not-paid" },
    ["doubtful", "mistake-refused"],
    "open",
  ],
  [{ doubts: ["interval-too-short"], mistake: "paid" }, ["mistake-paid"], "pay"],
  [{ dose: 2 }, ["not-claimed"], "open"],
  [{ givenOn: "2026-10-30" }, ["late"], "pay"],
  [{ originId: "o" }, ["back-again"], "pay"],
  [{ sameAs: true, paidBy: "clinic" }, ["second-channel"], "same"],
] as const)("予診票 %o は %o", (given, findings, disposition) => {
  const row = reckoned(given as Partial<ClaimedItem>);
  expect(row.findings).toEqual(findings);
  expect(row.disposition).toBe(disposition);
});

test("単価の表が別の年度のものしかなければ、単価がないのと同じで、0円にはならない", () => {
  expect(reckoned({ givenOn: "2027-04-02" })).toMatchObject({
    price: undefined,
    amount: undefined,
    disposition: "open",
  });
});

describe("自己負担", () => {
  const flu = (given: Partial<ClaimedItem>) => reckoned({ vaccine: "flu", ...given });
  test("65歳の誕生日の前日から引かれる", () => {
    expect(flu({ bornOn: "1961-11-04" })).toMatchObject({ copay: 0, amount: 5500 });
    expect(flu({ bornOn: "1961-11-03" })).toMatchObject({ copay: 1500, amount: 4000, tax: 363 });
  });
  test("減免なら引かれない", () => {
    expect(flu({ bornOn: "1955-01-01", exempt: true })).toMatchObject({
      amount: 5500,
      findings: ["exempt"],
      disposition: "pay",
    });
  });
  test("単価と同じなら支払うものがないと分かる", () => {
    expect(flu({ bornOn: "1940-01-01" })).toMatchObject({ amount: 0, findings: ["nothing-left"] });
  });
  test("生年月日が不詳なら、年齢で決まる額は人が決める", () => {
    expect(flu({ bornOn: undefined }).findings).toEqual(["not-born-known"]);
  });
  test("A類は表がなくても無料、B類は表がなければ計算しない", () => {
    const none = { name: "自己負担", rows: [] };
    const asked = { outcome: "given", on: "2026-11-02", bornOn: "1950-01-01" } as const;
    expect(copayOf(none, { vaccine: "pcv", ...asked })).toBe(0);
    expect(() => copayOf(none, { vaccine: "flu", ...asked })).toThrow("登録されていません");
  });
  test("A類の額と、重なる年齢の行は登録できない", () => {
    const row = { vaccine: "flu", amount: 1500 };
    expect(copays.schema.safeParse({ copays: [row] }).success).toBe(true);
    expect(copays.schema.safeParse({ copays: [{ ...row, vaccine: "pcv" }] }).success).toBe(false);
    expect(copays.schema.safeParse({ copays: [row, { ...row, ageFrom: 65 }] }).success).toBe(false);
  });
});

test("期限は翌月の日で、月末より後の日は月末になる", () => {
  expect(claimDueOn("2026-11", { deadlineDay: 10, lateMonths: 0 })).toBe("2026-12-10");
  expect(claimDueOn("2027-01", { deadlineDay: 31, lateMonths: 0 })).toBe("2027-02-28");
  expect(slipsSince("2026-11", { deadlineDay: 10, lateMonths: 12 })).toBe("2025-11-01");
});

const items = fc.array(
  fc.record({
    vaccine: fc.constantFrom("pcv", "flu", "hepb"),
    product: fc.constantFrom("", "ビームゲン"),
    bornOn: fc.constantFrom("1940-01-01", "1955-01-01", "2026-05-10", undefined),
    recorded: fc.boolean(),
    exempt: fc.boolean(),
    resident: fc.boolean(),
    sameAs: fc.boolean(),
    paidBy: fc.constantFrom("refund", "clinic", undefined),
  }),
  { maxLength: 20 },
);

test("順を変えても額は同じで、支払う額は単価を超えず、支払済みと二つ目の予診票は支払わない", () => {
  fc.assert(
    fc.property(items, (given) => {
      const list = given.map((one) => item(one as Partial<ClaimedItem>));
      const forth = reckonRows(list, context);
      const back = reckonRows(list.toReversed(), context).toReversed();
      expect(back).toEqual(forth);
      for (const row of forth) {
        if (row.amount !== undefined && row.price !== undefined) {
          expect(row.amount).toBeLessThanOrEqual(row.price);
          expect(row.tax).toBe(taxWithin(row.amount, 10));
        }
        if (row.item.paidBy || row.item.sameAs || !row.item.recorded || !row.amount)
          expect(row.disposition).not.toBe("pay");
      }
    }),
  );
});

describe("請求のファイル", () => {
  const read = (...lines: string[]) => readClaimFile(Buffer.from(lines.join("\r\n")));
  const head = "請求額,請求者,請求月,契約,予防接種,回,区分,件数";
  test("列の順を問わず、請求者・月・契約ごとの請求になる", () => {
    const { claims, faults } = read(
      head,
      `"24,200",${claimant},R8.11,市内個別,pcv,1,接種,2`,
      `3190,${claimant},202611,市内個別,pcv,1,予診のみ,1`,
      `5500,D0001,2026-11,individual,flu,1,接種,1`,
    );
    expect(faults).toEqual([]);
    expect(claims.map(({ claimant: who, month, lines }) => [who, month, lines.length])).toEqual([
      [claimant, "2026-11", 2],
      ["D0001", "2026-11", 1],
    ]);
  });
  test("誤りは行と項目で分かり、誤りのある請求は取り込まれない", () => {
    const { claims, faults } = read(
      head,
      `100,${claimant},R8.11,市内個別,pcv,1,接種,2`,
      `x,${claimant},R8.11,市内個別,なし,1,接種,2`,
      `100,123,R8.13,市内個別,pcv,1,接種,2`,
      `100,D0001,R8.11,集団,flu,1,接種,1`,
    );
    expect(claims.map(({ claimant: who }) => who)).toEqual(["D0001"]);
    expect(faults.map(({ record, field }) => `${record} ${field}`)).toEqual([
      "3 予防接種",
      "3 請求額",
      "4 請求者",
      "4 請求月",
    ]);
  });
  test("見出しが足りないファイルは、足りない列を言う", () => {
    expect(read("請求者,件数", "1,2").faults.map(({ field }) => field)).toContain("請求額");
  });
});
