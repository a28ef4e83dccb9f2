import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CityFiles, generateCity } from "#db/city/city.ts";
import type { Actor } from "#src/platform/access/index.ts";
import {
  feedWork,
  getImport,
  residents,
  standardFeed,
  summarize,
} from "#src/platform/feeds/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";

/** The residents feed in the standard layout. */
export const residentsFeed = standardFeed(residents);

/** A city of some people in files of a folder of its own. */
export async function smallCity(population: number, seed = 1): Promise<CityFiles> {
  const folder = await mkdtemp(join(tmpdir(), "feeds-"));
  return generateCity({ folder, population, asOf: "2026-11-20", seed });
}

/** A file as it arrives: a name and bytes in parts. */
export function incoming(name: string, bytes: Uint8Array) {
  async function* source() {
    for (let at = 0; at < bytes.length; at += 30_000) yield bytes.subarray(at, at + 30_000);
  }
  return { name, source: source() };
}

/** Heading and lines of a file of the city. */
export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, "utf8")).trimEnd().split("\r\n");
}

export const fileOf = (lines: string[]) => Buffer.from(lines.map((line) => `${line}\r\n`).join(""));

/** Work in the name of somebody who handles feeds. */
export const inFeeds = <T>(platform: Platform, actor: Actor, run: (work: Work) => Promise<T>) =>
  runWork(platform, actor, feedWork, run);

export const summaryOf = (platform: Platform, actor: Actor, importId: string) =>
  inFeeds(platform, actor, async (work) => summarize(work, await getImport(work, importId)));
