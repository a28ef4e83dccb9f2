import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import {
  contractPrice,
  contractPrices,
  type PriceTable,
} from "#workflows/vaccination/contract-prices.ts";
import {
  type LetterContext,
  letterFindingsOf,
} from "#workflows/vaccination/request-letters/findings.ts";
import { type LetterOfDose, refundOf } from "#workflows/vaccination/request-letters/refund.ts";
import {
  agreementWith,
  claimableUntil,
  letterTerms,
  periodEnd,
} from "#workflows/vaccination/request-letters/terms.ts";

const prices: DatedParameter<PriceTable> = {
  name: "予防接種の契約単価（市内個別）",
  rows: [
    {
      from: "2026-04-01",
      value: {
        taxPercent: 10,
        prices: [
          { vaccine: "hepb", given: 6600, screened: 3190 },
          { vaccine: "hepb", product: "ビームゲン", given: 6050 },
          { vaccine: "pcv", doseFrom: 1, doseTo: 3, given: 12_100 },
        ],
      },
      source: "委託契約書",
      certainty: "established",
    },
  ],
};
const dose = {
  number: 1,
  vaccine: "hepb",
  category: "A",
  dose: 1,
  outcome: "given",
  givenOn: "2026-12-10",
  paidOn: "2026-12-10",
  paid: 7000,
} as const;
const letter: LetterOfDose = { from: "2026-12-01", to: "2027-02-28", payment: "self" };
const context = {
  receivedOn: "2027-01-20",
  letters: [letter],
  paidAlready: false,
  terms: { categories: ["A"], start: "payment", count: 1, unit: "years" },
  prices,
} as const;

describe("期間", () => {
  test.each([
    ["2026-10-12", 3, "2027-01-11"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2026-11-28", 3, "2027-02-27"],
    ["2026-03-01", 24, "2028-02-29"],
  ] as const)("%sから%iか月は%sまで（民法143条）", (from, months, to) => {
    expect(periodEnd(from, months)).toBe(to);
  });

  test("請求の期限は、支払の翌日から数え、年度の末日までのときは3月31日に終わる", () => {
    const days = { givenOn: "2026-12-10", paidOn: "2026-12-10" } as const;
    const terms = { categories: ["A"], unit: "years" } as const;
    expect(claimableUntil({ ...terms, start: "payment", count: 2 }, days)).toBe("2028-12-10");
    expect(claimableUntil({ ...terms, start: "fiscal-year" }, days)).toBe("2027-03-31");
  });
});

describe("契約単価", () => {
  test("製品の単価が先で、内消費税は切り捨て、表にないものに単価はない", () => {
    const of = (given: object) =>
      contractPrice(prices, {
        vaccine: "hepb",
        dose: 1,
        outcome: "given",
        on: "2026-12-10",
        ...given,
      });
    expect(of({})).toMatchObject({ amount: 6600, tax: 600 });
    expect(of({ product: "ビームゲン" })).toMatchObject({ amount: 6050, tax: 550 });
    expect(of({ outcome: "screened" })).toMatchObject({ amount: 3190 });
    expect(of({ vaccine: "pcv", outcome: "screened" })).toBeUndefined();
    expect(of({ vaccine: "pcv", dose: 4 })).toBeUndefined();
  });

  test("別の年度の単価は使わず、登録されていないことを言う", () => {
    const next = { vaccine: "hepb", dose: 1, outcome: "given", on: "2027-04-01" } as const;
    expect(() => contractPrice(prices, next)).toThrow(/登録されていません/);
  });

  test("同じ回の単価が二つある表は、登録できない", () => {
    const { schema } = contractPrices.individual;
    const row = { vaccine: "hepb", given: 6600 };
    expect(
      schema.safeParse({ taxPercent: 10, prices: [row, { ...row, doseFrom: 2 }] }).success,
    ).toBe(false);
    expect(
      schema.safeParse({
        taxPercent: 10,
        prices: [
          { ...row, doseTo: 2 },
          { ...row, doseFrom: 3 },
        ],
      }).success,
    ).toBe(true);
  });
});

describe("払戻しの額", () => {
  test("支払った額も契約単価も超えず、少ない方に等しい", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (paid) => {
        const { amount, price } = refundOf({ ...dose, paid }, context);
        expect(amount).toBe(Math.min(paid, 6600));
        expect(price?.amount).toBe(6600);
      }),
    );
  });

  test("依頼書のない日、滞在先の負担、支払済み、期限の後は、いくら支払っていても0円", () => {
    const none = (change: object, given: object = {}) =>
      refundOf({ ...dose, ...given }, { ...context, ...change });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (paid) => {
        for (const [change, given, refusal] of [
          [{ letters: [] }, {}, "no-letter"],
          [{}, { givenOn: "2026-11-30" }, "no-letter"],
          [{}, { givenOn: "2027-03-01" }, "no-letter"],
          [{ letters: [{ ...letter, payment: "host" }] }, {}, "host-paid"],
          [{ paidAlready: true }, {}, "paid-already"],
          [{ receivedOn: "2027-12-11" }, {}, "late"],
          [{ terms: { ...context.terms, categories: [] } }, {}, "not-refunded"],
          [{}, { vaccine: "bcg" }, "no-price"],
        ] as const)
          expect(none(change, { ...given, paid })).toMatchObject({ amount: 0, refusal });
      }),
    );
  });

  test("期限の日に受け付けた請求は、まだ間に合う", () => {
    expect(refundOf(dose, { ...context, receivedOn: "2027-12-10" }).amount).toBe(6600);
  });
});

