import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBirths } from "#db/city/births.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { importFile, residents, standardFeed } from "#src/platform/feeds/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { nextName } from "./other-offices.ts";

/** Households of the demonstration city among whom couples are looked for. */
const households = 3000;

/**
 * Lets the register tell of a month's births by a differential file, which one person takes in and another commits.
 *
 * @param month the place of the month among those that are played, from 0
 */
export async function playBirths(
  platform: Platform,
  people: { preparer: Actor; committer: Actor },
  born: { cityAsOf: IsoDate; month: number; from: IsoDate; to: IsoDate; count: number },
): Promise<void> {
  const { cityAsOf: asOf, month, from, to, count } = born;
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-births-"));
  try {
    const path = join(folder, await nextName(platform, people.preparer, "residents"));
    await writeBirths(path, { asOf, households, from, to, count, before: month * count });
    await importFile(platform, people, standardFeed(residents), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
