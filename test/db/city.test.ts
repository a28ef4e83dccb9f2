import { beforeAll, describe, expect, test } from "vitest";
import {
  addressOfPostalCode,
  type CityFile,
  cityOf,
  findCity,
  loadTowns,
  missingOfCity,
  presetOf,
  registerCity,
  townCodesOf,
} from "#src/platform/city/index.ts";
import { barcodesOf } from "#src/platform/letters/customer-barcode.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { issueInOffice, reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { customerBarcode } from "#workflows/mail/customer-barcode.ts";

const home = await openTestPlatform();
const { admin, platform } = home;
const area = {
  id: "test.fee",
  title: "見本の額",
  presets: { low: { yen: 100 }, high: { yen: 300 } },
};

const city: CityFile = {
  from: "2026-11-01",
  name: "見本市",
  code: "479993",
  prefecture: "見本県",
  mayor: { title: "見本市長", name: "見本　一郎" },
  appeal: { reviewAuthority: "見本市長", defendant: "見本市", representative: "見本市長" },
  numberPrefix: "見",
  hours: "平日 9時から17時まで",
  presets: [],
};

/** In the name of somebody who holds no right at all. */
const as = async <T>(run: (work: Work) => Promise<T>): Promise<T> =>
  runWork(platform, await home.actor("nobody"), { purpose: "inquiry" }, run);

describe("市の設定", () => {
  test("登録した日から次の登録の前の日まで有効で、同じ日の登録は後のものが正しい", async () => {
    await registerCity(admin, city);
    await registerCity(admin, {
      ...city,
      from: "2026-11-25",
      mayor: { title: "見本市長", name: "見本　次郎" },
    });
    await registerCity(admin, { ...city, mayor: { title: "見本市長", name: "見本　壱郎" } });
    const mayorOn = (on: IsoDate) => as(async (work) => (await cityOf(work, on)).mayor.name);
    expect(await mayorOn("2026-10-31")).toBe("実証　太郎");
    expect(await mayorOn("2026-11-01")).toBe("見本　壱郎");
    expect(await mayorOn("2026-11-24")).toBe("見本　壱郎");
    expect(await mayorOn("2026-11-25")).toBe("見本　次郎");
    const {
      from: _,
      presets: __,
      ...words
    } = { ...city, mayor: { title: "見本市長", name: "見本　壱郎" } };
    expect(await as((work) => cityOf(work))).toEqual(words);
  });

  test("同じ内容をもう一度登録しても、何も増えない", async () => {
    const last = { ...city, mayor: { title: "見本市長", name: "見本　壱郎" } };
    expect(await registerCity(admin, last)).toBe(0);
  });

  test("登録の前の日の分は、何を登録するかを示して断る", async () => {
    expect(await as((work) => findCity(work, "2019-03-31"))).toBeUndefined();
    await expect(as((work) => cityOf(work, "2019-03-31"))).rejects.toMatchObject({
      status: 503,
      message: "平成31年3月31日の市の設定（市の名前、市長の氏名など）が登録されていません。",
      details: [expect.stringContaining("city register")],
    });
  });

  test("登録したことは、アクセス記録に残る", async () => {
    const rows = await admin`
      select r.detail from audit.record r join access.staff s on s.id = r.staff_id
       where r.action = 'city.registered' and s.kind = 'system' order by r.id`;
    expect(rows.map(({ detail }) => detail)).toEqual([
      { code: "431001", from: "2019-04-01" },
      { code: "479993", from: "2026-11-01" },
      { code: "479993", from: "2026-11-25" },
      { code: "479993", from: "2026-11-01" },
    ]);
  });
});

