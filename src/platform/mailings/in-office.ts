import { paperVersion, settingInForce } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { judgePieces, recordStopped } from "./judge.ts";
import { type Candidate, type MailingKind, reasonTitles } from "./kind.ts";
import { printPieces } from "./print.ts";

/** So many pieces are printed in the office at once at most; more go by a run. */
export const mostInOffice = 50;

/**
 * Prints some pieces of a kind in the office, in the order given, and enters them in the issue history; whoever may not be sent anything
 * now is told of with the reason.
 *
 * @throws Problem 422 where they are too many or none of them can be printed
 */
export async function printInOffice(
  work: Work,
  kind: MailingKind,
  parameters: unknown,
  candidates: readonly Candidate[],
): Promise<{ pdf: Uint8Array; printed: number; left: { personNumber: string; reason: string }[] }> {
  if (candidates.length === 0 || candidates.length > mostInOffice)
    throw new Problem({ status: 422, message: `一度に${mostInOffice}通まで選んでください。` });
  const paper = paperVersion(kind.form, await settingInForce(work, kind.papers.program));
  const datedOn = work.platform.clock.today();
  const run = { id: "", parameters, paper, datedOn, sample: false };
  const looked = await judgePieces(work, { kind, run }, candidates);
  const going = looked.flatMap(({ item, reason, ready }) =>
    reason === null && ready ? [item] : [],
  );
  const left = looked.flatMap(({ item, reason }) =>
    reason === null ? [] : [{ personNumber: item.personNumber, reason: titleOf(kind, reason) }],
  );
  await recordStopped(work, kind, undefined, looked);
  if (going.length === 0)
    throw new Problem({
      status: 422,
      message: "印刷できる人がいません。",
      details: [...new Set(left.map(({ reason }) => reason))],
    });
  const numbered: Candidate[] = [];
  for (const item of going) {
    const [pieceNumber] = (await kind.number.take?.(work, 1)) ?? [];
    if (!pieceNumber) throw new Error(`${kind.id} has no numbers for its pieces`);
    numbered.push({ ...item, pieceNumber });
  }
  const pieces = (await judgePieces(work, { kind, run }, numbered)).flatMap(({ ready }) =>
    ready ? [ready] : [],
  );
  const { pdf, held } = await printPieces(pieces);
  if (held.length > 0)
    throw new Problem({ status: 422, message: "印字できない文字のある人が含まれています。" });
  await kind.record(work, run, pieces);
  return { pdf, printed: pieces.length, left };
}

const titleOf = (kind: MailingKind, reason: string): string => reasonTitles(kind)[reason] ?? reason;
