import type { Form, Issuer, Office, Recipient } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Person } from "../people/index.ts";
import type { PaperVersion, ProgramPapers } from "../printing/index.ts";
import type { Work } from "../work.ts";

/** Why a piece waits or is left out, whatever is sent; a kind may add its own reasons. */
export const commonReasons = {
  protected: "支援措置",
  "no-address": "あて先なし",
  "no-glyph": "印字できない文字（外字）",
  "no-room": "印字欄に収まらない",
  "already-sent": "送付済み",
  "moved-out": "転出",
  deceased: "死亡",
  "birth-unknown": "生年月日が不詳のため判定できない",
} as const;
type CommonReason = keyof typeof commonReasons;

/** Reasons that somebody can do something about: what did not go for one of them is followed up. */
export const followedUp = [
  "protected",
  "no-address",
  "no-glyph",
  "no-room",
  "birth-unknown",
] as const;

/** For this reason a piece waits (保留) until somebody releases it; for any other it never goes with this run. */
export const waitsForRelease = (reason: string): boolean => reason === "protected";

/** A piece that might be sent: to whom, and about what within the kind (such as `mr1:1`). */
export interface Candidate<Own extends string = string> {
  personNumber: string;
  subject: string;
  /** Where the piece has its number already, as when it is printed again. */
  pieceNumber?: string | null;
  /** Known before any personal data are looked at. */
  leftOut?: CommonReason | Own;
  /** Who let it go although it waits for that (支援措置). */
  releasedBy?: number | null;
}

/** The run a kind works for. */
export interface RunOfKind {
  id: string;
  /** What was ordered: month, vaccines and the like. */
  parameters: unknown;
  /** As it was approved, and before that as it would be printed now; `null` where each piece is printed as it was issued. */
  paper: PaperVersion | null;
  /** Date of the letters: the day of the approval, before that today. */
  datedOn: IsoDate;
  /** Pieces are looked at, not issued: they bear nothing that a reader would take for genuine. */
  sample: boolean;
}

/** A piece with its person, who lives here and whose name and address may be seen. */
export interface Piece {
  personNumber: string;
  subject: string;
  /** Before numbers are given it is `number.sample` of the kind. */
  pieceNumber: string;
  person: Person & Required<Pick<Person, "name" | "address">>;
}

/** What would be printed of a piece. */
export interface PieceFacts<Facts> {
  facts: Facts;
  /** Whom the letter goes to; pieces lie in the order of these addresses. */
  to: Recipient;
  /** Where each piece is printed as it was issued: with what, and when that was. */
  issued?: { paper: PaperVersion; on: IsoDate };
  /** Somebody else whom the paper names is under 支援措置: the piece waits as if it were the person. */
  isProtected?: boolean;
}

/** A piece with all that is printed of it. */
export interface PreparedPiece<Facts = unknown> extends Piece {
  facts: Facts;
  to: Recipient;
  paper: PaperVersion;
  /** The date it bears. */
  datedOn: IsoDate;
}

/** Who issues a piece, as it stands on the paper. */
export interface IssuedBy {
  issuer: Issuer;
  office: Office;
  /** 全国地方公共団体コード of the city. */
  municipality: string;
}

/**
 * Letters of one kind that a 事務 sends in runs. The kind says who is due, what stands on the paper and what the issue
 * history keeps; the platform looks at the people, orders, holds back, numbers, prints, bundles and takes what came back.
 *
 * `Facts`: what the 事務 knows of a piece. `Own`: reasons of its own why one is left out.
 */
export interface MailingKind<Facts = unknown, Own extends string = string> {
  id: string;
  /** What is sent, such as 予防接種券. */
  title: string;
  papers: ProgramPapers;
  /** The form in its newest version; an approved run keeps the one it was approved with. */
  form: Form<unknown>;
  /** Each piece is printed in the version in which it was issued. */
  asIssued?: true;
  /** What tells the pieces of a run apart, above the counts: 予防接種・回. */
  subjects: string;
  /** One of them: MR 1期 1回目. */
  subjectTitle(subject: string): string;
  /** Printed on each piece and in the index of the package. */
  number: {
    /** 券番号, 受給者番号 … */
    title: string;
    /** What stands in its place in a preview. */
    sample: string;
    /** The number in what a reader of codes, or a person, gives for a piece; `undefined` where it can't be one. */
    read(code: string): string | undefined;
    /** Numbers for so many pieces, in the order of the post; candidates that have theirs need none. */
    take?(work: Work, count: number): Promise<string[]>;
  };
  /** Why one is left out, beside the common reasons. */
  reasons: Readonly<Record<Own, string>>;
  /** What was ordered, one line each, for the head of a run. */
  describe(parameters: unknown): readonly { label: string; value: string }[];
  /**
   * What two orders both ask for: subjects, or numbers of pieces that are printed again; `null` where they have nothing in
   * common. Whoever orders what was ordered before is told so.
   */
  overlap(
    parameters: unknown,
    others: unknown,
  ): { subjects?: readonly string[]; pieceNumbers?: readonly string[] } | null;
  /** Who is due, and who is left out from the start, without looking at direct identifiers. */
  select(work: Work, run: RunOfKind): Promise<Candidate<Own>[]>;
  /**
   * For each piece, in order, what would be printed or why it is not sent. Asked when a run is extracted, for a preview,
   * and once a file when it is made, since the world may have moved. Changes nothing.
   */
  prepare(
    work: Work,
    run: RunOfKind,
    pieces: readonly Piece[],
  ): Promise<(PieceFacts<Facts> | { leftOut: CommonReason | Own })[]>;
  /** What the form is filled with; looks nothing up. */
  data(piece: PreparedPiece<Facts>, by: IssuedBy): unknown;
  /** Enters printed pieces in the issue history. */
  record(work: Work, run: RunOfKind, pieces: readonly PreparedPiece<Facts>[]): Promise<void>;
  /** The run was cancelled: what it had issued counts no more. */
  withdraw(work: Work, runId: string): Promise<void>;
}

const kinds = new Map<string, MailingKind>();

/** Makes a kind known to runs, jobs and screens. */
export function declareMailingKind<Facts, Own extends string>(kind: MailingKind<Facts, Own>): void {
  kinds.set(kind.id, kind as MailingKind);
}

/** The kinds of a 事務, or of all of them. */
export const mailingKinds = (program?: string): MailingKind[] =>
  [...kinds.values()].filter(({ papers }) => program === undefined || papers.program === program);

/** @throws when no 事務 declared this kind */
export function mailingKind(id: string): MailingKind {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`No mailing kind was declared for ${id}.`);
  return kind;
}

/** All reasons of a kind by code, the common ones first. */
export const reasonTitles = ({
  reasons,
}: Pick<MailingKind, "reasons">): Record<string, string> => ({
  ...commonReasons,
  ...reasons,
});
