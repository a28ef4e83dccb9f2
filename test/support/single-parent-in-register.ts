import type { CityFiles } from "#db/city/city.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { feedWork } from "#src/platform/feeds/index.ts";
import { matchSources } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { linesOf } from "#test/db/feeds/support.ts";

/** Somebody of a household of a residents file: the cells of the line, and the number that the import gave. */
export interface Registered {
  cells: string[];
  personNumber: string;
}

/** One adult with children under 17, nobody under 支援措置, nobody gone; from a residents file that was imported. */
export async function singleParentIn(platform: Platform, operator: Actor, files: CityFiles) {
  const lines = (await linesOf(files.residents.path)).map((line) => line.split(","));
  const heading = lines[0] ?? [];
  const cell = (cells: string[], name: string) => cells[heading.indexOf(name)] ?? "";
  const households = Map.groupBy(lines.slice(1), (cells) => cells[0] ?? "");
  const age = (cells: string[]) => 2026 - Number(cell(cells, "生年月日").slice(0, 4));
  const family = [...households.values()].find(
    (rows) =>
      rows.filter((cells) => age(cells) >= 20).length === 1 &&
      rows.some((cells) => age(cells) < 17) &&
      rows.every((cells) => cell(cells, "支援措置") === "0" && !cell(cells, "転出先")),
  );
  if (!family) throw new Error("the small city has no single parent");
  const sources = family.map((cells) => cell(cells, "住民番号"));
  const known = await runWork(platform, operator, feedWork, (work) => matchSources(work, sources));
  const registered = (cells: string[]): Registered => ({
    cells,
    personNumber: known.get(cell(cells, "住民番号"))?.personNumber ?? "",
  });
  const [parent = []] = family.filter((cells) => age(cells) >= 20);
  return {
    size: family.length,
    parent: registered(parent),
    parentSource: cell(parent, "住民番号"),
    children: family.filter((cells) => age(cells) < 17).map(registered),
    /** A line of a file with the same columns, some of them changed. */
    heading: heading.join(","),
    changed: (cells: string[], values: Record<string, string>) =>
      cells.map((text, at) => values[heading[at] ?? ""] ?? text).join(","),
  };
}
