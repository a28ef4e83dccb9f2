import { defineConfig } from "vitest/config";

/** Needs pgBouncer (Debian: `apt-get install pgbouncer`), so it is no part of `npm test`. */
export default defineConfig({
  test: {
    globalSetup: ["test/support/database-server.ts"],
    include: ["test/cluster/**/*.cluster.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
