import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const schema = z.strictObject({
  /** Address of the directory, as its discovery document names it. */
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** The claim that holds the 職員番号. */
  claim: z.string().min(1).default("preferred_username"),
  /** Values of `acr` or `amr` that say that the directory asked for a second factor; without one ours is asked for. */
  secondFactor: z.array(z.string()).default([]),
});

/** How the city's directory is spoken with (OpenID Connect). */
export type DirectorySettings = z.infer<typeof schema>;

/**
 * Settings of `directory.json` in the data folder; `undefined` where there is none, and nobody signs in so.
 *
 * @throws Error in Japanese, for whoever starts the program, where the file can't be used
 */
export function directorySettings(dataFolder: string): DirectorySettings | undefined {
  const file = join(dataFolder, "directory.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`${file} を読めません。`);
  }
  try {
    const settings = schema.parse(JSON.parse(text));
    if (!safe(new URL(settings.issuer))) throw new Error("not safe");
    return settings;
  } catch {
    // What stands in it is not said: it holds a secret.
    throw new Error(
      `${file} の書き方が正しくありません。issuer（https の住所）、clientId、clientSecret が要ります。`,
    );
  }
}

/** Over the network only encrypted; on this machine, for tests and a proxy beside the program, as it comes. */
const safe = ({ protocol, hostname }: URL) =>
  protocol === "https:" || hostname === "localhost" || hostname === "127.0.0.1";
