import { accessSync, constants, statfsSync } from "node:fs";

/** Whether files may be made in a folder, and 3 GiB are free there. */
export function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 3 * 2 ** 30;
  } catch {
    return false;
  }
}
