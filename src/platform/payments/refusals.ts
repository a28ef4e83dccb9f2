import { conflict } from "../problem.ts";

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** What the database refuses because the world has moved on, in a sentence. Rights it refuses as everywhere. */
export async function refuseInWords<T>(
  statement: PromiseLike<T>,
  message: string,
  further: readonly string[] = [],
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const code = codeOf(error);
    if (["MD011", "MD014", "23505", ...further].includes(code as string)) throw conflict(message);
    throw error;
  }
}
