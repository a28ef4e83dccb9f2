import { and, count, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { formSetting, unprintable } from "#db/schema/printing.ts";
import {
  describeProblem,
  type Fonts,
  forms,
  type PieceProblem,
  type Purpose,
} from "#forms/index.ts";
import { holds } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, Problem } from "../problem.ts";
import { RecordedProblem, type Work } from "../work.ts";
import { fontsOf } from "./fonts.ts";
import { settingInForce } from "./print.ts";
import { type StoppedCharacter, stoppedCharacters } from "./program-papers.ts";

/** A character that could not be printed, with the variation selector where the variation is what fails. */
export interface Character {
  codePoint: number;
  ivs: number | null;
}

/** The character itself, as its code points say it. */
const characterOf = ({ codePoint, ivs }: Character): string =>
  String.fromCodePoint(codePoint, ...(ivs === null ? [] : [ivs]));

/** A paper that was not made, and what stopped it; of the person only the number. */
export interface StoppedPaper {
  personNumber: string;
  officeCode: string;
  program: string;
  /** Id of the form, such as `vaccination/coupon`. */
  form: string;
  caseId?: string;
  /** The mailing run. */
  runId?: string;
  characters: readonly StoppedCharacter[];
}

/** What a form is called. */
export const formTitle = (id: string): string => forms.find((form) => form.id === id)?.title ?? id;

/** How a character was settled. */
export const settlementTitles = {
  "font-supplied": "外字フォントを用意した",
  reduced: "縮退を認めた",
  corrected: "台帳を訂正した",
  "by-hand": "手書きで発行した",
} as const;
export type Settlement = keyof typeof settlementTitles;

/** Rows written in one statement. */
const lot = 10_000;

/**
 * Enters characters that stopped papers in the 外字一覧: each field of a person on a form once while it is open, as far as the
 * person in whose name it is done can see.
 */
export async function recordUnprintable(
  work: Work,
  papers: readonly StoppedPaper[],
): Promise<void> {
  const rows = papers.flatMap(({ characters, ...paper }) =>
    characters.map((character) => ({ ...paper, ...character })),
  );
  for (let start = 0; start < rows.length; start += lot) {
    const some = rows.slice(start, start + lot);
    await work.sql`
      insert into printing.unprintable (program, person_number, office_code, form, field, code_point, ivs, case_id, run_id,
        found_by, found_at)
      select p, n, o, fo, fi, c, v, ca, ru, ${work.actor.staffId}::integer, ${work.platform.clock.now().toISOString()}::timestamptz
        from unnest(${some.map((row) => row.program)}::text[], ${some.map((row) => row.personNumber)}::text[],
          ${some.map((row) => row.officeCode)}::text[], ${some.map((row) => row.form)}::text[],
          ${some.map((row) => row.field)}::text[], ${some.map((row) => row.codePoint)}::integer[],
          ${some.map((row) => row.ivs ?? null)}::integer[], ${some.map((row) => row.caseId ?? null)}::uuid[],
          ${some.map((row) => row.runId ?? null)}::uuid[]) x(p, n, o, fo, fi, c, v, ca, ru)
       where not exists (select from printing.unprintable u
                          where u.person_number = n and u.form = fo and u.field = fi and u.code_point = c
                            and u.ivs is not distinct from v and u.settlement is null)
      on conflict do nothing`;
  }
}

/**
 * Why a paper was not made, to be thrown: names fields and code points. Characters that cannot be printed stand in the
 * 外字一覧 afterwards, although everything else is undone.
 */
export function paperRefused(
  paper: Omit<StoppedPaper, "characters">,
  problems: readonly PieceProblem[],
): Problem {
  const details = problems.map(describeProblem);
  const characters = stoppedCharacters(problems);
  return characters.length === 0
    ? new Problem({
        status: 422,
        message: "欄に収まらない文字があるため、発行を止めました。",
        details,
      })
    : new RecordedProblem(
        {
          status: 422,
          message: "印字できない文字があるため、発行を止めました。外字一覧に載せました。",
          details,
          see: { title: "外字一覧を開く", path: "/unprintable" },
        },
        (work) => recordUnprintable(work, [{ ...paper, characters }]),
      );
}

