import { createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { certificatesOfKind, declaredApplications } from "#src/platform/applications/index.ts";
import { systemClock } from "#src/platform/clock.ts";
import { defaultDataFolder } from "#src/platform/data-folder.ts";
import { verifyStatement } from "#src/platform/entitlements/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import "#src/programs/registry.ts";
import { type Command, text } from "./command.ts";

/** Verifies the text of a 受給者証's QR code with nothing but the public key: no database, no network. */
export const certificateVerify: Command = {
  summary:
    "Checks the QR text of a 受給者証 off line. Exit status 1 where it is not genuine or not in force.",
  positionals: "TEXT",
  options: {
    key: {
      type: "string",
      help: "file with the public key (PEM); the city's own key unless given",
    },
  },
  async run(input) {
    const [statement] = input.words;
    if (!statement) {
      console.error("二次元コードを読み取った文字列を指定してください。");
      return 2;
    }
    const schemes = declaredApplications().flatMap((kind) =>
      Object.values(certificatesOfKind(kind)).map(({ statement }) => statement),
    );
    const result = verifyStatement(statement, schemes, {
      key: await publicKey(text(input, "key")),
      today: systemClock.today(),
    });
    if (result.genuine) {
      const { recipientNumber, from, until, issue } = result.statement;
      console.log(
        `真正です。受給者番号 ${recipientNumber}　有効期間 ${formatWareki(from)} から ${formatWareki(until)} まで（${issue}回目の交付）`,
      );
    }
    for (const problem of result.problems) console.log(problem);
    return result.genuine && result.problems.length === 0 ? 0 : 1;
  },
};

async function publicKey(file: string | undefined): Promise<KeyObject> {
  if (file) return createPublicKey(await readFile(file));
  const keys = await openKeyRing(join(defaultDataFolder(), "keys"));
  return createPublicKey(keys.signingKey);
}
