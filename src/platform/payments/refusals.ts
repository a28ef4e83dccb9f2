import { conflict } from "../problem.ts";

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** What the database refuses because the world has moved on, in a sentence. Rights it refuses as everywhere. */
export async function refuseInWords<T>(statement: PromiseLike<T>, message: string): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (["MD011", "MD014", "23505"].includes(codeOf(error) as string)) throw conflict(message);
    throw error;
  }
}
