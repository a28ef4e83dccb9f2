import { defineConfig } from "vitest/config";

/** Needs SoftHSM 2 (Debian: `apt-get install softhsm2`), so it is no part of `npm test`. */
export default defineConfig({
  test: {
    globalSetup: ["test/support/database-server.ts"],
    include: ["test/hsm/**/*.hsm.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
