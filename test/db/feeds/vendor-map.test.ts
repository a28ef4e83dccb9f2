import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  allFeeds,
  type Feed,
  feedOf,
  feedsForFile,
  getImport,
  receiveFile,
  reviewImport,
  subjectsOf,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { announceNeed, incomesOf } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { incoming, inFeeds, summaryOf } from "./support.ts";

let home: TestPlatform;
let maps: string;

beforeAll(async () => {
  home = await openTestPlatform();
  maps = join(home.platform.dataFolder, "feed-layouts");
  await mkdir(maps);
  const docs = await readFile(new URL("../../../docs/feeds.md", import.meta.url), "utf8");
  await writeFile(join(maps, "vendor-b.json"), /```json\n(.*?)```/s.exec(docs)?.[1] ?? "");
});

/** Encodes what CP932 has: the platform can only decode it, so the table is turned around. */
function cp932(text: string): Buffer {
  const decoder = new TextDecoder("shift_jis");
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (char.length === 1 && char !== "\ufffd") table.set(char, [lead, trail]);
    }
  for (let kana = 0xa1; kana <= 0xdf; kana += 1)
    table.set(decoder.decode(Uint8Array.of(kana)), [kana]);
  return Buffer.from([...text].flatMap((char) => table.get(char) ?? [char.charCodeAt(0)]));
}

const vendorFile = (feed: Feed, rows: Record<string, string>[]) => {
  const headings = feed.layout.columns.map(({ heading }) => heading).toReversed();
  const lines = rows.map((row) => headings.map((heading) => row[heading] ?? "").join("\t"));
  return cp932([headings.join("\t"), ...lines].map((line) => `${line}\r\n`).join(""));
};

const child = {
  ATENA_NO: "A-0001",
  SETAI_NO: "S-0001",
  SEI: "見本",
  MEI: "花子",
  KANA: "ﾐﾎﾝ ﾊﾅｺ",
  UMARE: "R060229",
  SEIBETSU: "F",
  TSUZUKI: "02",
  NUSHI: "Y",
  YUBIN: "860-0001",
  CHOMEI: "熊本市中央区千葉城町",
  BANCHI: "１番１号",
  CHOJI: "0001000",
  KU: "431010",
  JUMIN_YMD: "5060229",
  JUMIN_JIYU: "A",
  IDO_YMD: "5060229",
  IDO_JIYU: "A",
  KOKUSEKI: "JPN",
  SHIEN: "0",
  SHIEN_FROM: "0000000",
  SHIEN_TO: "0000000",
};

test("ほかの業者のファイルは、docs/feeds.mdの対応表だけで取り込める", async () => {
  const operator = await home.actor("operator1");
  const name = "JUKI_20261120_full_00001.txt";
  const [feed, another] = feedsForFile(await allFeeds(home.platform), name);
  if (!feed || another) throw new Error("one map fits the name");
  const bytes = vendorFile(feed, [child, { ...child, ATENA_NO: "A-0002", SEIBETSU: "Q" }]);
  const importId = await receiveFile(home.platform, operator, feed, incoming(name, bytes));
  const entry = await inFeeds(home.platform, operator, (work) => getImport(work, importId));
  const stored = await feedOf(home.platform, entry);
  await reviewImport(home.platform, await home.system(), stored, importId);
  const summary = await summaryOf(home.platform, operator, importId);
  expect(summary).toMatchObject({ rows: 2, bad: 1, byVerdict: { new: 1 } });
  const subjects = await inFeeds(home.platform, operator, (work) =>
    subjectsOf(work, stored, entry, [{ row: 2, lot: 1 }]),
  );
  expect(subjects.get(2)?.label).toBe("見本　花子（R6.2.29生）");
});

test("固定長で改行のない税情報も、対応表だけで、必要な方の分だけが取り込まれる", async () => {
  const columns = [
    { heading: "宛名番号", item: "sourceId", bytes: 10 },
    { heading: "相当年度", item: "fiscalYear", bytes: 4 },
    { heading: "更正年月日", item: "determinedOn", bytes: 7 },
    { heading: "課税区分", item: "assessment", bytes: 1, codes: { A: "taxed", B: "exempt" } },
    { heading: "合計所得", item: "total", bytes: 12 },
    { heading: "営業等", item: "business", bytes: 12 },
  ];
  const map = { id: "vendor-tax", title: "税（固定長）", kind: "tax", records: "fixed" };
  const form = { encoding: "shift_jis", lineEnds: false, dates: "GYYMMDD", columns };
  const fileName = "^ZEI_(?<date>\\d{8})_(?<extent>full|diff)_(?<sequence>\\d{5})\\.dat$";
  await writeFile(join(maps, "tax.json"), JSON.stringify({ ...map, ...form, fileName }));
  const [one, other] = [invented(), invented()];
  const system = await home.system();
  const [number = ""] = await runWork(home.platform, system, { purpose: "feed" }, (work) =>
    writePeople(work, [{ record: one }, { record: other }]),
  );
  const need = { program: "single-parent-medical", kind: "tax", personNumbers: [number] } as const;
  await runWork(home.platform, system, { purpose: "case", program: need.program }, (work) =>
    announceNeed(work, need),
  );
  const record = (source: string, assessment: string) =>
    `${source.padEnd(10)}20265080601${assessment}${"1500000".padStart(12, "0")}${"-300000".padStart(12)}`;
  const records = [record(other.sourceId, "A"), record(one.sourceId, "B"), record("?", "A")];
  const name = "ZEI_20261120_full_00001.dat";
  const [feed] = feedsForFile(await allFeeds(home.platform), name);
  if (!feed) throw new Error("a map fits the name");
  const file = incoming(name, cp932(records.join("")));
  const operator = await home.actor("operator1");
  const importId = await receiveFile(home.platform, operator, feed, file);
  await reviewImport(home.platform, await home.system(), feed, importId);
  const supervisor = await home.actor("supervisor1");
  await inFeeds(home.platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision });
  });
  await writeImport(home.platform, await home.system(), feed, importId);
  const summary = await summaryOf(home.platform, operator, importId);
  expect(summary).toMatchObject({ rows: 3, notNeeded: 2, bad: 0, written: 1 });
  const known = await runWork(
    home.platform,
    await home.actor("clerk1"),
    { purpose: "case", program: need.program },
    (work) => incomesOf(work, [number], 2025),
  );
  expect(known.get(number)?.facts).toMatchObject({
    assessment: "exempt",
    determinedOn: "2026-06-01",
    total: 1_500_000,
    income: { business: -300_000 },
  });
});

test("誤りのある対応表は、名前と誤りの内容で知らされる", async () => {
  const path = join(maps, "wrong.json");
  await writeFile(path, JSON.stringify({ kind: "residents", id: "wrong" }));
  await expect(allFeeds(home.platform)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("wrong.json"),
  });
});
