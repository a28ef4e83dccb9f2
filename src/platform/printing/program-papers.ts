import { type Form, type PieceProblem, templateName } from "#forms/index.ts";
import { conflict } from "../problem.ts";

/** What a 事務 prints: its forms in their newest versions. */
export interface ProgramPapers {
  /** The 事務, such as `child-medical`. */
  readonly program: string;
  readonly forms: readonly Form<unknown>[];
}

/** What a paper is printed with; kept beside it, so that it can be printed again as it was. */
export interface PaperVersion {
  /** Name of the form with its version, such as `vaccination/coupon v1`. */
  readonly template: string;
  /** The 帳票の設定; `null` for what comes with the program. */
  readonly setting: number | null;
}

/** A form as it would be printed under a setting. */
export const paperVersion = (form: Form<unknown>, setting: number | null): PaperVersion => ({
  template: templateName(form),
  setting,
});

/** A paper's form and setting in one word, which the form of an approval brings back. */
export const paperMark = ({ template, setting }: PaperVersion): string =>
  `${template} ${setting ?? "-"}`;

/** @throws Problem 409 when a paper would be printed otherwise than on the page that somebody decides by */
export function requireSeen(seenMark: string, now: PaperVersion): void {
  if (seenMark !== paperMark(now))
    throw conflict("帳票の設定が変わりました。見本をもう一度確かめてください。");
}

/** A character that stopped a paper, and where it stands. */
export interface StoppedCharacter {
  /** The field as the form names it: 氏名, 宛名, 住所 … */
  readonly field: string;
  readonly codePoint: number;
  /** Variation selector, where the variation is what no font honours. */
  readonly ivs?: number;
}

/** The characters among what stopped a piece. */
export const stoppedCharacters = (problems: readonly PieceProblem[]): StoppedCharacter[] =>
  problems.flatMap((problem) =>
    problem.kind === "unprintable"
      ? problem.characters.map((character) => ({ field: problem.field, ...character }))
      : [],
  );
