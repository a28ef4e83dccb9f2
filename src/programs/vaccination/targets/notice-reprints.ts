import { z } from "zod";
import type { MailingKind } from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { outcomes } from "#workflows/vaccination/targets/outcomes.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import type { Shot } from "#workflows/vaccination/vocabulary.ts";
import { type ReprintReason, reprintReasons } from "../coupons.ts";
import { historiesOf } from "../shots.ts";
import { recipientsOfMail } from "../special/index.ts";
import { targetLetterMailing, targetPostcard } from "./kinds.ts";
import { type Notice, noticesByNumber } from "./notices.ts";
import type { TargetFacts } from "./pieces.ts";
import { type TargetVaccine, targetVaccines } from "./vaccines.ts";

/** So many pieces one order names at most. */
export const mostReprints = 1000;
const orderShape = z.strictObject({
  numbers: z
    .array(z.string().regex(/^\d{10}$/))
    .min(1)
    .max(mostReprints),
  reason: z.enum(Object.keys(reprintReasons) as [ReprintReason, ...ReprintReason[]]),
});
const readOrder = (parameters: unknown) => orderShape.parse(parameters);

const reasons = {
  done: outcomes.done,
  "not-due": "受けられる期間が終わった",
  withdrawn: "取り下げた通知・はがき",
} as const;
type Own = keyof typeof reasons;

/** A piece whose content is known: what is printed before this was kept at the counter is not. */
type WholeNotice = Notice & {
  label: string;
  usableFrom: string;
  usableTo: string;
  templateVersion: string;
};
/** Whether a letter or reminder can be printed as it was. */
export const isReprintable = (found: Notice): found is WholeNotice =>
  found.state === "sent" &&
  found.label !== null &&
  found.usableFrom !== null &&
  found.usableTo !== null &&
  found.templateVersion !== null;

/** What stood on a letter or reminder, and with what and when it was printed, by the vaccines of that day; nothing where the city has given up the vaccine. */
export function asSent(found: WholeNotice, vaccines: readonly TargetVaccine[]) {
  const { vaccine } = readTargetSubject(found.subject);
  const of = vaccines.find((one) => one.vaccine.id === vaccine);
  if (!of) return undefined;
  const { subject, label } = found;
  const days = { usableFrom: found.usableFrom as IsoDate, usableTo: found.usableTo as IsoDate };
  const facts: TargetFacts = { doses: [{ subject, of, label, ...days }] };
  const paper = { template: found.templateVersion, setting: found.formSettingId };
  return { facts, issued: { paper, on: found.issuedOn as IsoDate } };
}

/** Whether the dose that a letter speaks of has been given: itself or a later one, of a season or a pregnancy one since the letter. */
function wasGiven(found: Notice, history: readonly Shot[]): boolean {
  const { vaccine, dose, occasion } = readTargetSubject(found.subject);
  return history.some(
    (shot) =>
      shot.vaccine === vaccine &&
      (shot.date >= found.issuedOn || (occasion === "" && (shot.dose ?? 0) >= dose)),
  );
}

