import type { Reporter, TestModule } from "vitest/node";

/** Says at the end which test files took longest, so that one that grows is noticed. */
export default class Slowest implements Reporter {
  onTestRunEnd(files: readonly TestModule[]): void {
    const spent = files.map((file) => {
      const { collectDuration, duration } = file.diagnostic();
      return { name: file.relativeModuleId, seconds: (collectDuration + duration) / 1000 };
    });
    const longest = spent.toSorted((a, b) => b.seconds - a.seconds).slice(0, 5);
    const lines = longest.map(
      ({ name, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${name}`,
    );
    console.log(["", "The slowest test files:", ...lines].join("\n"));
  }
}
