import { codeOf } from "#db/server/start-problem.ts";

/** Kind, code and places of an error, without its message: messages of the database can hold what was entered. */
export function describe(error: unknown, places = 8): string {
  if (!(error instanceof Error)) return "unknown";
  const lines = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return [error.name, codeOf(error), ...lines.slice(0, places).map((line) => line.trim())]
    .filter(Boolean)
    .join(" | ");
}
