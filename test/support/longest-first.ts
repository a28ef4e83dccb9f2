import { relative } from "node:path";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** Folders whose files take long whatever their length: they start servers, browsers or programs, or play a whole city. */
const long = /^test\/(browser|cli|documents|faults|http|server|workflow)\//;

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
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}
