import { conflict } from "./problem.ts";
import type { Work } from "./work.ts";

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

/**
 * What was found, where it is of the 事務 in whose name the work goes on: under the address of another one it is not there, so
 * that the log never names the wrong one.
 */
export const ofThisProgram = <T extends { program: string }>(
  work: Work,
  found: T | undefined,
): T | undefined =>
  work.program === undefined || work.program === found?.program ? found : undefined;
