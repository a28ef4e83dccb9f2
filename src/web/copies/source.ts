import type { ComponentChildren } from "preact";
import type { Right } from "#src/platform/access/index.ts";
import { copyRights, logCopies } from "#src/platform/documents/index.ts";
import type { Purpose, Work } from "#src/platform/work.ts";
import type { Values } from "../values.ts";

/** What was chosen of a list, as the register keeps it: codes, dates and ids of staff. */
export type KeptChoice = Readonly<Record<string, string>>;

/** A copy at the moment at which it is taken. */
export interface TakenCopy {
  lines: number;
  /** 統合宛名番号 of everybody on it: each is in the audit. */
  persons: readonly string[];
  /** For a spreadsheet. */
  csv: string;
  /** For paper. */
  content: ComponentChildren;
}

/** Something of which copies may leave the screen: a list of cases, figures. */
export interface CopySource {
  /** Names it in the register (`of`); the list of cases, which was there first, has none. */
  id?: string;
  /** Without which it is not seen, and not copied. */
  right: Right;
  /** 申請一覧 */
  title: string;
  /** Behind the 事務 in the name of the file. */
  name: string;
  /** What stands on it, and what never does. */
  holds: string;
  /** What is chosen, as the register keeps it. */
  kept(work: Work, values: Values): Promise<KeptChoice>;
  /** Where the choice is looked at on the screen. */
  path(choice: KeptChoice): `/${string}`;
  /** The choice in words. */
  describe(work: Work, choice: KeptChoice): Promise<string>;
  /** How many lines a copy has at most; {@link mostLinesOfCopy} where nothing is said. */
  most?: number;
  /** How many lines it has, without looking at anybody. */
  count(work: Work, choice: KeptChoice): Promise<number>;
  take(work: Work, choice: KeptChoice): Promise<TakenCopy>;
}

/** The copies of a 事務, or of the access log (`logCopies`). */
export interface Copies {
  program: string;
  title: string;
  /** Why personal data are used on its pages. */
  purpose?: Purpose;
  sources: readonly [CopySource, ...CopySource[]];
}

/** That of which a copy is, or is asked for. */
export const sourceOf = ({ sources }: Copies, of: string | undefined): CopySource =>
  sources.find(({ id }) => id === (of || undefined)) ?? sources[0];

/** What guards the pages of copies: the log is no 事務, and its rights are held apart. */
export const copyGuard = (
  { program, purpose = "case" }: Copies,
  who: "asks" | "allows" | "sees",
) => ({
  ...(program !== logCopies && { program }),
  purpose,
  right: copyRights(program)[who],
});

export const formatTitles = { csv: "CSV（表計算）", print: "印刷" } as const;
