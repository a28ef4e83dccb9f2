import { and, asc, eq, gte, isNull, lte, or, sql } from "drizzle-orm";
import { office, phrase } from "#db/schema/access.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/index.ts";
import { EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";

/** For which kind of field a sentence is meant. */
export const phraseUses = {
  remand: "差戻し",
  hold: "保留",
  refusal: "却下・取消",
  note: "メモ・コメント",
} as const;
export type PhraseUse = keyof typeof phraseUses;

const inForce = (today: IsoDate) =>
  and(lte(phrase.validFrom, today), or(isNull(phrase.validTo), gte(phrase.validTo, today)));

/** The sentences that a person is offered in a field: those of the own office, for the 事務 and for all. */
export async function offeredPhrases(
  work: Work,
  use: PhraseUse,
  program: string | undefined,
): Promise<string[]> {
  const rows = await work.tx
    .select({ words: phrase.words })
    .from(phrase)
    .where(
      and(
        eq(phrase.officeCode, work.actor.officeCode ?? ""),
        eq(phrase.use, use),
        or(isNull(phrase.program), eq(phrase.program, program ?? "")),
        inForce(work.platform.clock.today()),
      ),
    )
    .orderBy(asc(phrase.id));
  return rows.map(({ words }) => words);
}

export type Phrase = Awaited<ReturnType<typeof keptPhrases>>[number];

/** The sentences that are in force or will be, as they are kept. */
export function keptPhrases(work: Work) {
  const today = work.platform.clock.today();
  return work.tx
    .select({
      id: phrase.id,
      officeName: office.name,
      program: phrase.program,
      use: phrase.use,
      words: phrase.words,
      validFrom: phrase.validFrom,
      validTo: phrase.validTo,
    })
    .from(phrase)
    .innerJoin(office, eq(office.code, phrase.officeCode))
    .where(or(isNull(phrase.validTo), gte(phrase.validTo, today)))
    .orderBy(asc(phrase.officeCode), asc(phrase.use), asc(phrase.id));
}

export interface NewPhrase {
  officeCode: string;
  /** For one 事務 alone. */
  program: string | null;
  use: PhraseUse;
  words: string;
  validFrom: IsoDate;
}

const longest = 200;

/** Adds a sentence. @throws EntryProblem for one that is too short or long, or that seems to hold a number of a person */
export async function addPhrase(work: Work, one: NewPhrase): Promise<void> {
  const words = one.words.trim();
  if (words.length < 2 || words.length > longest)
    throw new EntryProblem("words", `2文字以上${longest}文字以内で入力してください。`);
  if (/\d{7}/.test(words.normalize("NFKC").replace(/[-\s]/g, "")))
    throw new EntryProblem(
      "words",
      "宛名番号や電話番号のような数字があります。定型文には、個人の情報を入れないでください。",
    );
  if (one.validFrom < work.platform.clock.today())
    throw new EntryProblem("validFrom", "今日以後の日を入力してください。");
  // By name: what the database sets itself may not even be named.
  await work.sql`insert into access.phrase (office_code, program, use, words, valid_from)
    values (${one.officeCode}, ${one.program}, ${one.use}, ${words}, ${one.validFrom})`;
  await recordAudit(work, {
    kind: "change",
    action: "phrase.registered",
    detail: { use: one.use },
  });
}

/** Today is the last day of a sentence. @throws Problem 404 */
export async function endPhrase(work: Work, id: number): Promise<void> {
  const [ended] = await work.tx
    .update(phrase)
    .set({ validTo: sql`greatest(${work.platform.clock.today()}::date, valid_from)` })
    .where(and(eq(phrase.id, id), isNull(phrase.validTo)))
    .returning({ id: phrase.id });
  if (!ended) throw notFound("この定型文はありません。");
  await recordAudit(work, { kind: "change", action: "phrase.ended", detail: { id } });
}
