import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";

const home = await openTestPlatform();
const { admin } = home;
const { entitled, ukeFor, receive, judged, outcomes } = receiptsOf(home);
const people = await entitled(6);
const good = (of: readonly Entitled[] = people, seed = 1) =>
  Buffer.from(ukeFor(of, { institutions: 1, seed }));
const text = (bytes: Buffer) => bytes.toString("latin1");
const file = (changed: string) => Buffer.from(changed, "latin1");

const faultsOfFile = async (fileId: string) =>
  (
    await admin<{ code: string; line: number }[]>`
      select code, line from receipts.fault where file_id = ${fileId} and row = 0 order by line`
  ).map(({ code, line }) => `${code} ${line}`);
const shortOf = async (fileId: string) =>
  (await outcomes(fileId)).map(({ outcome, codes }) => [outcome, ...codes].join(" "));
const clear = Array<string>(6).fill("clear");

describe("おかしなファイルも、その所で分かる結果になる", () => {
  test("総件数や総合計点数の違いは、ファイルの誤りになり、1件ずつは支払える", async () => {
    const fileId = await judged(file(text(good(people, 2)).replace(/GO,12,/, "GO,13,")));
    expect(await faultsOfFile(fileId)).toEqual(["totals-differ 38"]);
    expect(await shortOf(fileId)).toEqual(clear);
  });

  test("途中で切れたファイルは、終わりがないことが分かり、読めた件は残る", async () => {
    const whole = text(good(people, 3));
    const fileId = await judged(
      file(whole.slice(0, whole.indexOf("KO", whole.lastIndexOf("RE,6,")))),
    );
    expect((await faultsOfFile(fileId)).map((one) => one.split(" ")[0])).toEqual(["no-totals"]);
    const all = await shortOf(fileId);
    expect(all.slice(0, 5)).toEqual(clear.slice(0, 5));
    expect(all[5]).toBe("blocked format-doubtful payer-unknown");
  });

  test("列のずれた件だけが支払えないものになる", async () => {
    const whole = text(good(people, 4)).replace(/RE,3,1124,/, "RE,3,,1124,");
    const fileId = await judged(file(whole));
    const all = await shortOf(fileId);
    expect(all[2]).toMatch(/^blocked .*format-blocked/);
    expect(all.filter((_, at) => at !== 2)).toEqual(clear.slice(1));
    const kept =
      await admin`select from receipts.receipt r where file_id = ${fileId} and r::text ~ '試験|シケン'`;
    expect(kept).toHaveLength(0);
  });

  test("UTF-8で書かれた件は、氏名を読み違えずに返戻へ回る", async () => {
    const utf8 = Buffer.from(new TextDecoder("shift_jis").decode(good(people, 5)));
    const all = await shortOf(await judged(utf8));
    expect(all).toHaveLength(6);
    for (const one of all) expect(one).toMatch(/^blocked format-blocked/);
  });

  test("十二桁の点数の件も、ほかの件の点検を止めない", async () => {
    let receipt = 0;
    const lines = text(good(people, 31))
      .split("\r\n")
      .map((line) => {
        if (line.startsWith("RE,")) receipt += 1;
        const columns = line.split(",");
        return receipt === 3 && /^(HO|KO)$/.test(columns[0] ?? "")
          ? columns.with(5, "999999999999").join(",")
          : line;
      });
    const all = await shortOf(await judged(file(lines.join("\r\n"))));
    expect(all[2]).toContain("points-high");
    expect(all.filter((_, at) => at !== 2)).toEqual(clear.slice(1));
  });

  test("知らない種類のレコードは、その件に印が付く", async () => {
    const fileId = await judged(file(text(good(people, 6)).replace("SI,12,", "XX,12,")));
    expect((await shortOf(fileId))[0]).toBe("doubtful format-doubtful");
  });

  test("99,999,999円の負担金は支払えず、200,000点は確かめる", async () => {
    const ko = new RegExp(`(KO,${people[1]?.payer},${people[1]?.recipientNumber},,\\d+,\\d+,)\\d+`);
    const ho = /(RE,3,.*\r\nHO(?:,[^,]*){4},)\d+((?:.*\r\n)KO(?:,[^,]*){4},)\d+/;
    const whole = text(good(people, 7)).replace(ko, "$199999999").replace(ho, "$1200000$2200000");
    const all = await shortOf(await judged(file(whole)));
    expect(all[1]).toBe("blocked copay-above-cost");
    expect(all[2]).toMatch(/^doubtful .*points-high/);
  });

  test("レセプトが1件もないもの、空のもの、行に分かれないものは、ファイルごと断る", async () => {
    await expect(receive(Buffer.alloc(0))).rejects.toThrow("ファイルが空です。");
    await expect(receive(Buffer.from("a,b\r\nc,d\r\n"))).rejects.toThrow("1件も読めません");
    await expect(receive(Buffer.alloc(400_000, 0x41))).rejects.toThrow("行に分かれていない");
    await expect(
      receive(Buffer.from("あ,い\r\n"), { layout: "receipts-1", name: "a.csv" }),
    ).rejects.toThrow("1列目の見出しが取り決めにありません。");
  });

  test("公表されている見本も、止まらずに最後まで点検される", async () => {
    const sample = await readFile(
      new URL("../../fixtures/receipts/outpatient-sample.uke", import.meta.url),
    );
    const fileId = await judged(sample, { claimMonth: "2021-11", paymentMonth: "2021-12" });
    const all = await outcomes(fileId);
    expect(all).toHaveLength(75);
    for (const { codes } of all) expect(codes).toContain("payer-unknown");
    expect(await faultsOfFile(fileId)).toEqual([]);
  });
});

describe("CSVのレセプト", () => {
  const heading =
    "公費負担者番号,受給者番号,氏名,カナ氏名,性別,生年月日,医療機関コード,医療機関名,診療年月,診療の種類,保険者番号,給付割合,特記事項,診療実日数,合計点数,一部負担金,他の公費負担者番号,他の公費の負担金額,検索番号";
  test("見出しの並びが違っても読め、誤りのある行だけが残る", async () => {
    const [one, two] = people;
    const row = (whose: Entitled | undefined, points: string, copay: string) =>
      `${whose?.payer},${whose?.recipientNumber},試験　花子,シケンハナコ,2,${whose?.birth.replaceAll("-", "")},4310100013,試験薬局,202608,3,01430016,8,,1,${points},${copay},,,A1`;
    const lines = [
      heading,
      row(one, "500", "0"),
      row(two, "五百", "0"),
      `${row(two, "500", "0")},余分`,
    ];
    const fileId = await judged(Buffer.from(lines.map((line) => `${line}\r\n`).join("")), {
      layout: "receipts-1",
      name: "a.csv",
    });
    const all = await shortOf(fileId);
    expect(all[0]).toBe("clear");
    expect(all[1]).toMatch(/^blocked format-blocked/);
    expect(all[2]).toMatch(/^blocked .*format-blocked/);
  });
});
