import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// Loaded before a program that a test starts in a process of its own. Node takes the types off by itself, which it cannot
// where there is JSX; that is done once for each file as it stands, and all that was compiled is kept for the next start.

const kept = resolve("node_modules/.cache/started");
mkdirSync(kept, { recursive: true });
enableCompileCache(join(kept, "compiled"));
// By itself it is written at the end, to which a program that a test kills does not come.
setTimeout(flushCompileCache, 2_000).unref();

registerHooks({
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
