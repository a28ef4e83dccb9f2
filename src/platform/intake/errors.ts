import type { z } from "zod";
import "../japanese-errors.ts";
import { Problem } from "../problem.ts";

/** Errors by path (`insurance.insurerNumber`), one sentence each. */
export function errorsOf(error: z.ZodError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    found[path] ??= issue.message;
  }
  return found;
}

/** @throws Problem 422 with one line a mistake; its text holds nothing that was entered */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Problem({
    status: 422,
    message: "入力内容を確認してください。",
    details: [...new Set(Object.values(errorsOf(parsed.error)))],
  });
}

/** The codes of a list of titles, as zod wants them. */
export const codesOf = <T extends object>(titles: T) =>
  Object.keys(titles) as [keyof T & string, ...(keyof T & string)[]];