/** A small package of letters or reminders that came out spoilt or did not arrive: the same numbers once more, as they were. */
const reprintOf = (
  output: Notice["output"],
  of: typeof targetLetterMailing | typeof targetPostcard,
): MailingKind<TargetFacts, Own> => ({
  papers: of.papers,
  form: of.form,
  subjects: of.subjects,
  subjectTitle: of.subjectTitle,
  data: of.data,
  id: `vaccination-${output}-reprint`,
  title: `${of.title}（再印刷）`,
  asIssued: true,
  number: { title: of.number.title, sample: of.number.sample, read: of.number.read },
  reasons,
  describe(parameters) {
    const { numbers, reason } = readOrder(parameters);
    return [
      { label: "再印刷の理由", value: reprintReasons[reason] },
      { label: "整理番号", value: numbers.join("、") },
    ];
  },
  overlap(parameters, others) {
    const theirs = new Set(readOrder(others).numbers);
    const both = readOrder(parameters).numbers.filter((number) => theirs.has(number));
    return both.length > 0 ? { pieceNumbers: both } : null;
  },
  async select(work, { parameters }) {
    const known = await noticesByNumber(work, readOrder(parameters).numbers);
    return [...known.values()]
      .filter((found) => found.output === output && isReprintable(found))
      .map(({ number, personNumber, subject }) => ({ personNumber, subject, pieceNumber: number }));
  },
  async prepare(work, { datedOn }, pieces) {
    const known = await noticesByNumber(
      work,
      pieces.map(({ pieceNumber }) => pieceNumber),
    );
    const people = pieces.map(({ personNumber }) => personNumber);
    const to = await recipientsOfMail(work, pieces, datedOn);
    const histories = await historiesOf(work, people);
    const vaccines = new Map<string, readonly TargetVaccine[]>();
    for (const { issuedOn } of known.values())
      if (!vaccines.has(issuedOn))
        vaccines.set(issuedOn, await targetVaccines(work, issuedOn as IsoDate));
    return pieces.map(({ pieceNumber, personNumber }, at) => {
      const [found, whom] = [known.get(pieceNumber), to[at]];
      if (!found || !whom || !isReprintable(found)) return { leftOut: "withdrawn" };
      if (wasGiven(found, histories.get(personNumber) ?? [])) return { leftOut: "done" };
      const sent = asSent(found, vaccines.get(found.issuedOn) ?? []);
      if (!sent || found.usableTo < datedOn) return { leftOut: "not-due" };
      return { ...sent, to: whom };
    });
  },
  record: (work, { id, parameters }, pieces) =>
    noteReprinted(
      work,
      pieces.map(({ pieceNumber }) => pieceNumber),
      { reason: readOrder(parameters).reason, runId: id },
    ),
  async withdraw(work, runId) {
    await work.sql`select targets.withdraw_reprinted(${runId})`;
  },
});

/** 個別通知 and 勧奨はがき once more: each in packages of its own, since their paper differs. */
export const noticeReprints = {
  letter: reprintOf("letter", targetLetterMailing),
  postcard: reprintOf("postcard", targetPostcard),
} as const;

/** What a run that prints letters or reminders once more is ordered with. */
export const noticeReprintOrder = (
  output: Notice["output"],
  numbers: readonly string[],
  reason: ReprintReason,
) => ({
  title: `${noticeReprints[output].title} ${reprintReasons[reason]}`,
  parameters: readOrder({ numbers: [...new Set(numbers)], reason }),
});

/** Counts that letters or reminders are printed once more. @throws Problem 403, 422 where one was withdrawn or its content is not known */
export async function noteReprinted(
  work: Work,
  numbers: readonly string[],
  { reason, runId }: { reason: ReprintReason; runId: string | null },
): Promise<void> {
  await work.sql`
    select targets.note_reprinted(${[...numbers]}::text[], ${reason}, ${runId}::uuid)`.catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "MD019")
        throw new Problem({ status: 422, message: notReprintable });
      throw error;
    },
  );
}
export const notReprintable =
  "取り下げたものと、内容の記録がないものは再印刷できません。対象者抽出で作り直してください。";

/** Numbers of spoilt letters or reminders that nobody printed once more or settled otherwise, the first that were told of first. */
export async function spoiltNotices(work: Work, output: Notice["output"]): Promise<string[]> {
  const rows = await work.sql<{ number: string }[]>`
    select n.number from targets.piece_result p join targets.notice n on n.number = p.piece_number
     where p.result = 'spoilt' and p.settled is null and n.output = ${output} and n.state = 'sent' and n.label is not null
       and not exists (select from targets.notice_event e
             where e.number = n.number and e.event = 'reprinted' and e."on" >= p.told_on and e.run_id is distinct from p.run_id
               and not exists (select from targets.notice_event w where w.number = e.number and w.event = 'reprint-withdrawn' and w.run_id = e.run_id))
     group by n.number order by min(p.told_on), n.number`;
  return rows.map(({ number }) => number);
}
