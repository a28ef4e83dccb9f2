import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { doseLabel, findVaccine, seriesOf, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { type Circumstance, conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import type { Person, Sex, Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";
import type { RequestReason } from "./reasons.ts";
import { agreementWith, type Category, type LetterTerms, validUntil } from "./terms.ts";

/** A dose that somebody wants to be given elsewhere. */
export interface RequestedLine {
  /** From 1, in the order in which they were entered. */
  readonly number: number;
  readonly vaccine: VaccineId;
  readonly dose: number;
  /** The day on which it is to be given, as far as they know. */
  readonly plannedOn: IsoDate;
}

/** What speaks against a dose, or is to be known of it. */
export interface LetterFinding {
  readonly line: number;
  readonly code: LetterFindingCode;
  /** In words for staff. */
  readonly message: string;
  readonly level: FindingLevel;
}
/** `blocked`: nobody can accept it; `doubtful`: somebody says how it was found out; `told`: to be known, nothing to be done. */
export type FindingLevel = "blocked" | "doubtful" | "told";

/** Levels of what may be found; the database holds the same list (request_letters.finding_level). */
export const letterFindings = {
  "reason-not-accepted": "blocked",
  "category-not-covered": "blocked",
  "planned-before": "blocked",
  "planned-after": "blocked",
  "birth-unknown": "blocked",
  "not-resident": "blocked",
  "named-twice": "blocked",
  "letter-open": "blocked",
  "contract-covers": "doubtful",
  "not-in-order": "doubtful",
  "too-early": "told",
  "host-pays": "told",
} as const satisfies Record<string, FindingLevel>;
export type LetterFindingCode = keyof typeof letterFindings;

/** What is known of a request, gathered on the day of the examination. */
export interface LetterContext {
  readonly today: IsoDate;
  readonly reason: RequestReason;
  /** Where they stay. */
  readonly place: { readonly prefecture: string; readonly municipality: string };
  /** None where no day of birth is known by which to reckon. */
  readonly birth: IsoDate | undefined;
  readonly sex: Sex;
  readonly diedOn?: IsoDate | undefined;
  /** What opens or prolongs a target. */
  readonly circumstances?: readonly Circumstance[] | undefined;
  /** From when until when the register has them in the city; open at the end. */
  readonly residence: { readonly from: IsoDate | undefined; readonly to: IsoDate | undefined };
  readonly history: readonly Shot[];
  /** Doses for which another letter holds or is decided: `mr1:1`, with its case. */
  readonly openElsewhere: ReadonlyMap<string, string>;
  readonly terms: LetterTerms;
}

export const lineKey = ({ vaccine, dose }: { vaccine: string; dose: number }): string =>
  `${vaccine}:${dose}`;

/** 五種混合 1期初回2回目, as letters and screens name a dose. */
export const lineTitle = ({ vaccine, dose }: { vaccine: VaccineId; dose: number }): string =>
  `${vaccineLabel(vaccine)} ${doseLabel(vaccine, dose)}`;

export const categoryOf = (vaccine: string): Category => findVaccine(vaccine)?.category ?? "A";

/**
 * What is found of every dose of a request, in their order: residence and legal age on the planned days, history and intervals
 * with the earlier doses of the same request, other letters, and what the city's terms say. Nothing found: a letter may be
 * proposed.
 *
 * @throws MissingParameterError where the law of a planned day is not in the tables
 */
export function letterFindingsOf(
  lines: readonly RequestedLine[],
  context: LetterContext,
): LetterFinding[] {
  const inTime = lines.toSorted((a, b) =>
    a.plannedOn === b.plannedOn ? a.number - b.number : a.plannedOn < b.plannedOn ? -1 : 1,
  );
  return lines.flatMap((line) => {
    const before = inTime.slice(0, inTime.indexOf(line));
    return findingsOf(line, before, lines, context);
  });
}

function findingsOf(
  line: RequestedLine,
  before: readonly RequestedLine[],
  all: readonly RequestedLine[],
  context: LetterContext,
): LetterFinding[] {
  const { today, terms, residence, place } = context;
  const found: LetterFinding[] = [];
  const add = (code: LetterFindingCode, message: string) =>
    found.push({ line: line.number, code, message, level: letterFindings[code] });
  const category = categoryOf(line.vaccine);
  const until = validUntil(today, terms.months);

  if (!terms.reasons.includes(context.reason))
    add("reason-not-accepted", "本市が依頼書を交付する理由に入っていません。");
  if (!terms.categories.includes(category))
    add("category-not-covered", `${category}類の予防接種は、依頼書の対象ではありません。`);
  if (line.plannedOn < today)
    add("planned-before", "接種の予定日が過ぎています。依頼書より前の接種は、依頼できません。");
  if (line.plannedOn > until)
    add("planned-after", `依頼書の有効期間（今日交付すると${until}まで）に入りません。`);
  const { from, to } = residence;
  if (from === undefined || line.plannedOn < from || (to !== undefined && to <= line.plannedOn))
    add("not-resident", "接種の予定日に、本市の住民ではありません。");
  if (all.some((other) => other.number < line.number && lineKey(other) === lineKey(line)))
    add("named-twice", "同じ回が、上の行にあります。");
  const elsewhere = context.openElsewhere.get(lineKey(line));
  if (elsewhere !== undefined) add("letter-open", `同じ回の依頼書 ${elsewhere} が有効です。`);
  const agreement = agreementWith(terms, place, category);
  if (agreement === "mutual" || agreement === "regional")
    add("contract-covers", "滞在先では、契約により、依頼書がなくても定期接種を受けられます。");
  if (agreement === "host-pays")
    add("host-pays", "滞在先の自治体が費用を負担するため、払戻しの対象になりません。");
  if (context.birth === undefined)
    add("birth-unknown", "生年月日が不詳のため、対象年齢を判定できません。");
  else addProblems({ ...context, birth: context.birth }, line, before, until, add);
  return found;
}

/** What the rules of vaccination say; an interval that ends while the letter holds is only told. */
function addProblems(
  context: LetterContext & { readonly birth: IsoDate },
  line: RequestedLine,
  before: readonly RequestedLine[],
  until: IsoDate,
  add: (code: LetterFindingCode, message: string) => void,
): void {
  const person: Person = {
    birth: context.birth,
    sex: context.sex,
    diedOn: context.diedOn,
    conditions: conditionsAt(context.circumstances ?? [], line.plannedOn),
  };
  const planned: Shot[] = before
    .filter(
      (other) =>
        seriesOf(other.vaccine) === seriesOf(line.vaccine) || other.plannedOn <= line.plannedOn,
    )
    .map(({ vaccine, dose, plannedOn }) => ({ vaccine, dose, date: plannedOn }));
  const problems = checkShot(person, [...context.history, ...planned], {
    vaccine: line.vaccine,
    dose: line.dose,
    date: line.plannedOn,
  });
  for (const { message, earliest } of problems)
    if (earliest !== undefined && earliest <= until)
      add("too-early", `${message}接種できるのは${earliest}からです。`);
    else add("not-in-order", message);
}
