import { directorySettings } from "./access/directory/settings.ts";
import { backupSettings } from "./backup/settings.ts";
import { type BusinessClock, systemClock } from "./clock.ts";
import type { Platform } from "./platform.ts";
import { findFonts } from "./printing/fonts.ts";

/** The platform on a database that is open, with what the environment and the data folder say. */
export function assemble({
  database,
  keys,
  dataFolder,
  clock,
}: Pick<Platform, "database" | "keys" | "dataFolder"> & {
  clock: BusinessClock | undefined;
}): Platform {
  return {
    database,
    keys,
    clock: clock ?? systemClock,
    dataFolder,
    origin: process.env.MADOGUCHI_ORIGIN || undefined,
    headsCopy: process.env.MADOGUCHI_HEADS_COPY,
    backup: backupSettings(),
    directory: directorySettings(dataFolder),
    fonts: findFonts(dataFolder),
  };
}
