import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { listItems, makeRun, previewRun } from "#src/platform/mailings/index.ts";
import { eraseWorkingFiles, folderOf } from "#src/platform/mailings/working-files.ts";
import { matchSources, type PersonRecord } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { readCodes, renderPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, manifestOf, oneYearOlds } from "#test/support/mailings.ts";
import { writePeople } from "#test/support/register.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let children: PersonRecord[];
let numbers: string[];
beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  children = oneYearOlds(12);
  numbers = await mail.enter(children);
});

/** The register tells something new of the child at a place. */
async function change(place: number, news: Partial<PersonRecord>): Promise<void> {
  const record = children[place];
  if (!record) throw new Error("no child");
  await runWork(home.platform, await home.system(), { purpose: "feed" }, async (work) => {
    const known = (await matchSources(work, [record.sourceId])).get(record.sourceId);
    if (!known) throw new Error("not in the register");
    const { personNumber, key } = known;
    await writePeople(work, [{ personNumber, key, record: { ...record, ...news } }]);
  });
}

const stateOf = async (run: { id: string }, personNumber: string | undefined) => {
  const { items } = await mail.as("supervisor1", (work) => listItems(work, run.id, {}));
  const item = items.find((one) => one.personNumber === personNumber);
  return [item?.state, item?.reason];
};

describe("承認の後に事情が変わった一枚", () => {
  test("支援措置・転出・死亡・外字・接種済みは送らず、欠番として送付書に残す", async () => {
    const run = await mail.approved(await mail.extracted());
    await change(0, { protection: { from: "2026-11-01" } });
    await change(1, {
      residence: {
        from: "2025-12-03",
        fromReason: "birth",
        to: "2026-11-19",
        toReason: "move-out",
      },
    });
    await change(2, {
      diedOn: "2026-11-19",
      residence: { from: "2025-12-04", fromReason: "birth", to: "2026-11-19", toReason: "death" },
    });
    await change(3, { name: { kanji: "試験　葛󠄂子", kana: "シケン　カツコ" } });
    await home.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
      values (${numbers[4] ?? ""}, 'mr1', 1, '2026-11-19', 'other-city', 1)`;
    const { run: done } = await mail.make(run);
    expect(done).toMatchObject({ state: "complete", madeCount: 7 });
    expect(await stateOf(run, numbers[0])).toEqual(["held", "protected"]);
    expect(await stateOf(run, numbers[1])).toEqual(["left-out", "moved-out"]);
    expect(await stateOf(run, numbers[2])).toEqual(["left-out", "deceased"]);
    expect(await stateOf(run, numbers[3])).toEqual(["left-out", "no-glyph"]);
    expect(await stateOf(run, numbers[4])).toEqual(["left-out", "not-due"]);
    const files = await mail.open(run);
    const made = indexOf(files).map(({ pieceNumber = "" }) => pieceNumber);
    const { missingNumbers } = manifestOf(files);
    expect(missingNumbers).toHaveLength(5);
    expect(new Set([...made, ...missingNumbers]).size).toBe(12);
    const coupons = await home.admin`select number from vaccination.coupon order by number`;
    expect(coupons.map(({ number }) => number)).toEqual(made.toSorted());
  });

  test("二つの一括発送が同じ人を含んでも、一枚しか送らない", async () => {
    const [one, other] = [
      await mail.extracted({ vaccines: ["vzv"] }),
      await mail.extracted({ vaccines: ["vzv"] }),
    ];
    const first = await mail.make(await mail.approved(one));
    const second = await mail.make(await mail.approved(other));
    expect(first.counts.made).toBe(8);
    expect(second.counts).toMatchObject({ made: 0, ready: 0 });
    // Nothing is left to be sent, so there is no package either.
    expect(second.run.state).toBe("cancelled");
    expect(second.steps.at(-1)?.comment).toContain("一枚も残っていなかった");
    const [row] = await home.admin`
      select count(*)::int as n from vaccination.coupon where vaccine = 'vzv' and state = 'issued'`;
    expect(row?.n).toBe(8);
  });
});

describe("作り直し", () => {
  test("同じものからは一ビットも違わない頁ができる", async () => {
    const run = await mail.extracted({ vaccines: ["hepb", "bcg"], scope: "all", month: "2026-11" });
    const preview = () => mail.as("supervisor1", (work) => previewRun(work, run.id));
    const [one, other] = [await preview(), await preview()];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  test("頁の QR と NW-7 は、目録の券番号を含む18桁を示す", async () => {
    const run = await mail.approved(
      await mail.extracted({ vaccines: ["hepb"], scope: "all", month: "2026-11" }),
    );
    await mail.make(run);
    const files = await mail.open(run);
    const [line] = indexOf(files);
    const [picture] = await renderPages(files.get(line?.file ?? "") ?? Buffer.alloc(0), 300);
    if (!picture) throw new Error("no page");
    for (const format of ["QRCode", "Codabar"] as const) {
      const [code] = await readCodes(picture, format);
      expect(code?.toString("latin1").replace(/\D/g, "")).toBe(`11431001${line?.pieceNumber}`);
    }
  });
});

describe("同じ回を二つの処理が作っても", () => {
  test("一枚も重ならず、一枚も漏れない", async () => {
    const run = await mail.approved(
      await mail.extracted({ vaccines: ["bcg"], scope: "all", month: "2026-11" }),
    );
    await Promise.all([mail.make(run), mail.make(run)]);
    const { run: done, counts } = await mail.details(run);
    expect(counts.made).toBeGreaterThan(5);
    expect(done).toMatchObject({ state: "complete", madeCount: counts.made });
    const numbers = indexOf(await mail.open(run)).map(({ pieceNumber }) => pieceNumber);
    expect(numbers).toHaveLength(counts.made);
    expect(new Set(numbers).size).toBe(counts.made);
    const [row] = await home.admin`
      select count(*)::int as n from vaccination.coupon where run_id = ${run.id} and state = 'issued'`;
    expect(row?.n).toBe(counts.made);
  });

  test("止められた処理は失敗として残り、続きから作られる", async () => {
    const run = await mail.approved(
      await mail.extracted({ vaccines: ["pcv"], scope: "all", month: "2026-11" }),
    );
    const made = makeRun({
      platform: home.platform,
      actor: await home.system(),
      options: mail.inBackground,
      runId: run.id,
      signal: AbortSignal.abort(),
    });
    await expect(made).rejects.toThrow();
    expect((await mail.details(run)).run.state).toBe("making");
    expect((await mail.make(run)).run.state).toBe("complete");
  });
});

test("二つの処理が同時に作業用のファイルを消しても、どちらも止まらず、発送データは残る", async () => {
  const runId = crypto.randomUUID();
  const folder = folderOf(home.platform, runId);
  await mkdir(folder, { recursive: true });
  for (let n = 0; n < 50; n++) await writeFile(join(folder, `${n}.pdf.sealed`), "");
  await writeFile(join(folder, "M.tar.age"), "");
  await Promise.all([1, 2, 3, 4].map(() => eraseWorkingFiles(home.platform, runId)));
  expect(await readdir(folder)).toEqual(["M.tar.age"]);
});
