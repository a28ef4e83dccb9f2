import { relative } from "node:path";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** Folders whose files take long whatever their length: they start servers, browsers or programs, or play a whole city. */
const long = /^test\/(browser|cli|documents|faults|http|server|workflow)\//;

/** The longest of all, though short to read: where nothing is known of a run before, they would come last and go on alone. */
const longest = [
  "test/workflow/single-parent-door.test.ts",
  "test/browser/single-parent-side-paths.test.ts",
  "test/workflow/competing-steps.test.ts",
  "test/workflow/intractable-door.test.ts",
  "test/workflow/child-medical-door.test.ts",
  "test/cli/own-server.test.ts",
  "test/faults/mailing-killed.test.ts",
];

/**
 * Long files first, so that none is left over at the end while the other workers have nothing to do. A worker whose modules
 * are shared ends where a file comes that has its own; so these come before all others.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { root } = this.ctx.config;
    const isFirst = ({ moduleId, project }: TestSpecification) =>
      project.config.isolate || long.test(relative(root, moduleId));
    const place = ({ moduleId }: TestSpecification) => longest.indexOf(relative(root, moduleId));
    const inTurn = sorted.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b));
    const others = sorted.filter((file) => place(file) < 0);
    return [...inTurn, ...others.filter(isFirst), ...others.filter((file) => !isFirst(file))];
  }
}