describe("起案の前の確認", () => {
  const terms = letterTerms.schema.parse({
    months: 3,
    categories: ["A"],
    reasons: ["homecoming"],
    agreements: [
      { prefecture: "43", kind: "mutual", categories: ["A"] },
      { prefecture: "43", municipality: "例示市", kind: "host-pays", categories: ["A"] },
    ],
  });
  const seen: LetterContext = {
    today: "2026-11-20",
    reason: "homecoming",
    place: { prefecture: "40", municipality: "見本市" },
    birth: "2026-08-10",
    sex: "female",
    residence: { from: "2026-08-10", to: undefined },
    history: [],
    openElsewhere: new Map(),
    terms,
  };
  const line = { number: 1, vaccine: "hepb", dose: 1, plannedOn: "2026-12-10" } as const;
  const codes = (change: Partial<LetterContext>, given: object = {}) =>
    letterFindingsOf([{ ...line, ...given }], { ...seen, ...change }).map(({ code }) => code);

  test.each([
    ["問題のない接種", {}, {}, []],
    [
      "転出の日より後の予定",
      { residence: { from: "2026-08-10", to: "2026-12-10" } },
      {},
      ["not-resident"],
    ],
    ["転出の前日の予定", { residence: { from: "2026-08-10", to: "2026-12-11" } }, {}, []],
    ["期限の日の予定", {}, { plannedOn: "2027-02-19" }, []],
    ["期限の翌日の予定", {}, { plannedOn: "2027-02-20" }, ["planned-after"]],
    ["前日の予定", {}, { plannedOn: "2026-11-19" }, ["planned-before"]],
    ["生年月日の不詳", { birth: undefined }, {}, ["birth-unknown"]],
    ["認めない理由", { reason: "study" }, {}, ["reason-not-accepted"]],
    ["ほかの依頼書", { openElsewhere: new Map([["hepb:1", "R8-000001"]]) }, {}, ["letter-open"]],
    [
      "契約のある県",
      { place: { prefecture: "43", municipality: "宇城市" } },
      {},
      ["contract-covers"],
    ],
    [
      "市の定めが県より先",
      { place: { prefecture: "43", municipality: "例示市" } },
      {},
      ["host-pays"],
    ],
    ["対象年齢の後", {}, { vaccine: "rota1", plannedOn: "2027-02-19" }, ["not-in-order"]],
  ] as const)("%s", (_, change, given, expected) => {
    expect(codes(change as Partial<LetterContext>, given)).toEqual(expected);
  });

  test("間隔が期限までに空くものは、接種できる日を知らせるだけで止めない", () => {
    const found = letterFindingsOf(
      [line, { ...line, number: 2, dose: 2, plannedOn: "2026-12-20" }],
      seen,
    );
    expect(found).toMatchObject([{ line: 2, code: "too-early", level: "told" }]);
    expect(found[0]?.message).toContain("2027-01-07");
  });

  test("B類は、市が対象とするときだけ依頼できる", () => {
    const category = (categories: readonly ("A" | "B")[]) =>
      codes(
        { terms: { ...terms, categories }, birth: "1961-05-01" },
        { vaccine: "zoster", plannedOn: "2026-12-10" },
      );
    expect(category(["A"])).toContain("category-not-covered");
    expect(category(["A", "B"])).not.toContain("category-not-covered");
  });

  test("契約は、類型ごとに見る", () => {
    const there = { prefecture: "43", municipality: "宇城市" };
    expect(agreementWith(terms, there, "A")).toBe("mutual");
    expect(agreementWith(terms, there, "B")).toBe("none");
  });

  test("契約のある市町村は、県名や郡名の有無、異体字の違いがあっても同じと分かる", () => {
    const kindOf = (set: string, typed: string) =>
      agreementWith(
        {
          agreements: [
            { prefecture: "08", municipality: set, kind: "host-pays", categories: ["A"] },
          ],
        },
        { prefecture: "08", municipality: typed },
        "A",
      );
    for (const [set, typed] of [
      ["龍ケ崎市", "竜ヶ崎市"],
      ["龍ケ崎市", "茨城県 龍ヶ崎市"],
      ["例示町", "見本郡例示町"],
      ["茨城県見本郡例示町", "例示町"],
      ["郡山市", "郡山市"],
    ] as const)
      expect(kindOf(set, typed), typed).toBe("host-pays");
    for (const [set, typed] of [
      ["例示町", "例示市"],
      ["山市", "郡山市"],
      ["例示町", "新例示町"],
    ] as const)
      expect(kindOf(set, typed), typed).toBe("none");
  });
});
