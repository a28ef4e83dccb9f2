import { StartProblem } from "#db/server/start-problem.ts";
import { describe } from "#src/platform/described.ts";

/**
 * Tells the one who starts the program why it does not start: sentences for what can be mended, otherwise kind and place of
 * the error without its text, which could hold what was entered or a password.
 */
export function tellProblem(error: unknown): void {
  if (error instanceof StartProblem) console.error(error.message);
  else
    console.error(
      `予期しない誤りのため、起動できません。次の行を添えて開発元に連絡してください。\n${describe(error, 1)}`,
    );
}
