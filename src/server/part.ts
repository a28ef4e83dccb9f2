import { StartProblem } from "#db/server/start-problem.ts";

/** What a process of the program does: it serves pages, works in the background and by the clock, or both. */
export type Part = "web" | "worker" | "both";

/**
 * Reads the word after the file that is started.
 *
 * @throws {@link StartProblem} for another word
 */
export function partOf(word: string | undefined): Part {
  if (word === undefined) return "both";
  if (word === "web" || word === "worker" || word === "both") return word;
  throw new StartProblem(
    `「${word.slice(0, 20)}」は起動できません。web（画面）か worker（裏の処理）を指定するか、何も指定せずに両方を起動してください。`,
  );
}

/**
 * The address of the database of a part that runs by itself; it brings none of its own.
 *
 * @throws {@link StartProblem}
 */
export function databaseOfPart(part: Part, environment: NodeJS.ProcessEnv): string {
  const address = environment.DATABASE_URL?.trim();
  if (address) return address;
  throw new StartProblem(
    `npm run ${part} は、自分のデータベースを持ちません。DATABASE_URL に、ほかのプロセスと同じデータベースを指定してください（docs/operations.md）。`,
  );
}
