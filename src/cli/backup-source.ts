import { type RestoreFrom, readIdentity } from "#src/platform/backup/index.ts";
import { type Command, type CommandInput, text } from "./command.ts";

/** What is restored: the same for a restore and a drill. */
export const sourceOptions: NonNullable<Command["options"]> = {
  from: { type: "string", help: "folder of the backup" },
  keys: { type: "string", help: "folder of the copy of the keys" },
  identity: { type: "string", help: "file with the secret key of age" },
};

export async function backupSource(input: CommandInput): Promise<RestoreFrom> {
  const folder = text(input, "from");
  const keysFolder = text(input, "keys");
  const identity = text(input, "identity");
  if (!folder || !keysFolder || !identity)
    throw new Error(
      "--from（バックアップのフォルダー）、--keys（鍵の控えのフォルダー）、--identity（age の復号の鍵のファイル）を指定してください。",
    );
  return { folder, keysFolder, identity: await readIdentity(identity) };
}
