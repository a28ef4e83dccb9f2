import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { type Form, formOf, forms, templateName, writeForm } from "#forms/index.ts";
import { renderPages, textOfPages } from "./render.ts";

const images = new URL("./images/", import.meta.url);

/** Writes each form once, whichever tests look at it. */
function writtenOnce(samplesOf: (form: Form<unknown>) => readonly unknown[]) {
  const written = new Map<Form<unknown>, Promise<Uint8Array>>();
  return (form: Form<unknown>): Promise<Uint8Array> => {
    const pdf = written.get(form) ?? writeForm(form, samplesOf(form));
    written.set(form, pdf);
    return pdf;
  };
}
const firstSample = writtenOnce((form) => Object.values(form.samples).slice(0, 1));
const allSamples = writtenOnce((form) => Object.values(form.samples));

const DPI = 75;
/** Enough to see the large letters of the watermark. */
const coarse = 36;

/** What the pictures of a sample are called, before the number of the page. */
const keptName = ({ id, version }: Form<unknown>, index: number) =>
  `${id.replace("/", "-")}-v${version}-${index + 1}`;

/** A version with a newer one beside it was in use: what was issued under it prints the same for ever. */
const isSuperseded = ({ id, version }: Form<unknown>) =>
  forms.some((other) => other.id === id && other.version > version);

/**
 * Number of dots that differ from the kept picture by more than their shade: none may. `UPDATE_IMAGES=1` keeps the
 * pictures anew, to be looked at, but never those of a superseded version.
 */
function differingDots(form: Form<unknown>, name: string, page: PNG): number {
  const file = new URL(`${name}.png`, images);
  if (process.env.UPDATE_IMAGES && !isSuperseded(form)) {
    mkdirSync(images, { recursive: true });
    writeFileSync(file, PNG.sync.write(page, { colorType: 0 }));
  }
  if (!existsSync(file))
    throw new Error(`${name} has no kept picture: keep it with UPDATE_IMAGES=1, and look at it`);
  const kept = PNG.sync.read(readFileSync(file));
  if (kept.width !== page.width || kept.height !== page.height)
    throw new Error(
      `${name}: ${page.width} × ${page.height} dots, kept ${kept.width} × ${kept.height}`,
    );
  return pixelmatch(greyOf(page), kept.data, undefined, page.width, page.height, {
    threshold: 0.15,
  });
}

/** Dots of a picture as they come back when it is kept in shades of grey. */
function greyOf({ data }: PNG): Buffer {
  const grey = Buffer.allocUnsafe(data.length);
  for (let at = 0; at < data.length; at += 4) {
    // `PNG.sync.write` takes their mean and leaves the fraction off.
    const shade = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
    grey[at] = grey[at + 1] = grey[at + 2] = shade;
    grey[at + 3] = 255;
  }
  return grey;
}

describe("帳票の見た目", () => {
  test("見本のない画像は残っていない", () => {
    const samples = forms.flatMap((form) =>
      Object.keys(form.samples).map((_, index) => `${keptName(form, index)}-`),
    );
    const kept = readdirSync(images);
    expect(kept.filter((file) => !samples.some((name) => file.startsWith(name)))).toEqual([]);
  });
  for (const form of forms) {
    Object.entries(form.samples).forEach(([sample, data], index) => {
      test(`${form.title} ${form.id} v${form.version}（${sample}）は保存した画像と同じである`, async () => {
        const pdf = index === 0 ? firstSample(form) : writeForm(form, [data]);
        const pages = await renderPages(await pdf, DPI);
        const kept = keptName(form, index);
        expect(existsSync(new URL(`${kept}-${pages.length + 1}.png`, images)), "fewer pages").toBe(
          false,
        );
        pages.forEach((page, number) => {
          const name = `${kept}-${number + 1}`;
          expect(differingDots(form, name, page), name).toBe(0);
        });
      });
    });
  }
});

