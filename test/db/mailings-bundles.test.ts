import { beforeAll, describe, expect, test } from "vitest";
import { previewRun, type RunRow, registerContractor } from "#src/platform/mailings/index.ts";
import { matchSources, type PersonRecord } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { readCodes, renderPages, textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, manifestOf, oneYearOlds } from "#test/support/mailings.ts";
import { writePeople } from "#test/support/register.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let twins: PersonRecord[];
let pair: PersonRecord[];

const [pattern] = oneYearOlds(1);
/** Children of one household, at one address. */
const household = (name: string, block: string, children: Partial<PersonRecord>[]) =>
  children.flatMap((child) =>
    oneYearOlds(1, {
      householdNumber: `H-${name}`,
      ...(pattern && { address: { ...pattern.address, block, building: "" } }),
      ...child,
    }),
  );

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  twins = household("TWINS", "1番1号", [{}, {}]);
  pair = household("PAIR", "2番2号", [{}, {}]);
  await mail.enter([
    ...twins,
    ...pair,
    ...household("GUARDED", "3番3号", [{ protection: { from: "2026-06-01" } }, {}, {}]),
    ...household("ALONE", "4番4号", [{}]),
  ]);
});

async function made(
  bundling: RunRow["bundling"],
  vaccines: string[],
  of: object = { month: "2026-12", scope: "new" },
) {
  const run = await mail.extract(
    await mail.start(
      { id: "vaccination-coupon" },
      {
        title: "予防接種券",
        parameters: { vaccines, ...of },
        bundling,
      },
    ),
  );
  const details = await mail.make(await mail.approved(run));
  const files = await mail.open(run);
  const name = [...files.keys()].find((one) => one.endsWith(".pdf")) ?? "";
  const pdf = files.get(name) ?? Buffer.alloc(0);
  return { ...details, files, lines: indexOf(files), pdf, pages: await textOfPages(pdf) };
}

describe("世帯の子の分を一つの封筒に", () => {
  let run: Awaited<ReturnType<typeof made>>;
  beforeAll(async () => {
    run = await made("household", ["mr1", "vzv"]);
  });

  test("入るものは続けて印刷され、宛名用紙が一枚だけ前に付く", () => {
    const envelopes = Map.groupBy(run.lines, ({ envelope }) => envelope);
    const sizes = [...envelopes.values()].map((lines) => lines.length).toSorted();
    // Two children with two coupons each, three times; the one alone with two.
    expect(sizes).toEqual([2, 4, 4, 4]);
    expect(run.pages).toHaveLength(14 + 4);
    for (const lines of envelopes.values()) {
      const [first] = lines;
      const cover = Number(first?.envelopePage);
      expect(run.pages[cover - 1]).toContain(`予防接種券　${lines.length}通`);
      expect(lines.map(({ page }) => Number(page))).toEqual(
        lines.map((_, index) => cover + 1 + index),
      );
      expect(Number(first?.sheets)).toBe(lines.length + 1);
      for (const { page, pieceNumber = "" } of lines)
        expect(run.pages[Number(page) - 1]).toContain(pieceNumber);
    }
    expect(run.pages.filter((text) => text.includes("同封のもの"))).toHaveLength(4);
  });

  test("どの用紙にも、封筒の番号と何枚目かが印字される", () => {
    for (const { envelope = "", envelopePage, sheets } of run.lines)
      for (let sheet = 1; sheet <= Number(sheets); sheet++)
        expect(run.pages[Number(envelopePage) + sheet - 2]).toContain(
          `封筒 ${envelope}　${sheet}／${sheets}`,
        );
  });

  test("支援措置の子はほかの子とまとめず、兄弟だけがまとまる", async () => {
    expect(run.counts).toMatchObject({ held: 2, envelopes: 4 });
    const held = await home.admin<{ bundle: number; n: number }[]>`
      select bundle, count(*)::int as n from mailings.batch_item where run_id = ${run.run.id} group by bundle
       having bool_or(state = 'held')`;
    expect(held).toMatchObject([{ n: 2 }]);
  });

  test("目録と送付書で、委託先が封筒を数えられる", () => {
    const manifest = manifestOf(run.files);
    expect(manifest).toMatchObject({ format: 3, pieces: 14, pages: 18, envelopes: 4 });
    expect(manifest.files).toMatchObject([{ envelopes: 4, pages: 18 }]);
    const [head] = [...run.files]
      .filter(([name]) => name.endsWith("index.csv"))
      .map(([, bytes]) => bytes.toString("utf8").split("\r\n")[0]);
    expect(head).toContain('"封筒番号","封筒内の順","封筒の通数","封筒の枚数","封筒の先頭ページ"');
    expect(run.files.size).toBe(3);
  });

  test("見本でも、まとまった封筒が宛名用紙から見られる", async () => {
    const next = await mail.extract(
      await mail.start(
        { id: "vaccination-coupon" },
        {
          title: "予防接種券",
          parameters: { month: "2026-11", vaccines: ["pcv"], scope: "all" },
          bundling: "household",
        },
      ),
    );
    const pages = await textOfPages(
      await mail.as("supervisor1", (work) => previewRun(work, next.id)),
    );
    expect(pages.some((text) => text.includes("同封のもの") && text.includes("見本"))).toBe(true);
  });
});

