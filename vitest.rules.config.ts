import { defineConfig } from "vitest/config";

/** The tests of what is pure, rules and formats: no database is started for them. `npm run mutate` runs them. */
export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts"],
    exclude: [
      // Not of rules or formats.
      "test/unit/{city,feeds,platform}/**",
      "test/unit/mailing-package.test.ts",
      // Starts programs of its own, where no mutant is seen.
      "test/unit/rules/rules-cli.test.ts",
      // Tests no rule and reads the towns of the city, which are not copied for the mutants.
      "test/unit/child-medical/mail-address.test.ts",
    ],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
