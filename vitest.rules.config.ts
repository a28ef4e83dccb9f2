import { defineConfig } from "vitest/config";

/** The tests of what is pure, rules and formats: no database is started for them. `npm run mutate` runs them. */
export default defineConfig({
  test: {
    include: ["test/unit/{dates,formats,mail,numbers,rules,text}/**/*.test.ts"],
    // Starts programs of its own, where no mutant is seen.
    exclude: ["test/unit/rules/rules-cli.test.ts"],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
