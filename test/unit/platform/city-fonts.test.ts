import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFonts } from "#src/platform/printing/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-fonts-"));
  await mkdir(join(folder, "fonts"));
});
afterAll(() => rm(folder, { recursive: true }));
const put = (name: string, text = "") => writeFile(join(folder, "fonts", name), text);

describe("市が用意する書体", () => {
  it("置かれていなければ、外字の書体はない", () => {
    expect(findFonts(folder).gaiji).toBeUndefined();
  });

  it("データの置き場の書体は、OS に入っている書体より先に使う", async () => {
    await put("ipamjm.ttf");
    await put("gaiji.ttf");
    expect(findFonts(folder)).toEqual({
      ipamj: join(folder, "fonts", "ipamjm.ttf"),
      gaiji: { font: join(folder, "fonts", "gaiji.ttf") },
    });
  });

  it("対応表は、書体がその字をどの番号で持つかを示す", async () => {
    await put("gaiji-map.json", '{ "葛󠄂": "\\ue001" }');
    expect(findFonts(folder).gaiji?.map).toEqual({ 葛󠄂: "\ue001" });
  });

  it.each(['["葛"]', '{ "葛": 1 }', "葛"])("対応表が %s なら起動を止める", async (text) => {
    await put("gaiji-map.json", text);
    expect(() => findFonts(folder)).toThrow();
  });
});
