/**
 * Why the program cannot start, as the one who starts it reads it: Japanese sentences that say what to do. Holds no password
 * and no personal data; printed as it is, without a stack.
 */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/** Code of an error of Node, of PostgreSQL (SQLSTATE) or of the driver; of its cause where it has none of its own. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error) return String(error.code);
  return error.cause === undefined ? "" : codeOf(error.cause);
}
