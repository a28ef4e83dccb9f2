import type { Form, PieceProblem } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Person } from "../people/index.ts";
import type { PaperVersion, StoppedCharacter } from "../printing/index.ts";
import type { Work } from "../work.ts";

/** Why a piece is held or left out. Held pieces wait for a release; those left out never go with this run. */
export const itemReasons = {
  protected: "支援措置",
  "no-address": "あて先なし",
  "no-glyph": "印字できない文字（外字）",
  "no-room": "印字欄に収まらない",
  "already-sent": "送付済み",
  "not-due": "対象でなくなった（接種済み・期限切れ）",
  "moved-out": "転出",
  deceased: "死亡",
} as const;
export type ItemReason = keyof typeof itemReasons;
export const isHeld = (reason: ItemReason): boolean => reason === "protected";

/** A piece that might be sent: to whom, and about what within the kind (such as `mr1:1`). */
export interface Candidate {
  personNumber: string;
  subject: string;
  /** Known before any personal data are looked at. */
  leftOut?: ItemReason;
}

/** A piece with its printed number. */
export interface NumberedPiece {
  personNumber: string;
  subject: string;
  pieceNumber: string;
}

/** What was asked for, and with what it is printed. */
export interface RunOrder {
  id: string;
  parameters: unknown;
  /** As it was approved, and before that as it would be printed now; `null` where each piece is printed as it was issued. */
  paper: PaperVersion | null;
}

/** What a kind is told of the run it works for. */
export interface RunOfKind extends RunOrder {
  /** Date of the letters. */
  datedOn: IsoDate;
  /** For a preview: 見本 stands across every page. */
  sample?: boolean;
}

export interface PieceToPrint extends NumberedPiece {
  person: Person;
}

export interface PrintedPieces {
  pdf: Uint8Array;
  /** What is wrong with pieces that could not be printed as they should be, and are not in the PDF, by number. */
  stopped: ReadonlyMap<string, readonly PieceProblem[]>;
}

/** Letters of one kind that a 事務 sends in runs. The platform selects, orders, holds, numbers, packs; the 事務 knows the rest. */
export interface MailingKind {
  id: string;
  program: string;
  title: string;
  /** The form in its newest version; an approved run keeps the one it was approved with. */
  form: Form<unknown>;
  /** Each piece is printed in the version in which it was issued. */
  asIssued?: true;
  /** What a piece is about, for lists: MR 1期 1回目. */
  subjectTitle(subject: string): string;
  /** What was asked for, one line each, for the head of a run. */
  describe(parameters: unknown): readonly { label: string; value: string }[];
  /** Who gets a piece, and who is left out from the start, without looking at direct identifiers. */
  select(work: Work, run: RunOrder): Promise<Candidate[]>;
  /** Characters in what would be printed that cannot be printed as registered, by 統合宛名番号; only of those who have such. */
  unprintable(
    work: Work,
    run: RunOrder,
    people: readonly Person[],
  ): Promise<ReadonlyMap<string, readonly StoppedCharacter[]>>;
  /** Printed numbers, in the order of the pieces. */
  takeNumbers(
    work: Work,
    run: { parameters: unknown },
    pieces: readonly Candidate[],
  ): Promise<string[]>;
  /** Pieces that have become needless since the extraction, by their number. Changes nothing. */
  refuse(
    work: Work,
    run: RunOfKind,
    pieces: readonly PieceToPrint[],
  ): Promise<Map<string, ItemReason>>;
  /** One PDF, a page a piece, in the order given; equal pieces make equal bytes. */
  print(work: Work, run: RunOfKind, pieces: readonly PieceToPrint[]): Promise<PrintedPieces>;
  /** Enters the pieces in the issue history. */
  issue(work: Work, run: RunOfKind, pieces: readonly PieceToPrint[]): Promise<void>;
  /** The run was cancelled: what it had issued counts no more. */
  withdraw(work: Work, runId: string): Promise<void>;
}

const kinds = new Map<string, MailingKind>();

/** Makes a kind known to runs, jobs and screens. */
export function declareMailingKind(kind: MailingKind): void {
  kinds.set(kind.id, kind);
}

/** @throws when no 事務 declared this kind */
export function mailingKind(id: string): MailingKind {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`No mailing kind was declared for ${id}.`);
  return kind;
}
