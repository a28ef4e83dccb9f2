import { readFile } from "node:fs/promises";
import postgres from "postgres";
import {
  missingOfCity,
  presetAreas,
  type ReadFile,
  readCityFile,
  registerCity,
} from "#src/platform/city/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { type Command, type CommandInput, text } from "./command.ts";

/** The city that runs the program: as it stands on papers, and which presets it follows. */
export const cityRegister: Command = {
  summary: "Registers the city that runs the program, from a day on (docs/city.md).",
  options: { file: { type: "string", help: "JSON file with the city" } },
  async run(input) {
    const city = await readGiven(input, (json) => readCityFile(json, presetAreas));
    if (!city) return 1;
    const { platform, administratorUrl, close } = await openPlatform({ background });
    const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
    try {
      const added = await registerCity(admin, city);
      console.log(
        added > 0
          ? `${city.name}（${city.code}）を登録しました。`
          : `${city.name}（${city.code}）は、このとおり登録されています。`,
      );
      for (const line of await missingOfCity(admin, platform.clock.today(), presetAreas))
        console.log(`残り: ${line}`);
      return 0;
    } finally {
      await admin.end();
      await close();
    }
  },
};

/** What the file named by `--file` holds; tells what is wrong with it where it cannot be taken. */
export async function readGiven<T>(
  input: CommandInput,
  read: (content: string) => ReadFile<T>,
): Promise<T | undefined> {
  const path = text(input, "file");
  if (!path) {
    console.error("--file でファイルを指定してください。");
    return undefined;
  }
  const content = await readFile(path, "utf8").catch(() => undefined);
  const found = content === undefined ? { faults: ["読めません。"] } : read(content);
  if ("content" in found) return found.content;
  console.error([`${path} を登録していません。`, ...found.faults].join("\n"));
  return undefined;
}