test("抽出の後に別の住所になった子と、支援措置が始まった子は、別の封筒になる", async () => {
  const run = await mail.extract(
    await mail.start(
      { id: "vaccination-coupon" },
      {
        title: "予防接種券",
        parameters: { month: "2026-11", vaccines: ["pcv"], scope: "all" },
        bundling: "household",
      },
    ),
  );
  const approved = await mail.approved(run);
  await change(twins[1], (record) => ({
    ...record,
    householdNumber: "H-MOVED",
    address: { ...record.address, block: "9番9号" },
  }));
  await change(pair[1], (record) => ({ ...record, protection: { from: "2026-11-01" } }));
  await mail.make(approved);
  const lines = indexOf(await mail.open(approved));
  const byEnvelope = [...Map.groupBy(lines, ({ envelope }) => envelope).values()];
  // The twins apart, the pair without the protected one, two of the guarded household, the one alone.
  expect(byEnvelope.map(({ length }) => length).toSorted()).toEqual([1, 1, 1, 1, 2]);
});

async function change(
  record: PersonRecord | undefined,
  news: (record: PersonRecord) => PersonRecord,
): Promise<void> {
  if (!record) throw new Error("nobody");
  await runWork(home.platform, await home.system(), { purpose: "feed" }, async (work) => {
    const known = (await matchSources(work, [record.sourceId])).get(record.sourceId);
    if (!known) throw new Error("not in the register");
    const { personNumber, key } = known;
    await writePeople(work, [{ personNumber, key, record: news(record) }]);
  });
}

test("封入機が読む印を選んだ委託先には、QR コードで封筒と枚数が入る", async () => {
  const other = await mail.as("scheme1", (work) =>
    registerContractor(work, {
      name: "封入印刷",
      contractFrom: "2026-04-01",
      contractTo: "2027-03-31",
      publicKey: "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
      bundleMark: "qr",
    }),
  );
  const run = await mail.extract(
    await mail.start(
      { id: "vaccination-coupon" },
      {
        title: "予防接種券",
        parameters: { month: "2026-11", vaccines: ["bcg", "hepb"], scope: "all" },
        bundling: "household",
        contractorId: other,
      },
    ),
  );
  const pdf = await mail.as("supervisor1", (work) => previewRun(work, run.id));
  const [cover] = await renderPages(pdf, 300);
  if (!cover) throw new Error("no page");
  const codes = (await readCodes(cover, "QRCode")).map((code) => code.toString("latin1"));
  expect(codes).toContainEqual(expect.stringMatching(/^M\d{6}-0000-0001 1 \d+$/));
});

test("一人分をまとめると、きょうだいは別の封筒になり、一通だけの封筒に宛名用紙は付かない", async () => {
  const run = await made("person", ["bcg", "hepb"], { month: "2026-11", scope: "all" });
  const counts = run.lines.map(({ inEnvelope, sheets }) => [Number(inEnvelope), Number(sheets)]);
  for (const [pieces = 0, sheets] of counts) expect(sheets).toBe(pieces > 1 ? pieces + 1 : 1);
  const owners = await home.admin<{ n: string; p: string }[]>`
    select piece_number as n, person_number as p from mailings.batch_item where run_id = ${run.run.id}`;
  const ownerOf = new Map(owners.map(({ n, p }) => [n, p]));
  for (const lines of Map.groupBy(run.lines, ({ envelope }) => envelope).values())
    expect(new Set(lines.map(({ pieceNumber = "" }) => ownerOf.get(pieceNumber))).size).toBe(1);
});

test("千通を超えても、一つの封筒が二つのファイルに分かれることはない", async () => {
  const many = Array.from({ length: 260 }, (_, index) =>
    household(`MANY-${index}`, `${index + 10}番1号`, [{}, {}]),
  ).flat();
  await mail.enter(many);
  const run = await mail.extract(
    await mail.start(
      { id: "vaccination-coupon" },
      {
        title: "予防接種券",
        parameters: { month: "2026-12", vaccines: ["mr1", "vzv", "je1"], scope: "all" },
        bundling: "household",
      },
    ),
  );
  await mail.make(await mail.approved(run));
  const files = await mail.open(run);
  const manifest = manifestOf(files);
  expect(manifest.files.length).toBeGreaterThan(1);
  expect(Math.max(...manifest.files.map(({ pieces }) => pieces))).toBeLessThanOrEqual(1000);
  const byEnvelope = Map.groupBy(indexOf(files), ({ envelope }) => envelope);
  for (const lines of byEnvelope.values()) {
    expect(new Set(lines.map(({ file }) => file)).size).toBe(1);
    expect(lines.map(({ place }) => Number(place))).toEqual(
      lines.map((_, index) => Number(lines[0]?.place) + index),
    );
    expect(lines).toHaveLength(Number(lines[0]?.inEnvelope));
  }
  expect(byEnvelope.size).toBe(manifest.envelopes);
});
