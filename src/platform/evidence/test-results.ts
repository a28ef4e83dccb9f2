import { readFile } from "node:fs/promises";
import { z } from "zod";

/** How a file of tests ended the last time all tests were run. */
export interface FileResult {
  passed: number;
  failed: number;
  /** Tests that were not run. */
  skipped: number;
}

export interface TestResults {
  /** When the run began. */
  at: Date;
  /** By the path of the file below `test/`. */
  files: ReadonlyMap<string, FileResult>;
}

/** What Vitest's JSON reporter writes, as far as it is read here. */
const reportSchema = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** Reads what `npm test` left; nothing where it was not run here. A file that is not such a report is an error. */
export async function readTestResults(path: string): Promise<TestResults | undefined> {
  const content = await readFile(path, "utf8").catch(() => undefined);
  if (content === undefined) return undefined;
  const report = reportSchema.parse(JSON.parse(content));
  const files = report.testResults.map(({ name, assertionResults }) => {
    const count = (...statuses: string[]) =>
      assertionResults.filter(({ status }) => statuses.includes(status)).length;
    const passed = count("passed");
    const failed = count("failed");
    const result = { passed, failed, skipped: assertionResults.length - passed - failed };
    return [name.replace(/^.*\/test\//, ""), result] as const;
  });
  return { at: new Date(report.startTime), files: new Map(files) };
}
