import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import {
  createRequire,
  enableCompileCache,
  flushCompileCache,
  type ResolveFnOutput,
  registerHooks,
} from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Loaded before a program that a test starts in a process of its own. Node takes the types off by itself, which it cannot
// where there is JSX; that is done once for each file as it stands, and all that was compiled is kept for the next start.

const kept = resolve("node_modules/.cache/started");
mkdirSync(kept, { recursive: true });
enableCompileCache(join(kept, "compiled"));
// By itself it is written at the end, to which a program that a test kills does not come.
setTimeout(flushCompileCache, 2_000).unref();

const root = pathToFileURL(`${resolve()}/`).href;

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

function transformed(path: string, text: string, name: string): string {
  const file = join(kept, `${name}.js`);
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Only now: it takes longer to load than all of the program.
    const ts: typeof import("typescript") = createRequire(import.meta.url)("typescript");
    const { outputText } = ts.transpileModule(text, {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ESNext,
        module: ts.ModuleKind.ESNext,
        jsx: ts.JsxEmit.ReactJSX,
        jsxImportSource: "preact",
        verbatimModuleSyntax: true,
        inlineSourceMap: true,
      },
    });
    writeFileSync(`${file}.${process.pid}`, outputText);
    renameSync(`${file}.${process.pid}`, file);
    return outputText;
  }
}
