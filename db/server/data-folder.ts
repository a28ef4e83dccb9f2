import { chmod, constants, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { codeOf, StartProblem } from "./start-problem.ts";

/**
 * Makes a folder of the program and tries whether it can be written.
 *
 * @throws {@link StartProblem} where it is a file, cannot be written, or the disk is full
 */
export async function openFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await chmod(folder, mode);
    // Only root may be let through by the mode alone; a read-only disk shows when something is written.
    const trial = resolve(folder, `.trial-${process.pid}`);
    await writeFile(trial, "", { mode: 0o600 });
    await rm(trial);
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

/** What stands in the way of a folder, where the error is one of files; otherwise the error itself. */
export function folderProblem(folder: string, error: unknown): unknown {
  const place = `データフォルダー ${resolve(folder)} `;
  switch (codeOf(error)) {
    case "EEXIST":
    case "ENOTDIR":
      return new StartProblem(
        `${place}は、フォルダーではなくファイルです。ファイルを移すか、MADOGUCHI_DATA で別のフォルダーを指定してください。`,
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StartProblem(
        `${place}に書き込めません。起動する利用者に書き込みの権限を与えるか、MADOGUCHI_DATA で別のフォルダーを指定してください。`,
      );
    case "ENOSPC":
    case "EDQUOT":
      return new StartProblem(
        `${place}のディスクに空きがありません。空きを作ってから、もう一度起動してください。`,
      );
    default:
      return error;
  }
}

/**
 * The first folder on the way to a path that another user than its owner cannot pass; `null` where all can be passed.
 *
 * @param user uid of the one who has to pass
 */
export async function firstClosedFolder(path: string, user: number): Promise<string | null> {
  const parents: string[] = [];
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    parents.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const parent of parents) {
    const found = await stat(parent).catch(() => null);
    if (!found) break;
    const passable = found.uid === user ? constants.S_IXUSR : constants.S_IXOTH;
    if ((found.mode & passable) === 0) return parent;
  }
  return null;
}

/** Text of a file; `null` where there is none or it is empty. */
export async function textOf(file: string): Promise<string | null> {
  return (await readFile(file, "utf8").catch(() => "")).trim() || null;
}
