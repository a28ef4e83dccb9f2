import { z } from "zod";
import { adultCoupon, vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { couponSheet } from "#forms/vaccination/coupon-sheet.ts";
import { interviewLetter } from "#forms/vaccination/interview-letter.ts";
import { reminderPostcard } from "#forms/vaccination/reminder-postcard.ts";
import { targetLetter } from "#forms/vaccination/target-letter.ts";
import type { MailingKind } from "#src/platform/mailings/index.ts";
import { paperVersion } from "#src/platform/printing/index.ts";
import { monthStart } from "#workflows/dates/iso-date.ts";
import { dateSchema } from "#workflows/rules/rule.ts";
import { type Outcome, outcomes } from "#workflows/vaccination/targets/outcomes.ts";
import type { Output } from "#workflows/vaccination/targets/outputs.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import { couponData } from "../coupon-data.ts";
import { couponNumber } from "../coupon-mailing.ts";
import { issueCoupons, takeCouponNumbers, withdrawRun } from "../coupons.ts";
import { vaccinationPapers } from "../papers.ts";
import { courseAndDose } from "../vaccines.ts";
import { bookletNumbers, takeBookletNumbers } from "./booklet-numbers.ts";
import { getExtraction } from "./extractions.ts";
import { noteSent, withdrawSent } from "./notices.ts";
import { candidatesOf, type DoseFacts, preparePieces, type TargetFacts } from "./pieces.ts";
import { subjectTitle } from "./titles.ts";

const orderShape = z.strictObject({
  extraction: z.uuid(),
  number: z.string(),
  on: dateSchema,
  /** The doses that were found. */
  subjects: z.array(z.string()).min(1),
});
export type TargetRunOrder = z.infer<typeof orderShape>;
export const readTargetOrder = (parameters: unknown): TargetRunOrder =>
  orderShape.parse(parameters);

/** Why somebody of an extraction gets nothing after all, beside the common reasons. */
const reasons = {
  done: outcomes.done,
  "not-due": "対象でなくなった（期限切れ・抽出の後の変更）",
} as const;
type Own = keyof typeof reasons;

/** What a kind has of its own: the paper, and what is entered once it is printed. */
type Spec = Pick<MailingKind<TargetFacts, Own>, "id" | "title" | "form" | "data" | "record"> & {
  output: Output;
  number: MailingKind["number"];
  withdraw: MailingKind["withdraw"];
};

/** A kind that sends to the people of an extraction. What was found is judged anew as often as it is printed. */
function targetMailing({ output, ...spec }: Spec): MailingKind<TargetFacts, Own> {
  return {
    papers: vaccinationPapers,
    subjects: "予防接種・回",
    subjectTitle,
    reasons,
    describe(parameters) {
      const { number, on, subjects } = readTargetOrder(parameters);
      return [
        { label: "抽出", value: `${number}（${on}現在）` },
        { label: "予防接種・回", value: subjects.map(subjectTitle).join("、") },
      ];
    },
    overlap(parameters, others) {
      const [mine, theirs] = [readTargetOrder(parameters), readTargetOrder(others)];
      const both = mine.subjects.filter((subject) => theirs.subjects.includes(subject));
      const near =
        mine.extraction === theirs.extraction || monthStart(mine.on) === monthStart(theirs.on);
      if (both.length === 0 || !near) return null;
      return { subjects: output === "booklet" ? [bookletSubject] : both };
    },
    async select(work, { parameters }) {
      const { extraction } = readTargetOrder(parameters);
      return candidatesOf(work, await getExtraction(work, extraction));
    },
    async prepare(work, { parameters, datedOn }, pieces) {
      const { extraction } = readTargetOrder(parameters);
      const prepared = await preparePieces(work, await getExtraction(work, extraction), {
        pieces,
        datedOn,
      });
      return prepared.map((one) => ("outcome" in one ? { leftOut: reasonOf(one.outcome) } : one));
    },
    ...spec,
  };
}

function reasonOf(outcome: Outcome | undefined) {
  if (outcome === "already-sent" || outcome === "done") return outcome;
  return outcome === "birth-unknown" ? outcome : ("not-due" as const);
}

const bookletSubject = "booklet";
const first = ({ doses: [dose] }: TargetFacts): DoseFacts => {
  if (!dose) throw new Error("a piece without a dose");
  return dose;
};
const couponFactsOf = (dose: DoseFacts, { caution }: TargetFacts) => ({
  caution,
  label: dose.label,
  usableFrom: dose.usableFrom,
  usableTo: dose.usableTo,
  named: dose.of,
});

/** Coupons of one dose each, on paper of their own. */
const single = (
  spec: Pick<Spec, "id" | "title" | "output"> & { form: typeof vaccinationCoupon },
): MailingKind<TargetFacts, Own> =>
  targetMailing({
    ...spec,
    number: { ...couponNumber, take: takeCouponNumbers },
    data: (piece, by) =>
      couponData({ ...piece, facts: couponFactsOf(first(piece.facts), piece.facts) }, by),
    record: (work, run, pieces) =>
      issueCoupons(
        work,
        pieces.map(({ personNumber, pieceNumber, facts, paper, datedOn }) => {
          const { subject, label, usableFrom, usableTo } = first(facts);
          const days = { usableFrom, usableTo, issuedOn: datedOn };
          const of = { number: pieceNumber, personNumber, paper, label };
          return { ...of, ...readTargetSubject(subject), ...days };
        }),
        run.id || null,
      ),
    withdraw: withdrawRun,
  });

/** 接種券 of A類. */
export const targetCoupon = single({
  id: "vaccination-target-coupon",
  title: "予防接種券（抽出）",
  output: "coupon",
  form: vaccinationCoupon,
});
/** 接種券 of B類 and of the city's own vaccines. */
export const targetAdultCoupon = single({
  id: "vaccination-target-coupon-adult",
  title: "予防接種券（抽出・B類と市独自）",
  output: "coupon",
  form: adultCoupon,
});
/** 予診票 with its 券番号. */
export const targetInterview = single({
  id: "vaccination-target-interview",
  title: "予診票（抽出・券番号入り）",
  output: "interview",
  form: interviewLetter,
});

/** つづり: the coupons of all doses of a child in one letter; its number is that of the first of them. */
export const targetBooklet = targetMailing({
  id: "vaccination-target-booklet",
  title: "予防接種券つづり",
  output: "booklet",
  form: couponSheet,
  number: { ...couponNumber, take: takeBookletNumbers },
  data(piece, by) {
    const numbers = bookletNumbers(piece.pieceNumber, piece.facts.doses.length);
    const coupons = piece.facts.doses.map((dose, index) =>
      couponData(
        {
          ...piece,
          subject: dose.subject,
          pieceNumber: numbers[index] ?? piece.pieceNumber,
          facts: couponFactsOf(dose, piece.facts),
        },
        by,
      ),
    );
    const [cover] = coupons;
    if (!cover) throw new Error("a booklet without coupons");
    const { to, person, issuedOn, issuer, office, caution } = cover;
    return { to, person, issuedOn, issuer, office, coupons, caution };
  },
  record: (work, run, pieces) =>
    issueCoupons(
      work,
      pieces.flatMap(({ personNumber, pieceNumber, facts, paper, datedOn }) => {
        const numbers = bookletNumbers(pieceNumber, facts.doses.length);
        // One of them that is printed again stands on a sheet of its own.
        const alone = {
          ...paper,
          template: paperVersion(vaccinationCoupon, paper.setting).template,
        };
        return facts.doses.map(({ subject, label, usableFrom, usableTo }, index) => ({
          number: numbers[index] ?? "",
          personNumber,
          paper: alone,
          label,
          ...readTargetSubject(subject),
          usableFrom,
          usableTo,
          issuedOn: datedOn,
        }));
      }),
      run.id || null,
    ),
  withdraw: withdrawRun,
});

const noticeNumber = {
  ...couponNumber,
  title: "整理番号",
  take: takeCouponNumbers,
};

/** 個別通知: a letter without a coupon. */
export const targetLetterMailing = targetMailing({
  id: "vaccination-target-letter",
  title: "予防接種の個別通知",
  output: "letter",
  form: targetLetter,
  number: noticeNumber,
  data: (piece, { issuer, office }) => {
    const { of, label, usableFrom, usableTo } = first(piece.facts);
    const { course, dose } = courseAndDose(label);
    return {
      to: piece.to,
      person: { name: piece.person.name.kanji, birthDate: piece.person.birthDate },
      vaccine: of.name,
      diseases: of.diseases,
      dose: [course, dose].filter(Boolean).join("　"),
      from: usableFrom,
      until: usableTo,
      number: piece.pieceNumber,
      issuedOn: piece.datedOn,
      issuer,
      office,
    };
  },
  record: (work, run, pieces) => noteSent(work, "letter", run.id, pieces),
  withdraw: withdrawSent,
});

/** 勧奨はがき: who has not had a dose yet is reminded of it. */
export const targetPostcard = targetMailing({
  id: "vaccination-target-postcard",
  title: "予防接種の勧奨はがき",
  output: "postcard",
  form: reminderPostcard,
  number: noticeNumber,
  data: (piece, { office }) => {
    const { of, label, usableTo } = first(piece.facts);
    const { course, dose } = courseAndDose(label);
    return {
      to: piece.to,
      person: { name: piece.person.name.kanji },
      vaccine: of.name,
      dose: [course, dose].filter(Boolean).join("　"),
      until: usableTo,
      sentOn: piece.datedOn,
      number: piece.pieceNumber,
      office,
    };
  },
  record: (work, run, pieces) => noteSent(work, "postcard", run.id, pieces),
  withdraw: withdrawSent,
});

export const targetMailings = [
  targetCoupon,
  targetAdultCoupon,
  targetInterview,
  targetBooklet,
  targetLetterMailing,
  targetPostcard,
] as const;

/** The kind in which an extraction goes to the post: coupons of A類 on one paper, of B類 and the city's own on another. */
export function mailingOf(
  output: Exclude<Output, "session">,
  kinds: ReadonlySet<"1" | "2" | "3">,
): MailingKind<TargetFacts, Own> {
  if (output === "coupon") return kinds.has("1") ? targetCoupon : targetAdultCoupon;
  return {
    interview: targetInterview,
    booklet: targetBooklet,
    letter: targetLetterMailing,
    postcard: targetPostcard,
  }[output];
}