/** The entries of a character. */
export const entriesOf = ({ codePoint, ivs }: Character): SQL | undefined =>
  and(
    eq(unprintable.codePoint, codePoint),
    ivs === null ? isNull(unprintable.ivs) : eq(unprintable.ivs, ivs),
  );

/**
 * Settles a character: the entries named, or all that are open to the person. Whoever says that it can be printed now is
 * taken at their word only where it can. Gives the number of entries; raises a Problem where there are none left (409) or
 * where it is not printable yet (422).
 */
export async function settleUnprintable(
  work: Work,
  { character, settlement, ids }: { character: Character; settlement: Settlement; ids?: number[] },
): Promise<number> {
  const wanted = and(
    entriesOf(character),
    isNull(unprintable.settlement),
    ids && inArray(unprintable.id, ids),
  );
  const groups = await work.tx
    .select({
      program: unprintable.program,
      officeCode: unprintable.officeCode,
      form: unprintable.form,
      rows: count(),
    })
    .from(unprintable)
    .where(wanted)
    .groupBy(unprintable.program, unprintable.officeCode, unprintable.form);
  const mine = groups.filter(({ program, officeCode: office }) =>
    holds(work.actor, "unprintable.settle", { program, office }),
  );
  const open = mine.reduce((sum, { rows }) => sum + rows, 0);
  if (open === 0 || (ids && open < ids.length))
    throw conflict("選んだものの中に、すでに処理されたものがあります。一覧を開き直してください。");
  if (settlement === "font-supplied" || settlement === "reduced")
    await requirePrintable(work, character, { settlement, papers: mine });
  const settled = await work.tx
    .update(unprintable)
    .set({
      settlement,
      settledBy: work.actor.staffId,
      settledAt: work.platform.clock.now(),
    })
    .where(wanted)
    .returning({ id: unprintable.id });
  await recordAudit(work, {
    kind: "change",
    action: "unprintable.settled",
    detail: { ...character, settlement, entries: settled.length },
  });
  return settled.length;
}

/** Who says that a character can be printed now has to be right, for every form it stopped. */
async function requirePrintable(
  work: Work,
  character: Character,
  {
    settlement,
    papers,
  }: {
    settlement: "font-supplied" | "reduced";
    papers: readonly { program: string; form: string }[];
  },
): Promise<void> {
  const missing = new Set<string>();
  for (const { program, form } of papers) {
    const printable =
      settlement === "font-supplied"
        ? isPrintable(fontsOf(work.platform, {}), character)
        : isPrintable(await fontsInForce(work, program), character, form);
    if (!printable) missing.add(form);
  }
  if (missing.size === 0) return;
  throw settlement === "font-supplied"
    ? new Problem({
        status: 422,
        message: "いまのフォントでは、この文字をまだ印字できません。",
        details: [
          "外字フォントと文字の対応表を登録し、まどぐちを再起動してから、もう一度確かめてください。",
        ],
      })
    : new Problem({
        status: 422,
        message: "この文字の縮退は、まだ認められていません。",
        details: [...missing].map(
          (form) =>
            `「${formTitle(form)}」: 帳票の設定で縮退を認め、承認されてから処理してください。`,
        ),
      });
}

/** The city's fonts with the 縮退 that the 帳票の設定 of a 事務 allows today. */
async function fontsInForce(work: Work, program: string): Promise<Fonts> {
  const id = await settingInForce(work, program);
  const [row] =
    id === null
      ? []
      : await work.tx
          .select({ content: formSetting.content })
          .from(formSetting)
          .where(eq(formSetting.id, id));
  return fontsOf(work.platform, row?.content ?? {});
}

const faces = ["gothic", "bold", "mincho"] as const;
const purposes: readonly Purpose[] = ["name", "address", "text"];

/**
 * Whether every voice of a form has the character, or may reduce it on the form named for some purpose. A paper on which
 * it is wanted for another purpose is stopped again, and stands in the list again.
 */
const isPrintable = (fonts: Fonts, character: Character, form?: string): boolean =>
  purposes.some((purpose) =>
    faces.every(
      (face) => fonts.shape(characterOf(character), face, purpose, form).unprintable.length === 0,
    ),
  );
