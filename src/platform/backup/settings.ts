import { StartProblem } from "#db/server/start-problem.ts";

/** Where the one copy of the keys lies, and for whom it and the backups are encrypted. */
export interface BackupSettings {
  /** Folder of the copy of the keys: apart from the backups. */
  keysFolder: string;
  /** Public key of age, `age1…`. Whoever keeps the secret one restores. */
  recipient: string;
  /** Folder of the backups that the program takes every night by itself; nothing where somebody else sees to that. */
  folder?: string | undefined;
}

/**
 * What the administrator told (`MADOGUCHI_BACKUP_RECIPIENT`, `MADOGUCHI_KEYS_COPY`, `MADOGUCHI_BACKUP_FOLDER`);
 * nothing where none is.
 *
 * @throws {@link StartProblem} where one of the first two is missing, or the key is none
 */
export function backupSettings(env: NodeJS.ProcessEnv = process.env): BackupSettings | undefined {
  const {
    MADOGUCHI_BACKUP_RECIPIENT: recipient,
    MADOGUCHI_KEYS_COPY: keysFolder,
    MADOGUCHI_BACKUP_FOLDER: folder,
  } = env;
  if (!recipient && !keysFolder && !folder) return undefined;
  if (!recipient || !keysFolder)
    throw new StartProblem(
      "MADOGUCHI_BACKUP_RECIPIENT（バックアップを暗号化する age の公開鍵）と MADOGUCHI_KEYS_COPY（鍵の控えを置くフォルダー）は、両方を指定してください。",
    );
  if (!/^age1[0-9a-z]+$/.test(recipient))
    throw new StartProblem(
      "MADOGUCHI_BACKUP_RECIPIENT は、age の公開鍵（age1… で始まる）にしてください。",
    );
  return { recipient, keysFolder, folder: folder || undefined };
}