describe("市の定め", () => {
  const follow = (...presets: CityFile["presets"]) =>
    registerCity(admin, { ...city, from: "2030-01-01", presets });
  const feeOn = (on: IsoDate) => as(async (work) => (await presetOf(work, area, on)).yen);

  test("日によって定めが替わり、終わりの日の後は何も当てはめない", async () => {
    await follow(
      { area: area.id, preset: "low", from: "2024-04-01" },
      { area: area.id, preset: "high", from: "2026-04-01", to: "2027-03-31" },
    );
    expect(await feeOn("2026-03-31")).toBe(100);
    expect(await feeOn("2026-04-01")).toBe(300);
    expect(await feeOn("2027-03-31")).toBe(300);
    for (const on of ["2027-04-01", "2024-03-31"] as const)
      await expect(feeOn(on)).rejects.toMatchObject({
        status: 503,
        message: expect.stringContaining("「見本の額」の市の定めが登録されていません。"),
        details: [expect.stringContaining("presets の area は test.fee")],
      });
  });

  test("同じ日の定めは後の登録が正しく、同じものは増えない", async () => {
    expect(await follow({ area: area.id, preset: "low", from: "2026-04-01" })).toBe(1);
    expect(await feeOn("2027-04-01")).toBe(100);
    expect(await follow({ area: area.id, preset: "low", from: "2026-04-01" })).toBe(0);
  });

  test("このプログラムにない定めは、その名を示して断る", async () => {
    await follow({ area: area.id, preset: "constructor", from: "2028-04-01" });
    await expect(feeOn("2028-04-01")).rejects.toMatchObject({
      status: 503,
      details: [expect.anything(), "登録されている「constructor」は、このプログラムにありません。"],
    });
  });

  test("まだ登録していないことは、起動のときに一つずつ言える", async () => {
    expect(await missingOfCity(admin, "2026-11-20", [area])).toEqual([]);
    expect(await missingOfCity(admin, "2019-03-31", [area])).toEqual([
      "市の設定がありません。帳票を発行できません（city register）。",
      "見本の額の市の定めがありません（city register の presets に test.fee）。",
    ]);
    const ended = { id: "test.ended", title: "終わった定め", presets: {} };
    await follow({ area: ended.id, preset: "x", from: "2024-04-01", to: "2026-11-19" });
    expect(await missingOfCity(admin, "2026-11-19", [ended])).toEqual([]);
    expect(await missingOfCity(admin, "2026-11-20", [ended])).toHaveLength(1);
  });
});

describe("町の一覧", () => {
  const town = (postalCode: string, name: string, townCode: string, locality = "見本市") => ({
    postalCode,
    officeCode: "479993",
    locality,
    name,
    townCode,
  });
  beforeAll(() =>
    loadTowns(admin, [
      town("9990001", "新町", "0001000"),
      town("9990001", "新町東", "0002000"),
      town("9990002", "本町", "0003000"),
      town("9990003", "東町", "0004000", "見本市東区"),
      town("9990003", "東町", "0005000", "見本市西区"),
    ]),
  );

  test("前の一覧と入れ替わる", async () => {
    expect(await as((work) => addressOfPostalCode(work, "8600004"))).toBeUndefined();
    expect(await as((work) => townCodesOf(work, "本"))).toEqual(["0003000"]);
    expect(await as((work) => townCodesOf(work, "新町"))).toEqual(["0001000", "0002000"]);
    expect(await as((work) => townCodesOf(work, "%"))).toEqual([]);
  });

  test("郵便番号から住所を、町がいくつもあれば同じところまでを補う", async () => {
    const filled = (digits: string) => as((work) => addressOfPostalCode(work, digits));
    expect(await filled("9990002")).toBe("見本県見本市本町");
    expect(await filled("9990001")).toBe("見本県見本市");
    expect(await filled("9990003")).toBe("見本県");
  });

  const barcode = (address: string, postalCode = "9990001", building = "") =>
    as(async (work) => (await barcodesOf(work, [{ postalCode, address, building }]))[0]);
  const bars = (behind: string, postalCode = "9990001") => {
    const wanted = customerBarcode(postalCode, behind);
    return "bars" in wanted ? wanted.bars : undefined;
  };

  test("書かれた住所のカスタマバーコードは、町名の後ろだけから作る。県名の有無は問わない", async () => {
    expect(await barcode("見本市新町２丁目４番２７号")).toBe(bars("２丁目４番２７号"));
    expect(await barcode("見本県見本市新町２丁目４番２７号")).toBe(bars("２丁目４番２７号"));
    expect(await barcode("見本市新町２丁目４番", "9990001", "見本ハイツ１０１")).toBe(
      bars("２丁目４番　見本ハイツ１０１"),
    );
  });

  test("別の町の名で始まる町は、長い名のほうで読む", async () => {
    expect(await barcode("見本市新町東３番")).toBe(bars("３番"));
  });

  test("町が分からなければ、カスタマバーコードは印字しない", async () => {
    expect(await barcode("見本市本町１番")).toBeUndefined();
    expect(await barcode("福岡県福岡市見本町１番")).toBeUndefined();
    expect(await barcode("見本市本町１番", "0000000")).toBeUndefined();
    await loadTowns(admin, []);
    expect(await barcode("見本市新町１番")).toBeUndefined();
    expect(await as((work) => townCodesOf(work, "新"))).toBeUndefined();
  });
});

test("市長が替わっても、前に発行した接種券の再印刷は発行の日の市長の名で出る", async () => {
  const mail = await mailingsOf(home);
  const [person = ""] = await mail.enter(oneYearOlds(1));
  const { number, pdf } = await mail.as("operator1", (work) =>
    issueInOffice(work, person, "mr1:1"),
  );
  expect((await textOfPages(pdf))[0]).toContain("見本　壱郎");
  platform.clock.moveTo("2026-11-26");
  const again = await mail.as("operator1", (work) => reprintInOffice(work, number, "spoilt"));
  expect(Buffer.from(again).equals(Buffer.from(pdf))).toBe(true);
});
