import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Functions that make something known to the whole program for as long as it runs, where they are imported. */
const declaration =
  /import \{[^}]*\b(application|changes|declareWorkflow|declareMailingKind|declareFeedKind)\b[^}]*\} from "#src\//;
const imported = /from "(#test\/|\.\.?\/)([^"]+)"/g;

/**
 * All test files, divided: those that declare a 事務 or kinds of their own, or import from `test/` what does, and have
 * their modules to themselves; and those that share modules with the files that ran before in the same worker.
 */
export function dividedTests(): { apart: string[]; shared: string[] } {
  const known = new Map<string, boolean>();
  const declares = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const text = readFileSync(file, "utf8");
    const others = [...text.matchAll(imported)].map(([, root = "", path = ""]) =>
      root === "#test/" ? join("test", path) : join(dirname(file), root, path),
    );
    const found =
      declaration.test(text) || others.filter((one) => /^test\/.*\.tsx?$/.test(one)).some(declares);
    known.set(file, found);
    return found;
  };
  const files = globSync("test/**/*.test.{ts,tsx}").toSorted();
  return {
    apart: files.filter(declares),
    shared: files.filter((file) => !declares(file)),
  };
}
