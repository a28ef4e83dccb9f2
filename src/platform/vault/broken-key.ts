import { StartProblem } from "#db/server/start-problem.ts";

/** A secret that was cut short or cannot be read: with it the program would make keys that open nothing. */
export const brokenKey = (name: string): StartProblem =>
  new StartProblem(`鍵 ${name} が壊れています。バックアップから戻してください。`);
