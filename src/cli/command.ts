/** A command of `npm run cli`: what it does, and what it takes. Its two words stand in `main.ts`. */
export interface Command {
  summary: string;
  /** Options as `node:util` parseArgs takes them. */
  options?: Record<string, { type: "string" | "boolean"; help: string }>;
  /** Names of the words that follow, shown in the help. */
  positionals?: string;
  /** Returns the exit status; prints what the person should see. */
  run(input: CommandInput): Promise<number>;
}

export interface CommandInput {
  values: Record<string, string | boolean | undefined>;
  words: string[];
}

/** The value of an option that takes text. */
export const text = (input: CommandInput, name: string): string | undefined => {
  const value = input.values[name];
  return typeof value === "string" ? value : undefined;
};
