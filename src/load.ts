import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import {
  createRequire,
  enableCompileCache,
  flushCompileCache,
  type ResolveFnOutput,
  registerHooks,
} from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Loaded before any of our programs (`node --import ./src/load.ts`): Node takes the types off by itself, which it cannot
// where there is JSX. That is done once for each file as it stands, and all that was compiled is kept for the next start.

const project = join(import.meta.dirname, "..");
const kept = keptFolder(join(project, "node_modules/.cache/started"));
if (kept) {
  enableCompileCache(join(kept, "compiled"));
  // By itself it is written at the end, to which a program that is killed does not come.
  setTimeout(flushCompileCache, 2_000).unref();
}

const root = pathToFileURL(`${project}/`).href;

/** What packages are called in our own files, which all find the same ones. */
const packages = new Map<string, ResolveFnOutput>();

registerHooks({
  // Our own imports name the file itself: to look for it, for its real path and for the `package.json` that tells what it
  // is took longer than to read and compile it.
  resolve(specifier, context, next) {
    if (/^(#|\.\.?\/).*\.tsx?$/.test(specifier)) {
      const [path, from] = specifier.startsWith("#")
        ? [specifier.slice(1), root]
        : [specifier, context.parentURL];
      return { url: new URL(path, from).href, format: "module-typescript", shortCircuit: true };
    }
    if (!context.parentURL?.endsWith(".ts") && !context.parentURL?.endsWith(".tsx"))
      return next(specifier, context);
    const name = `${specifier} ${context.conditions}`;
    const found = packages.get(name) ?? next(specifier, context);
    if (!/^[#./]/.test(specifier)) packages.set(name, found);
    return { ...found, shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.endsWith(".tsx")) return next(url, context);
    const path = fileURLToPath(url);
    const text = readFileSync(path, "utf8");
    const name = createHash("sha256").update(path).update("\0").update(text).digest("hex");
    return { format: "module", source: transformed(path, text, name), shortCircuit: true };
  },
});

/** Where it may be written; an installation may lie in a folder that the program only reads. */
function keptFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return null;
  }
}

function transformed(path: string, text: string, name: string): string {
  const file = kept && join(kept, `${name}.js`);
  try {
    if (file) return readFileSync(file, "utf8");
  } catch {
    // The first start since the file was changed.
  }
  const { transformSync }: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
  const { code, map } = transformSync(text, {
    sourcefile: path,
    loader: "tsx",
    jsx: "automatic",
    jsxImportSource: "preact",
    target: "esnext",
    // Beside the file, where a debugger looks for it; within, the program would hold it as long as it runs.
    sourcemap: file ? "external" : false,
  });
  if (!file) return code;
  const source = `${code}//# sourceMappingURL=${pathToFileURL(file).href}.map\n`;
  keep(`${file}.map`, map);
  keep(file, source);
  return source;
}

/** Whole or not at all, since programs start side by side. */
function keep(file: string, text: string): void {
  try {
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A full disk or a folder that is only read: the next start does it anew.
  }
}
