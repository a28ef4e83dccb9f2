import type { MaskedCase } from "#forms/vaccination/relief-papers.ts";
import { type CaseRow, peopleOfCase } from "#src/platform/cases/index.ts";
import { documentChecksOf } from "#src/platform/intake/index.ts";
import { lookAtPeople, lookAtPerson, yearsOn } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { maskNames } from "#workflows/names/mask.ts";
import { type ReliefDocument, reliefDocuments } from "#workflows/vaccination/relief/documents.ts";
import { harmClasses } from "#workflows/vaccination/relief/harm.ts";
import { factsOf } from "./basis.ts";
import { openSealedRelief } from "./keep-entry.ts";
import { benefitNames, vaccineName } from "./names.ts";

/** A case as the committee sees it: no name, address or number; names in the words of the claim are taken out. */
export async function maskedCase(
  work: Work,
  found: CaseRow,
  position: number,
): Promise<MaskedCase> {
  const facts = await factsOf(work, found.id);
  const words = await openSealedRelief(work, found.id);
  const subject = await lookAtPerson(work, found.personNumber, ["facts"]);
  if (!facts || !words || !subject)
    throw new Problem({ status: 422, message: "請求の内容が入力されていません。" });
  const shotOn = facts.shotOn as IsoDate;
  const people = await lookAtPeople(work, await peopleOfCase(work, found.id), ["name"]);
  const names = people.flatMap(({ name }) =>
    name ? [name.kanji, name.kana, name.commonName, name.commonKana, name.alphabetic] : [],
  );
  const mask = (text: string) =>
    maskNames(
      text,
      names.filter((one) => one !== undefined),
    );
  const years = yearsOn(subject, shotOn);
  const checks = await documentChecksOf(work, found.id);
  return {
    label: `事例${position}`,
    person:
      `${years === undefined ? "年齢不明" : `${years}歳`}（接種した日）　${subject.sex === "male" ? "男" : subject.sex === "female" ? "女" : ""}`.trim(),
    scheme: harmClasses[facts.class],
    vaccine: vaccineName(facts.vaccine),
    shotOn,
    onsetOn: words.onsetOn,
    benefits: benefitNames(facts.benefits),
    symptoms: mask(words.symptoms),
    institutions: mask(words.institutions ?? ""),
    papers: checks.flatMap(({ code, status }) =>
      status === "seen" ? [reliefDocuments[code as ReliefDocument]?.title ?? code] : [],
    ),
  };
}
