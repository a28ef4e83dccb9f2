import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "fontkit";
import { z } from "zod";
import { type FontSupply, Fonts } from "#forms/index.ts";

/** Fonts that a city supplies beside those of the program. */
export type CityFonts = Pick<FontSupply, "ipamj" | "gaiji">;

/** Where an operating system keeps IPAmj明朝 when its package is installed. */
const installedIpamj = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

const gaijiMap = z.record(z.string(), z.string());
const readMap = (file: string) => gaijiMap.parse(JSON.parse(readFileSync(file, "utf8")));

function checkFont(file: string): void {
  const font = create(readFileSync(file));
  if (!("hasGlyphForCodePoint" in font)) throw new TypeError("a collection of fonts");
  font.hasGlyphForCodePoint(0x56fd);
}

/** What is read from a file; where that fails, the file is named. */
function from<T>(file: string, read: (file: string) => T, what: string): T {
  try {
    return read(file);
  } catch (cause) {
    throw new Error(
      `${file} を${what}として読めません。正しいファイルに替えるか、取り除いてください。`,
      { cause },
    );
  }
}

/**
 * Looks for the city's fonts when the program starts: `fonts/ipamjm.ttf` in the data folder, or else the one of the operating
 * system; `fonts/gaiji.ttf` with `fonts/gaiji-map.json` (`{"髙": "\ue001"}`: under which character the font keeps another).
 * Throws, naming the file, when a font cannot be opened or the map is no such table: at the start, not at the first rare name.
 */
export function findFonts(dataFolder: string): CityFonts {
  const own = (name: string) => join(dataFolder, "fonts", name);
  const ipamj = [own("ipamjm.ttf"), installedIpamj].find(existsSync);
  const font = own("gaiji.ttf");
  const map = own("gaiji-map.json");
  for (const file of [ipamj, font])
    if (file !== undefined && existsSync(file)) from(file, checkFont, "フォント");
  return {
    ...(ipamj === undefined ? {} : { ipamj }),
    ...(existsSync(font)
      ? {
          gaiji: {
            font,
            ...(existsSync(map) ? { map: from(map, readMap, "外字の対応表") } : {}),
          },
        }
      : {}),
  };
}

type Reduction = Pick<FontSupply, "reduceFor" | "reduceTo">;

/** Opened fonts by 縮退: IPAmj明朝 alone is 46 MB. Few settings differ in it, so few are kept. */
const opened = new WeakMap<CityFonts, Map<string, Fonts>>();
const keptFonts = 6;

/** The city's fonts with the 縮退 that a setting allows. */
export function fontsOf({ fonts }: { fonts: CityFonts }, reduction: Reduction): Fonts {
  const known = opened.get(fonts) ?? new Map<string, Fonts>();
  opened.set(fonts, known);
  const { reduceFor = {}, reduceTo = {} } = reduction;
  const key = JSON.stringify([reduceFor, reduceTo]);
  const found = known.get(key) ?? new Fonts({ ...fonts, reduceFor, reduceTo });
  known.delete(key);
  known.set(key, found);
  const [oldest] = known.keys();
  if (known.size > keptFonts && oldest !== undefined) known.delete(oldest);
  return found;
}
