import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { dividedTests } from "./test/support/apart.ts";
import { LongestFirst } from "./test/support/longest-first.ts";
import { hasRoom } from "./test/support/room.ts";

// What tests and their server write is in memory where there is room for it: it is never read after the run, and a
// database is more than a thousand files, whose making and removing took longer than most of the tests.
if (hasRoom("/dev/shm")) process.env.TMPDIR = "/dev/shm";

const { apart, shared } = dividedTests();
// Far above what any needs: a machine that is busy is no failure.
const limits = { testTimeout: 240_000, hookTimeout: 240_000 };

export default defineConfig({
  test: {
    globalSetup: ["test/support/database-server.ts"],
    // One more than can run at once: a test waits much of its time, for the database or a browser.
    maxWorkers: Math.min(availableParallelism() + 1, 6),
    sequence: { sequencer: LongestFirst },
    projects: [
      // The modules of the program are read once a worker, not once a file: what a file opens, it closes.
      { test: { ...limits, name: "shared", include: shared, isolate: false } },
      { test: { ...limits, name: "apart", include: apart } },
    ],
  },
});
