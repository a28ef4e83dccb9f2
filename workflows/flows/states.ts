import type { StateMeta } from "./definition.ts";

/** A state on the line from left to right, under way unless it says otherwise. */
export const main = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: true,
  ...rest,
});

/** A state beside the line. */
export const side = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  ...main(title, rest),
  line: "side",
});
