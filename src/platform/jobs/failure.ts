import { Problem } from "../problem.ts";

/** Texts of our own problems hold no personal data; those of others might, so only their kind is kept. */
export function withoutPersonalData(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const code = error instanceof Error && "code" in error ? ` ${String(error.code)}` : "";
  return `内部エラー (${error instanceof Error ? error.name : "unknown"}${code})`;
}