describe("版", () => {
  test("一度使った版は、1から順にすべて残っていて、名前で呼び出せる", () => {
    for (const [id, versions] of Map.groupBy(forms, (form) => form.id)) {
      const numbers = versions.map(({ version }) => version).sort((a, b) => a - b);
      expect(numbers, id).toEqual(numbers.map((_, index) => index + 1));
      for (const form of versions) expect(formOf(templateName(form))).toBe(form);
    }
    expect(() => formOf("vaccination/coupon v99")).toThrow(RangeError);
  });
  test("前の版の見本は、新しい版ができても、前のまま印字される", async () => {
    const [first, second, third] = [1, 2, 3].map((version) =>
      formOf(`vaccination/coupon v${version}`),
    );
    if (!first || !second || !third) throw new Error("no versions");
    for (const data of Object.values(first.samples)) {
      const [before] = await textOfPages(await writeForm(first, [data]));
      const [after] = await textOfPages(await writeForm(second, [data]));
      expect(before).toContain("vaccination/coupon v1");
      expect(after).toContain("vaccination/coupon v2");
    }
    expect(isSuperseded(first)).toBe(true);
    expect(isSuperseded(second)).toBe(true);
    expect(isSuperseded(third)).toBe(false);
  });
});

const hasQpdf = spawnSync("qpdf", ["--version"]).error === undefined;

/** What qpdf says of a file. */
function qpdfFindings(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-"));
  try {
    writeFileSync(join(folder, "form.pdf"), pdf);
    const { status, stdout, stderr } = spawnSync("qpdf", ["--check", join(folder, "form.pdf")], {
      encoding: "utf8",
    });
    return status === 0 ? "" : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("見本の透かし", () => {
  test.for(forms)(
    "見本と書いた $title $id v$version には、どのページにも「見本」が写り、文字はそのまま読める",
    async (form) => {
      const [data] = Object.values(form.samples);
      const plain = await renderPages(await firstSample(form), coarse);
      const marked = await writeForm(form, [data], { sample: true });
      const pages = await renderPages(marked, coarse);
      expect(pages).toHaveLength(plain.length);
      const texts = await textOfPages(await firstSample(form));
      // A reader puts the words of the watermark among the others.
      const counted = (text = "") => Map.groupBy(text.replace(/\s/g, ""), (character) => character);
      for (const [number, text] of (await textOfPages(marked)).entries()) {
        const [before, after] = [counted(texts[number]), counted(text)];
        const more = [...after].flatMap(([character, all]) => {
          const added = all.length - (before.get(character)?.length ?? 0);
          return added === 0 ? [] : [[character, added] as const];
        });
        expect(more.map(([character]) => character).sort()).toEqual(["本", "見"].sort());
        expect(new Set(more.map(([, added]) => added)).size).toBe(1);
      }
      pages.forEach((page, number) => {
        const without = plain[number];
        const { width, height } = page;
        const differing =
          without &&
          pixelmatch(page.data, without.data, undefined, width, height, { threshold: 0.02 });
        expect(differing).toBeGreaterThan(width * height * 0.01);
      });
    },
  );
});

describe("PDFの性質", () => {
  test.for(forms)(
    "$title $id v$version の構造に誤りがない（pdf-lib で読み直し、qpdf があれば qpdf でも確かめる）",
    async (form) => {
      const pdf = await allSamples(form);
      await PDFDocument.load(pdf, { throwOnInvalidObject: true });
      if (hasQpdf) expect(qpdfFindings(pdf)).toBe("");
    },
  );

  for (const form of forms) {
    test(`${form.title} ${form.id}: 題名と言語があり、個人の情報を属性に持たない`, async () => {
      const pdf = await PDFDocument.load(await firstSample(form), { updateMetadata: false });
      expect(pdf.getTitle()).toBe(form.title);
      expect(pdf.getSubject()).toBe(`${form.id} v${form.version}`);
      expect(pdf.getProducer()).toBe("madoguchi");
      for (const absent of [
        pdf.getAuthor(),
        pdf.getKeywords(),
        pdf.getCreator(),
        pdf.getCreationDate(),
      ])
        expect(absent).toBeUndefined();
      expect(pdf.catalog.toString()).toContain("/Lang (ja-JP)");
      expect(pdf.catalog.toString()).toContain("/DisplayDocTitle true");
      expect(pdf.catalog.toString()).toMatch(/\/Marked true[\s\S]*\/StructTreeRoot/);
    });
    test(`${form.title} ${form.id}: 文字を検索し写し取れる`, async () => {
      const page = (await textOfPages(await firstSample(form))).join();
      expect(page).toContain(`${form.id} v${form.version}`);
      expect(page.replace(/\s/g, "")).toMatch(/[ぁ-ん一-龠]{4}/);
    });
    test(`${form.title} ${form.id}: 同じ入力から同じバイト列ができる`, async () => {
      const again = await writeForm(form, Object.values(form.samples));
      expect(Buffer.compare(again, await allSamples(form))).toBe(0);
    });
  }
});
