import { expect, test } from "vitest";
import { z } from "zod";
import { askedSchema } from "#src/platform/applications/index.ts";
import { errorsOf, identitySchema, incomesSchema } from "#src/platform/intake/index.ts";
import { childMedical, childMedicalChanges } from "#src/programs/child-medical/index.ts";
import { singleParent, singleParentChanges } from "#src/programs/single-parent-medical/index.ts";

const kinds = [childMedical, singleParent];
const changes = [childMedicalChanges, singleParentChanges];
const schemas: Record<string, z.ZodType> = {
  identity: identitySchema,
  incomes: incomesSchema,
  asked: askedSchema({ tax: "課税状況" }),
  ...Object.fromEntries(kinds.map(({ program, schema }) => [program, schema])),
  ...Object.fromEntries(
    changes.flatMap(({ application, subjects }) =>
      Object.entries(subjects).map(([name, { schema }]) => [
        `${application.program} ${name}`,
        schema,
      ]),
    ),
  ),
};

/** What somebody may send instead of what is asked for. */
const wrong: readonly unknown[] = [
  undefined,
  null,
  "",
  "x",
  "あ".repeat(100_000),
  -1,
  1.5,
  Number.NaN,
  1e15,
  true,
  [],
  {},
  { surplus: 1 },
  [{}],
];

type Part = z.core.$ZodType;
const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && "_zod" in value;

/** A schema with all that it is made of. */
function parts(schema: Part, seen = new Set<Part>()): Set<Part> {
  const { checks: _, type, ...made } = schema._zod.def as { checks?: unknown; type: string };
  // What follows a check is never asked alone.
  if (seen.has(schema) || type === "transform") return seen;
  seen.add(schema);
  for (const one of Object.values(made)) {
    const inner = typeof one === "object" && one && !isPart(one) ? Object.values(one) : [one];
    for (const part of inner.filter(isPart)) parts(part, seen);
  }
  return seen;
}

test.each(Object.keys(schemas))("%s: どんな入力の誤りも、日本語の一文で知らされる", (name) => {
  const all = parts(schemas[name] as z.ZodType);
  expect(all.size).toBeGreaterThan(1);
  for (const part of all)
    for (const input of wrong) {
      const read = z.safeParse(part, input);
      if (read.success) continue;
      for (const message of Object.values(errorsOf(read.error as z.ZodError))) {
        expect(message).toMatch(/^[^a-z]*。(例: .*)?$/);
      }
    }
});
