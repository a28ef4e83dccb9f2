import { defineConfig } from "vitest/config";
import { dividedTests } from "./test/support/apart.ts";

const { apart, shared } = dividedTests();
const limits = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    globalSetup: ["test/support/database-server.ts"],
    maxWorkers: 2,
    projects: [
      // The modules of the program are read once a worker, not once a file: what a file opens, it closes.
      { test: { ...limits, name: "shared", include: shared, isolate: false } },
      { test: { ...limits, name: "apart", include: apart } },
    ],
  },
});
