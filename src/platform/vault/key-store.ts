import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/**
 * Where the program's secrets lie: files of a folder, or a key service (KMS, HSM) that takes their place. A secret is
 * never changed: it is kept once under its name, read, and in the end destroyed so that nobody can read it again.
 */
export interface KeyStore {
  names(): string[];
  /** The secret of this name; nothing where there is none. */
  read(name: string): Buffer | undefined;
  /** Keeps a secret, unless there is one of this name already: whoever comes second reads the first one's. */
  keep(name: string, secret: Buffer): void;
  /** Nothing happens where there is none. */
  destroy(name: string): void;
}

/** Secrets as files of a folder that nobody but the program's account can enter (mode 0700, files 0600). */
export function keyFiles(folder: string): KeyStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  return {
    names: () => readdirSync(folder),
    read(name) {
      try {
        return readFileSync(at(name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    keep(name, secret) {
      // Whole or not at all, also when the machine stops in between.
      const written = at(`.${name}.${randomBytes(6).toString("hex")}`);
      writeThrough(written, "wx", secret);
      try {
        linkSync(written, at(name));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      } finally {
        rmSync(written);
      }
    },
    destroy(name) {
      try {
        writeThrough(at(name), "r+", randomBytes(statSync(at(name)).size));
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      rmSync(at(name));
    },
  };
}

function writeThrough(file: string, flag: "wx" | "r+", bytes: Buffer): void {
  const open = openSync(file, flag, 0o600);
  try {
    writeSync(open, bytes, 0, bytes.length, 0);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";
