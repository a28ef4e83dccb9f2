import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { takeNightly } from "#src/platform/backup/nightly.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A platform as far as a nightly backup asks. */
const platformOn = (day: IsoDate, folder: string | undefined) =>
  ({
    clock: playedClock(day),
    backup: folder === undefined ? undefined : { recipient: "age1", keysFolder: "", folder },
  }) as unknown as Platform;

async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-nightly-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of names) await put(folder, name);
  return folder;
}

async function put(folder: string, name: string): Promise<void> {
  const unfinished = name.endsWith("?");
  const path = join(folder, name.replace("?", ""));
  await mkdir(path);
  if (!unfinished) await writeFile(join(path, "manifest.json"), "{}");
}

describe("夜ごとのバックアップは", () => {
  const today = "backup-20261119161000123";
  test("35日を過ぎたものと、作りかけで止まったものを片づけ、ほかのものに触れない", async () => {
    const folder = await folderWith(
      "backup-20261001161000123",
      "backup-20261014161000123",
      "backup-20261020161000123",
      "backup-20261025161000123?",
      "他の書類",
    );
    await takeNightly(platformOn("2026-11-20", folder), (to) => put(to, today));
    expect((await readdir(folder)).sort()).toEqual(["backup-20261020161000123", today, "他の書類"]);
  });

  test("取れなければ、何も片づけない", async () => {
    const folder = await folderWith("backup-20260101161000123", "backup-20260201161000123");
    const failing = takeNightly(platformOn("2026-11-20", folder), async () => {
      throw new Error("disk full");
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(await readdir(folder)).toHaveLength(2);
  });

  test("最後の一つは、古くても残す", async () => {
    const folder = await folderWith("backup-20260101161000123");
    await takeNightly(platformOn("2026-11-20", folder), async () => {});
    expect(await readdir(folder)).toHaveLength(1);
  });

  test("フォルダーの指定がなければ、取らない", async () => {
    let taken = 0;
    await takeNightly(platformOn("2026-11-20", undefined), async () => {
      taken += 1;
    });
    expect(taken).toBe(0);
  });
});
