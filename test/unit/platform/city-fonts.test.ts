import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFonts } from "#src/platform/printing/fonts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-fonts-"));
  await mkdir(join(folder, "fonts"));
});
afterAll(() => rm(folder, { recursive: true }));
const put = (name: string, text: string) => writeFile(join(folder, "fonts", name), text);
const font = createRequire(import.meta.url).resolve(
  "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
);
const putFont = (name: string) => copyFile(font, join(folder, "fonts", name));

describe("市が用意する書体", () => {
  test("置かれていなければ、外字の書体はない", () => {
    expect(findFonts(folder).gaiji).toBeUndefined();
  });

  test("データの置き場の書体は、OS に入っている書体より先に使う", async () => {
    await putFont("ipamjm.ttf");
    await putFont("gaiji.ttf");
    expect(findFonts(folder)).toEqual({
      ipamj: join(folder, "fonts", "ipamjm.ttf"),
      gaiji: { font: join(folder, "fonts", "gaiji.ttf") },
    });
  });

  test("対応表は、書体がその字をどの番号で持つかを示す", async () => {
    await put("gaiji-map.json", '{ "葛󠄂": "\\ue001" }');
    expect(findFonts(folder).gaiji?.map).toEqual({ 葛󠄂: "\ue001" });
  });

  test.each(['["葛"]', '{ "葛": 1 }', "葛"])(
    "対応表が %s なら、ファイルの名を言って起動を止める",
    async (text) => {
      await put("gaiji-map.json", text);
      expect(() => findFonts(folder)).toThrow(/gaiji-map\.json を外字の対応表として読めません/);
    },
  );

  test.each(["ipamjm.ttf", "gaiji.ttf"])(
    "壊れた %s は、ファイルの名を言って起動を止める",
    async (name) => {
      await put("gaiji-map.json", "{}");
      await putFont(name);
      expect(() => findFonts(folder)).not.toThrow();
      for (const broken of ["", "壊れた", (await readFile(font)).subarray(0, 1000)]) {
        await writeFile(join(folder, "fonts", name), broken);
        expect(() => findFonts(folder)).toThrow(`${name} をフォントとして読めません`);
      }
      await putFont(name);
    },
  );
});
