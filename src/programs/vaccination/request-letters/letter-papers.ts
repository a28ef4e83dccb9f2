import { joinPdfs, missingDocumentsNotice } from "#forms/index.ts";
import { interviewSheet } from "#forms/vaccination/interview-sheet.ts";
import { vaccinationRequest } from "#forms/vaccination/request.ts";
import { requestClaim } from "#forms/vaccination/request-claim.ts";
import { requestContact } from "#forms/vaccination/request-contact.ts";
import { requestCancellation, requestRejection } from "#forms/vaccination/request-ending.ts";
import { requestReport } from "#forms/vaccination/request-report.ts";
import { type CaseRow, latestApproval } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { issueDocument } from "#src/platform/documents/index.ts";
import { documentChecksOf } from "#src/platform/intake/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  subjectOf,
} from "#src/platform/letters/index.ts";
import { cityParameterOn, cityParameterRows } from "#src/platform/parameters/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import {
  letterCancellationReasons,
  type RequestReason,
  rejectionReasons,
  requestReasons,
} from "#workflows/vaccination/request-letters/reasons.ts";
import {
  letterTerms,
  type RefundTerms,
  refundTerms,
} from "#workflows/vaccination/request-letters/terms.ts";
import { getVaccine, seriesOf, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import { courseAndDose, diseasesOf } from "../vaccines.ts";
import { couponOfDose } from "./coupons-of-letter.ts";
import { letterDocuments } from "./documents.ts";
import { draft, historyInWords, type LetterPaperFacts, letterPaperFacts } from "./letter-facts.ts";
import { lettersOf } from "./requests.ts";

/** Papers of a letter by the kind that its effects name. */
export const letterPaperTitles = {
  "request-letter": "予防接種実施依頼書",
  "request-contact": "予防接種実施連絡票",
  "request-report": "予防接種実施結果報告書",
  "request-slips": "予診票",
  "request-claim-form": "予防接種費用払戻し請求書",
  rejection: "予防接種実施依頼書 不交付決定通知書",
  revocation: "予防接種実施依頼書 取消通知書",
  hold: "不足書類のお知らせ",
} as const;
type LetterPaper = keyof typeof letterPaperTitles;

interface Made {
  work: Work;
  found: CaseRow;
  facts: LetterPaperFacts;
  /** 文書番号; without one it is looked at only. */
  number: string | undefined;
}

const of = ({ found, number }: Made) => ({
  subject: subjectOf(found),
  sample: number === undefined,
});
const numbered = ({ facts: { data }, number }: Made) => ({
  ...data,
  documentNumber: number ?? draft,
});

/** 依頼書 itself, to the addressee. */
async function makeRequest(made: Made): Promise<MadePaper> {
  const { work, found, facts } = made;
  const { request, sealed } = facts.opened;
  const { name, postalCode, address, building } = sealed.to;
  const replaced = (await lettersOf(work, found.id))
    .filter(({ endedWhy }) => endedWhy === "replaced")
    .at(-1);
  const { stay } = sealed;
  return makePaper(work, vaccinationPapers, {
    form: vaccinationRequest,
    data: {
      ...numbered(made),
      to: {
        name,
        postalCode,
        address,
        ...(building ? { building } : {}),
        ...(request.addressee === "clinic" ? { honorific: "御中" } : {}),
      },
      addressee: request.addressee,
      stay: facts.isProtected ? "" : [stay.address, stay.building].filter(Boolean).join("　"),
      stayFrom: request.stayFrom as IsoDate,
      stayTo: request.stayTo as IsoDate,
      reason: requestReasons[request.reason as RequestReason],
      payment: request.payment,
      reissued: replaced && { number: replaced.number },
    },
    ...of(made),
  });
}

/** Until when a refund may be claimed, in words; nothing where the city has not set it. */
async function claimInWords(work: Work): Promise<string | undefined> {
  const today = work.platform.clock.today();
  const rows = await cityParameterRows(work, refundTerms);
  if (!rows.rows.some(({ from, to }) => from <= today && (to === undefined || today <= to)))
    return undefined;
  return deadlineInWords(rowOn(rows, today).value);
}
const deadlineInWords = ({ start, count, unit }: RefundTerms): string =>
  start === "fiscal-year"
    ? "接種を受けた年度の3月31日"
    : `${start === "payment" ? "支払った日" : "接種を受けた日"}の翌日から${count}${unit === "years" ? "年" : "か月"}を経過する日`;

async function makeContact(made: Made): Promise<MadePaper> {
  const { work, found, facts } = made;
  const series = new Set(facts.doses.map(({ vaccine }) => seriesOf(vaccine)));
  const claim = facts.opened.request.payment === "self" ? await claimInWords(work) : undefined;
  return makePaper(work, vaccinationPapers, {
    form: requestContact,
    data: {
      ...numbered(made),
      history: await historyInWords(
        work,
        found.personNumber,
        (vaccine) => series.has(seriesOf(vaccine)),
        formatWareki,
      ),
      claim,
    },
    ...of(made),
  });
}

const makeReport = (made: Made): Promise<MadePaper> =>
  makePaper(made.work, vaccinationPapers, {
    form: requestReport,
    data: numbered(made),
    ...of(made),
  });

/** 予診票, a sheet a dose, each with the codes of its 接種券. */
async function makeSlips(made: Made): Promise<MadePaper> {
  const { work, found, facts } = made;
  const { code: municipality } = await cityOf(work);
  const sheets: MadePaper[] = [];
  for (const { vaccine, dose } of facts.doses) {
    const coupon = await couponOfDose(work, found.personNumber, { vaccine, dose });
    const { person, address, guardian, office, from, until } = facts.data;
    sheets.push(
      await makePaper(work, vaccinationPapers, {
        form: interviewSheet as never,
        data: {
          person,
          address,
          guardian,
          office,
          number: {
            kind: getVaccine(vaccine).category === "A" ? "1" : "2",
            dose: String(dose),
            municipality,
            serial: coupon.number,
          },
          vaccine: vaccineLabel(vaccine),
          diseases: diseasesOf(vaccine),
          ...courseAndDose(coupon.label),
          from,
          until,
        } as never,
        ...of(made),
      }),
    );
  }
  const [first] = sheets;
  if (!first) throw new Error("a letter has a dose");
  return { ...first, pdf: await joinPdfs(sheets.map(({ pdf }) => pdf)) };
}

const makeClaimForm = (made: Made): Promise<MadePaper> => {
  const { applicant } = made.facts.opened;
  return makePaper(made.work, vaccinationPapers, {
    form: requestClaim,
    data: {
      ...numbered(made),
      applicant: {
        name: applicant.name,
        address: made.facts.isProtected
          ? ""
          : [applicant.address, applicant.building].filter(Boolean).join("　"),
        telephone: applicant.telephone,
      },
    },
    ...of(made),
  });
};

/** Why the decision was taken, as it was proposed last. */
async function reasonOf(
  work: Work,
  found: CaseRow,
  titles: Readonly<Record<string, string>>,
): Promise<string> {
  const [row] = await work.sql<{ reason: string | null }[]>`
    select detail ->> 'reason' as reason from cases.event
     where case_id = ${found.id} and act = 'propose' order by revision desc limit 1`;
  return `${titles[row?.reason ?? ""] ?? row?.reason ?? ""}。`;
}

async function makeRejection(made: Made): Promise<MadePaper> {
  const { work, found, facts } = made;
  const terms = await cityParameterOn(work, letterTerms, found.receivedOn as IsoDate);
  const { person, doses, ...data } = numbered(made);
  return makePaper(work, vaccinationPapers, {
    form: requestRejection,
    data: {
      ...data,
      facts: [
        { label: "申請日", value: formatWareki(found.receivedOn as IsoDate) },
        { label: "申請の番号", value: found.number },
      ],
      personName: person.name,
      doses: facts.opened.lines.map((_, index) => doses[index]?.title ?? ""),
      reason: await reasonOf(work, found, rejectionReasons),
      basis: terms.source,
      appeal: (await cityOf(work)).appeal,
    },
    ...of(made),
  });
}

async function makeCancellation(made: Made): Promise<MadePaper> {
  const { work, found } = made;
  const terms = await cityParameterOn(work, letterTerms, found.receivedOn as IsoDate);
  const { person, doses, ...data } = numbered(made);
  const letter = (await lettersOf(work, found.id)).at(-1);
  return makePaper(work, vaccinationPapers, {
    form: requestCancellation,
    data: {
      ...data,
      facts: [{ label: "申請日", value: formatWareki(found.receivedOn as IsoDate) }],
      letterNumber: letter?.number ?? "（交付前）",
      personName: person.name,
      doses: doses.map(({ title }) => title),
      from: data.date,
      reason: await reasonOf(work, found, letterCancellationReasons),
      basis: terms.source,
      appeal: (await cityOf(work)).appeal,
    },
    ...of(made),
  });
}

async function makeHold(made: Made): Promise<MadePaper> {
  const { work, found } = made;
  const checks = await documentChecksOf(work, found.id);
  const [deadline] = await work.sql<{ on: IsoDate }[]>`
    select due_on::text as on from cases.deadline where case_id = ${found.id} and kind = 'hold' and closed_at is null
     order by due_on desc limit 1`;
  return makePaper(work, vaccinationPapers, {
    form: missingDocumentsNotice,
    data: {
      ...numbered(made),
      program: "予防接種実施依頼書",
      facts: [
        { label: "申請日", value: formatWareki(found.receivedOn as IsoDate) },
        { label: "申請の番号", value: found.number },
      ],
      documents: checks
        .filter(({ status }) => status === "missing")
        .map(({ code }) => ({
          name: letterDocuments[code]?.title ?? code,
          hint: letterDocuments[code]?.hint ?? "",
        })),
      deadline: deadline?.on ?? work.platform.clock.today(),
    },
    ...of(made),
  });
}

const makers: Readonly<Record<LetterPaper, (made: Made) => Promise<MadePaper>>> = {
  "request-letter": makeRequest,
  "request-contact": makeContact,
  "request-report": makeReport,
  "request-slips": makeSlips,
  "request-claim-form": makeClaimForm,
  rejection: makeRejection,
  revocation: makeCancellation,
  hold: makeHold,
};
const isLetterPaper = (kind: string): kind is LetterPaper => Object.hasOwn(makers, kind);

/** Issues a paper that a step of a letter left to be made; it is kept as printed among the papers of the case. */
export async function issueLetterPaper(work: Work, found: CaseRow, kind: string): Promise<void> {
  if (!isLetterPaper(kind)) throw new Error(`a letter sends no ${kind}`);
  const facts = await letterPaperFacts(work, found);
  // 依頼書 has the number under which it was issued; every other paper takes one of its own.
  const number =
    kind === "request-letter"
      ? facts.data.letterNumber
      : await documentNumber(work, vaccinationLetters, "document");
  const made = await makers[kind]({ work, found, facts, number });
  await issueDocument(work, { number, kind, case: found, ...made });
}

/** What the open proposal would send or issue, to be looked at. @throws Problem for what cannot be printed or said yet */
export async function previewLetterPaper(work: Work, found: CaseRow): Promise<MadePaper> {
  const open = await latestApproval(work, found.id);
  if (!open) throw new Problem({ status: 422, message: "起案されていません。" });
  const { months } = (await cityParameterOn(work, letterTerms, found.receivedOn as IsoDate)).value;
  const facts = await letterPaperFacts(work, found, { months });
  const kind =
    open.subject === "rejection"
      ? "rejection"
      : open.subject === "cancellation"
        ? "revocation"
        : "request-letter";
  return makers[kind]({ work, found, facts, number: undefined });
}
