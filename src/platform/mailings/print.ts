import {
  type BulkResult,
  type Envelope,
  type Fonts,
  type FormInWords,
  formOf,
  type Issuer,
  inspectPiece,
  type PieceProblem,
  writeMixed,
} from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { cityOf } from "../city/index.ts";
import { officeFinder, type PaperVersion, paperRefused, printingOf } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { mayStop } from "./check-texts.ts";
import type { MailingKind, PreparedPiece } from "./kind.ts";

/** A version of a form as it is printed under a setting, and who issued papers on a day. */
interface Look {
  as: FormInWords<unknown> & { fonts: Fonts };
  issuer: Issuer;
  municipality: string;
}

/** A piece as the writer takes it. */
export interface PrintedPiece {
  as: Look["as"];
  data: unknown;
}

/** Fills the form of prepared pieces; settings and offices are looked up once. With `sample` 見本 stands across every page. */
export async function formFiller(
  work: Work,
  kind: MailingKind,
  { sample = false } = {},
): Promise<(piece: PreparedPiece) => Promise<PrintedPiece>> {
  const officeOf = await officeFinder(work);
  const known = new Map<string, Promise<Look>>();
  // One object a version and setting, whatever the dates: the writer keeps the drawings of each apart.
  const shared = new Map<string, Look["as"]>();
  const find = async ({ template, setting }: PaperVersion, on: IsoDate): Promise<Look> => {
    const { fonts, issuer, wording } = await printingOf(work, kind.papers, { setting, on });
    const { code } = await cityOf(work, on);
    const form = formOf(template);
    const key = `${template} ${setting}`;
    const as = shared.get(key) ?? { form, fonts, wording: wording(form), sample };
    shared.set(key, as);
    return { as, issuer, municipality: code };
  };
  return async (piece) => {
    const key = `${piece.paper.template} ${piece.paper.setting} ${piece.datedOn}`;
    const found = known.get(key) ?? find(piece.paper, piece.datedOn);
    known.set(key, found);
    const { as, ...by } = await found;
    return { as, data: kind.data(piece, { ...by, office: officeOf(piece.person.officeCode) }) };
  };
}

/** What would stop a piece for its characters. Those that every font has are told apart first: laying a page out takes longer. */
export const stopsOf = ({ as, data }: PrintedPiece): readonly PieceProblem[] =>
  mayStop(data, as.fonts) ? inspectPiece(as.form, data, as) : [];

/** One PDF, in the order given; equal pieces make equal bytes. */
export const printPieces = (
  pieces: readonly PrintedPiece[],
  envelopes?: readonly Envelope[],
): Promise<BulkResult> => writeMixed(pieces, { envelopes });

/** Prints one piece at the counter. @throws Problem 422 where it cannot be printed as it should be; characters enter the 外字一覧 */
export async function printOne<Facts, Own extends string>(
  work: Work,
  kind: MailingKind<Facts, Own>,
  piece: PreparedPiece<Facts>,
): Promise<Uint8Array> {
  const fill = await formFiller(work, kind as MailingKind);
  const { pdf, held } = await printPieces([await fill(piece)]);
  const [stopped] = held;
  if (!stopped) return pdf;
  const { personNumber, officeCode } = piece.person;
  const { papers, form } = kind;
  throw paperRefused(
    { personNumber, officeCode, program: papers.program, form: form.id },
    stopped.problems,
  );
}
