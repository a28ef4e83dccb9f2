import { beforeAll, describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { scannedTiff } from "#test/support/tiff.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const jpeg = Buffer.from("ffd8ffe000104a464946", "hex");
const pdf = Buffer.from("%PDF-1.7\n");
let [path, protectedPath] = ["", ""];
let number = "";

beforeAll(async () => {
  const records = [invented(), invented({ protection: { from: "2026-06-01" } })];
  const numbers = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      records.map((record) => ({ record })),
    ),
  );
  number = numbers[0] ?? "";
  [path = "", protectedPath = ""] = numbers.map((one) =>
    personPath(city.platform, one as PersonNumber),
  );
});

/** Does something while the rights of somebody are of one 事務 alone. */
async function ofProgram(who: TestStaff, program: string, run: () => Promise<void>) {
  const set = (to: string | null) =>
    city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set program = ${to}
        where staff_id = (select id from access.staff where login_name = ${who})`;
    });
  await set(program);
  try {
    await run();
  } finally {
    await set(null);
  }
}

describe("住民のメモ", () => {
  test("事務を選んで書き、書いた職員と日時とともに、新しい順に残る", async () => {
    const [clerk, second] = [await visitor("clerk1"), await visitor("clerk2")];
    const first = { note: "電話は夕方がつながりやすい", program: "child-medical" };
    const sent = await clerk.post(`${path}/notes`, first);
    expect([sent.status, sent.headers.location]).toEqual([303, path]);
    await second.post(`${path}/notes`, { note: "筆談を希望", program: "vaccination" });
    const { text } = await clerk.get(path);
    const [newest, oldest] = [text.indexOf("筆談を希望"), text.indexOf("夕方がつながりやすい")];
    expect(newest).toBeGreaterThan(0);
    expect(oldest).toBeGreaterThan(newest);
    expect(text.slice(newest - 300, newest)).toContain("窓口 二郎");
    expect(text.slice(newest, oldest)).toContain("予防接種");
    const [row] = await city.admin`
      select count(*)::int as n from audit.record where action = 'sealed.note' and person_number = ${number}`;
    expect(row?.n).toBe(2);
  });

  test("ほかの事務のメモは、見えず、書けない", async () => {
    await ofProgram("number1", "vaccination", async () => {
      const other = await visitor("number1");
      const { text } = await other.get(path);
      expect(text).toContain("筆談を希望");
      expect(text).not.toContain("夕方がつながりやすい");
      expect(text).not.toMatch(/<select[^>]*name="program"/);
      await other.post(`${path}/notes`, { note: "車いす", program: "child-medical" });
    });
    const [row] = await city.admin`
      select program from intake.note where person_number = ${number} order by written_at desc limit 1`;
    expect(row?.program).toBe("vaccination");
  });

  test("ほかの区の職員には、見えず、書けない", async () => {
    const east = await visitor("east1");
    const { status, text } = await east.get(path);
    expect(status).toBe(404);
    expect(text).not.toContain("筆談を希望");
    const refused = await east.post(`${path}/notes`, { note: "x", program: "vaccination" });
    expect(refused.status).toBe(404);
  });

  test("空のもの、長すぎるものは、書いたものを残して、その欄に誤りを示す", async () => {
    const clerk = await visitor("clerk1");
    const empty = await clerk.post(`${path}/notes`, { note: " ", program: "vaccination" });
    expect(empty.status).toBe(422);
    expect(empty.text).toMatch(/id="field-note-error">\s*メモを入力してください。/);
    const note = "長".repeat(2001);
    const long = await clerk.post(`${path}/notes`, { note, program: "vaccination" });
    expect(long.text).toContain("メモは2000字までで入力してください。");
    expect(long.text).toContain(`${note}</textarea>`);
    expect(long.text).toMatch(/<option[^>]*value="vaccination"[^>]*selected/);
  });
});

describe("住民の添付", () => {
  const upload = async (
    bytes: Uint8Array,
    { to = path, document = "child-medical/insurance-proof" } = {},
  ) =>
    (await visitor("clerk1")).upload(
      `${to}/attachments`,
      { document },
      { field: "scan", name: "scan.bin", bytes },
    );
  const linksIn = (html: string) =>
    [...html.matchAll(/href="([^"]+\/attachments\/[\w-]{36})"/g)].map(([, href = ""]) => href);

  test.for([
    ["PNG", png, "image/png"],
    ["JPEG", jpeg, "image/jpeg"],
    ["PDF", pdf, "application/pdf"],
  ] as const)("%sは、そのまま画面で開き、取り下げれば消える", async ([word, bytes, type]) => {
    const sent = await upload(bytes);
    expect([sent.status, sent.headers.location]).toEqual([303, path]);
    const clerk = await visitor("clerk1");
    const { text } = await clerk.get(path);
    expect(text).toContain(`${word} 1KB`);
    const [link = ""] = linksIn(text);
    const file = await clerk.get(link);
    expect(file.headers["content-type"]).toBe(type);
    expect(file.headers["content-disposition"]).toContain("inline");
    if (type.startsWith("image/")) expect(Buffer.from(file.body).equals(bytes)).toBe(true);
    expect((await clerk.post(`${link}/withdrawal`)).status).toBe(303);
    expect((await clerk.get(path)).text).toContain("添付はありません。");
    expect((await clerk.get(link)).status).toBe(404);
    expect((await clerk.post(`${link}/withdrawal`)).status).toBe(404);
  });

  test("スキャナーのTIFFは、受け取ったまま残り、画面ではPDFで開く", async () => {
    const tiff = await scannedTiff("ccittfax4", { pages: 3 });
    expect((await upload(tiff)).status).toBe(303);
    const clerk = await visitor("clerk1");
    const { text } = await clerk.get(path);
    expect(text).toContain("TIFF 1KB");
    const [link = ""] = linksIn(text);
    const file = await clerk.get(link);
    expect(file.headers["content-type"]).toBe("application/pdf");
    const [row] = await city.admin`
      select sha256 = encode(sha256(${tiff}), 'hex') as same, bytes from intake.attachment where media_type = 'image/tiff'`;
    expect(row).toEqual({ same: true, bytes: tiff.length });
    await clerk.post(`${link}/withdrawal`);
  });

  test.for([
    ["ファイルがない", async () => new Uint8Array(), "ファイルを選んでください。"],
    [
      "名前だけPDFの",
      async () => Buffer.from("<html>"),
      "PDF、JPEG、PNG、TIFFのファイルを選んでください。",
    ],
    [
      "大きすぎる",
      async () => Buffer.concat([png, Buffer.alloc(10_500_000)]),
      "ファイルは10MBまでです。",
    ],
    [
      "途中で切れたTIFFの",
      async () => (await scannedTiff("lzw")).subarray(0, 300),
      "TIFFを読み取れません。ファイルが壊れているか、表示できない形式です。",
    ],
    [
      "ページの多すぎるTIFFの",
      () => scannedTiff("ccittfax4", { pages: 51, width: 20, height: 700 }),
      "TIFFは50ページまでです。",
    ],
    [
      "開くと大きすぎるTIFFの",
      () => scannedTiff("ccittfax4", { width: 10_000, height: 8_001 }),
      "TIFFの画像が大きすぎます。",
    ],
  ] as const)("%sときは、選んだ書類を残して、その欄に誤りを示す", async ([, bytes, told]) => {
    const refused = await upload(await bytes());
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(new RegExp(`id="field-scan-error">\\s*${told}`));
    expect(refused.text).toMatch(/<option[^>]*value="child-medical\/insurance-proof"[^>]*selected/);
  });

  test("ほかの事務・ほかの区の職員には、名も見えず、開けず、取り下げられない", async () => {
    await upload(png);
    const clerk = await visitor("clerk1");
    const [link = ""] = linksIn((await clerk.get(path)).text);
    const refusedTo = async (who: TestStaff) => {
      const other = await visitor(who);
      expect((await other.get(path)).text).not.toContain(link);
      expect((await other.get(link)).status).toBe(404);
      expect((await other.post(`${link}/withdrawal`)).status).toBe(404);
    };
    await refusedTo("east1");
    await ofProgram("number1", "vaccination", () => refusedTo("number1"));
    const ofAnother = link.replace(path, protectedPath);
    expect((await clerk.get(ofAnother)).status).toBe(404);
    expect((await clerk.get(link)).status).toBe(200);
  });

  test("支援措置の方の写しは、住所を見てよい職員だけが開ける", async () => {
    expect((await upload(png, { to: protectedPath })).status).toBe(303);
    const supervisor = await visitor("supervisor1");
    const [link = ""] = linksIn((await supervisor.get(protectedPath)).text);
    const clerk = await visitor("clerk1");
    const { text } = await clerk.get(protectedPath);
    expect(text).not.toContain(`href="${link}"`);
    expect(text).toContain("添付は、住所を扱う権限のある職員だけが開けます。");
    expect((await clerk.get(link)).status).toBe(403);
    expect((await supervisor.get(link)).status).toBe(200);
  });
});
