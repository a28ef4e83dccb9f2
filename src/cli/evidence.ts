import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { evidenceReport, writeForm } from "#forms/index.ts";
import { declaredApplications } from "#src/platform/applications/index.ts";
import {
  evidenceOf,
  figuresOf,
  readLiveSchema,
  readTestResults,
} from "#src/platform/evidence/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { programs } from "#src/programs/registry.ts";
import { auditWordsOf } from "#src/web/shell/audit/words/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { type Command, text } from "./command.ts";
import { evidencePage } from "./evidence-page.tsx";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Writes 点検報告 of a 事務 as HTML and PDF, from the live database and the last run of all tests (AUD-1, EVD). */
export const evidence: Command = {
  summary:
    "Writes what the assessment of a 事務 says beside what the system does, as HTML and PDF.",
  positionals: "PROGRAM",
  options: {
    out: { type: "string", help: "folder to write to; made if it isn't there" },
    tests: {
      type: "string",
      help: "JSON that Vitest wrote of all tests; reports/tests.json of npm test unless given",
    },
  },
  async run(input) {
    const [id] = input.words;
    const out = text(input, "out");
    const program = programs.find((one) => one.id === id);
    if (!program || !out) {
      console.error(
        `事務と出力先を指定してください: evidence 事務 --out フォルダー（事務は ${programs.map((one) => one.id).join("、")}）`,
      );
      return 2;
    }
    const tests = await readTestResults(text(input, "tests") ?? join(root, "reports/tests.json"));
    const opened = await openPlatform({ background });
    const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
    try {
      const today = opened.platform.clock.today();
      const [profile] = await admin<{ name: string }[]>`
        select name from city.profile where valid_from <= ${today} order by valid_from desc, id desc limit 1`;
      const words = auditWordsOf(programs);
      const data = evidenceOf({
        city: profile?.name ?? "（市区町村は未登録）",
        program: program.title,
        today,
        recordItems: program.recordItems ?? [],
        entered: declaredApplications().find((one) => one.program === program.id)?.schema,
        live: await readLiveSchema(admin),
        isFile: (path) => existsSync(join(root, path)),
        tests,
        figures: await figuresOf(admin, program.id, fiscalYear(today)),
        wordsOf: (action) => words.get(action) ?? action,
      });
      await mkdir(out, { recursive: true });
      const name = `evidence-${program.id}-${today}`;
      await writeFile(join(out, `${name}.html`), evidencePage(data));
      await writeFile(join(out, `${name}.pdf`), await writeForm(evidenceReport, data));
      const unmet = data.promises.filter(({ state }) => state !== "実施");
      console.log(`${join(out, `${name}.html`)} と ${join(out, `${name}.pdf`)} に書き出しました。`);
      console.log(
        `約束した措置 ${data.promises.length}件のうち、実施 ${data.promises.length - unmet.length}件。`,
      );
      if (unmet.length > 0) console.log(unmet.map((one) => `${one.state}: ${one.id}`).join("\n"));
      return 0;
    } finally {
      await admin.end();
      await opened.close();
    }
  },
};
