import type { DirectorySettings } from "./access/directory/settings.ts";
import type { BackupSettings } from "./backup/settings.ts";
import type { BusinessClock } from "./clock.ts";
import type { Database } from "./database.ts";
import type { CityFonts } from "./printing/fonts.ts";
import type { KeyRing } from "./vault/key-ring.ts";

/** What the running program holds; made once at start, in tests once a file. */
export interface Platform {
  database: Database;
  keys: KeyRing;
  clock: BusinessClock;
  /** Folder for keys, seals and files handed to contractors; `.data` unless told otherwise. */
  dataFolder: string;
  /** Where browsers find the program, such as `https://madoguchi.example.lg.jp`; security keys are bound to it. */
  origin?: string | undefined;
  /** A folder on another machine that gets the heads of the seals too (`MADOGUCHI_HEADS_COPY`). */
  headsCopy?: string | undefined;
  /** For whom backups are encrypted, and where the copy of the keys is replaced at each renewal. */
  backup?: BackupSettings | undefined;
  /** The city's own directory, where staff may sign in over it. */
  directory?: DirectorySettings | undefined;
  /** Fonts that the city supplies; found at start. */
  fonts: CityFonts;
}
