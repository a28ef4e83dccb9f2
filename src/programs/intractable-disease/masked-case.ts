import type { MaskedApplication } from "#forms/intractable-disease/panel-papers.ts";
import { enteredOf } from "#src/platform/applications/index.ts";
import { type CaseRow, peopleOfCase } from "#src/platform/cases/index.ts";
import { inquiriesOf } from "#src/platform/intake/index.ts";
import { lookAtPeople, lookAtPerson, yearsOn } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { recordResults } from "#workflows/intractable-disease/review.ts";
import { maskNames } from "#workflows/names/mask.ts";
import { intractable } from "./application.ts";
import { doctorOn } from "./doctors.ts";
import type { Entered } from "./entered.ts";
import { recordResultOf, referralsOf } from "./review.ts";
import { doctorKindTitles, sortTitles } from "./titles.ts";

const sexes: Readonly<Record<string, string>> = { male: "男", female: "女" };

/** What the newest entry says. @throws Problem 422 before anything was entered */
export async function requireEntered(work: Work, found: CaseRow): Promise<Entered> {
  const entered = await enteredOf(work, intractable, found);
  if (!entered) throw new Problem({ status: 422, message: "申請の内容が入力されていません。" });
  return entered;
}

/** An application as the panel sees it: no name, address or number; names in the words of entry and answers are taken out. */
export async function maskedCase(
  work: Work,
  found: CaseRow,
  position: number,
): Promise<MaskedApplication> {
  const receivedOn = found.receivedOn as IsoDate;
  const entered = await requireEntered(work, found);
  const mask = await maskerOf(work, found, entered.applicant);
  const subject = await lookAtPerson(work, found.personNumber, ["facts"]);
  const years = subject && yearsOn(subject, receivedOn);
  const diseases: MaskedApplication["diseases"][number][] = [];
  for (const { disease, doctor, writtenOn, severeOn, note, denied } of entered.records) {
    const listed = await doctorOn(work, doctor, writtenOn);
    diseases.push({
      title: `${diseaseTitle(disease, receivedOn)}${denied ? "　非認定の疾病" : ""}`,
      doctor: listed ? `${doctorKindTitles[listed.kind]}　${mask(listed.specialty)}` : "一覧にない",
      writtenOn,
      severeOn: severeOn === "" ? undefined : severeOn,
      note: mask(note),
    });
  }
  const [newest] = await referralsOf(work, found.id);
  const result = await recordResultOf(work, found.id);
  return {
    label: `事例${position}`,
    person:
      `${years === undefined ? "年齢不明" : `${years}歳`}（申請した日）　${sexes[subject?.sex ?? ""] ?? ""}`.trim(),
    sort: `${sortTitles[entered.sort]}${newest?.again ? "　再審査" : ""}`,
    check: result ? recordResults[result] : "記録なし",
    diseases,
    mildHighCost: entered.mildHighCost,
    inquiries: (await inquiriesOf(work, found.id)).flatMap(
      ({ subject: about, answer, answeredOn }) =>
        about === "doctor" && answer && answeredOn
          ? [`${formatWareki(answeredOn as IsoDate)}の回答: ${mask(answer)}`]
          : [],
    ),
  };
}

/** Takes out of a text the names of all people of the application, and of who applied. */
async function maskerOf(
  work: Work,
  { id }: CaseRow,
  applicant: { name: string; kana: string },
): Promise<(text: string) => string> {
  const people = await lookAtPeople(work, await peopleOfCase(work, id), ["name"]);
  const names = people.flatMap(({ name }) =>
    name ? [name.kanji, name.kana, name.commonName, name.commonKana, name.alphabetic] : [],
  );
  const all = [...names, applicant.name, applicant.kana].filter((one) => one !== undefined);
  return (text) => maskNames(text, all);
}
