import { missingDocumentsNotice, type Recipient } from "#forms/index.ts";
import { reliefDecision } from "#forms/vaccination/relief-decision.ts";
import { reliefForwarding } from "#forms/vaccination/relief-forwarding.ts";
import { reliefReceipt } from "#forms/vaccination/relief-receipt.ts";
import { approvalsOf, type CaseRow, deadlineOf } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { issueDocument } from "#src/platform/documents/index.ts";
import { documentChecksOf } from "#src/platform/intake/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  recipientOf,
  requireReleasedAddress,
  subjectOf,
} from "#src/platform/letters/index.ts";
import { cityParameterRows } from "#src/platform/parameters/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { prefecturalOffice } from "#workflows/vaccination/city-parameters-relief.ts";
import { claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { type ReliefDocument, reliefDocuments } from "#workflows/vaccination/relief/documents.ts";
import {
  type CommitteeOpinion,
  committeeOpinions,
  goesToTheState,
  harmClasses,
} from "#workflows/vaccination/relief/harm.ts";
import { vaccinationPapers } from "../papers.ts";
import { letterTo, personOf, printed } from "./address.ts";
import { answerOf, type ClaimFactsRow, factsOf } from "./basis.ts";
import { reliefBenefitsPart } from "./benefits-part.ts";
import { latestReport } from "./committee.ts";
import { benefitNames, vaccineName } from "./names.ts";
import { newestPackage } from "./package.ts";
import { reliefLetters } from "./program-letters.ts";

/** Letters of a claim, by kind of document. */
export const reliefPaperTitles = {
  "relief-receipt": "請求受付のお知らせ",
  hold: "不足書類のお知らせ",
  "relief-forwarding": "進達書",
  "relief-decision": "支給・不支給決定通知書",
} as const;
export type ReliefLetter = keyof typeof reliefPaperTitles;

const draft = "（下書き）";

/** What all letters of a claim have, and what they are about. @throws Problem 403 under 支援措置, 422 before anything was entered */
async function headOf(work: Work, found: CaseRow, number: string) {
  const facts = await factsOf(work, found.id);
  if (!facts) throw new Problem({ status: 422, message: "請求の内容が入力されていません。" });
  const person = await personOf(work, found.personNumber);
  const claimant =
    facts.claimantNumber === found.personNumber
      ? person
      : await personOf(work, facts.claimantNumber);
  requireReleasedAddress(work, [person, claimant]);
  const letter = {
    to: await letterTo(work, claimant),
    documentNumber: number,
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(found.officeCode),
    program: reliefLetters.title,
    facts: [
      { label: "請求日", value: formatWareki(facts.claimedOn as IsoDate) },
      { label: "請求の番号", value: found.number },
      { label: "接種を受けた方", value: shownName(person), purpose: "name" as const },
      { label: "請求する給付", value: benefitNames(facts.benefits).join("、") },
    ],
  };
  return { facts, person, claimant, letter };
}

const paperTitle = (code: string): string => {
  const { title, hint } = reliefDocuments[code as ReliefDocument] ?? { title: code, hint: "" };
  return hint ? `${title}（${hint}）` : title;
};

async function missingPapers(work: Work, caseId: string): Promise<string[]> {
  const checks = await documentChecksOf(work, caseId);
  return checks.flatMap(({ code, status }) => (status === "missing" ? [code] : []));
}

/**
 * A letter of a claim as it goes out now; without a number it is looked at only.
 *
 * @throws Problem 403 under 支援措置, 422 where what it tells of is not there yet
 */
export async function makeReliefLetter(
  work: Work,
  found: CaseRow,
  kind: ReliefLetter,
  number = draft,
): Promise<MadePaper> {
  const { facts, person, claimant, letter } = await headOf(work, found, number);
  const of = { subject: subjectOf(found), sample: number === draft };
  switch (kind) {
    case "relief-receipt":
      return makePaper(work, vaccinationPapers, {
        form: reliefReceipt,
        data: {
          ...letter,
          byState: goesToTheState(facts.class),
          missing: (await missingPapers(work, found.id)).map(paperTitle),
        },
        ...of,
      });
    case "hold":
      return makePaper(work, vaccinationPapers, {
        form: missingDocumentsNotice,
        data: {
          ...letter,
          documents: (await missingPapers(work, found.id)).map((code) => ({
            name: reliefDocuments[code as ReliefDocument]?.title ?? code,
            hint: reliefDocuments[code as ReliefDocument]?.hint ?? "",
          })),
          deadline: (await deadlineOf(work, found.id, "hold")) ?? letter.date,
        },
        ...of,
      });
    case "relief-forwarding":
      return makePaper(work, vaccinationPapers, {
        form: reliefForwarding,
        data: {
          ...letter,
          to: await prefectureOf(work),
          facts: [{ label: "請求の番号", value: found.number }],
          person: printed(person),
          claimant: shownName(claimant),
          relation: claimantRelations[facts.relation],
          benefits: benefitNames(facts.benefits),
          scheme: harmClasses[facts.class],
          vaccine: vaccineName(facts.vaccine),
          shotOn: facts.shotOn as IsoDate,
          committee: await reported(work, found.id),
          papers: await forwardedPapers(work, found.id),
        },
        ...of,
      });
    case "relief-decision":
      return makePaper(work, vaccinationPapers, {
        form: reliefDecision,
        data: { ...letter, ...(await decisionOf(work, found, facts)) },
        ...of,
      });
  }
}

/** 都道府県: to it goes what is 進達. Its office as two people of the city have entered it for today; before that the name alone. */
async function prefectureOf(work: Work): Promise<Recipient> {
  const name = `${(await cityOf(work)).prefecture}知事`;
  const { rows } = await cityParameterRows(work, prefecturalOffice);
  const today = work.platform.clock.today();
  const office = rows.find(({ from, to }) => from <= today && (!to || today <= to))?.value;
  if (!office) return { postalCode: "", address: "", name };
  const { postalCode, address, department } = office;
  return recipientOf(work, { postalCode, address, building: department ?? "", name });
}

async function reported(work: Work, caseId: string) {
  const report = await latestReport(work, caseId);
  if (!report) throw new Problem({ status: 422, message: "調査委員会の報告がありません。" });
  return { heldOn: report.heldOn, opinion: committeeOpinions[report.opinion as CommitteeOpinion] };
}

async function forwardedPapers(work: Work, caseId: string) {
  const made = await newestPackage(work, caseId);
  if (!made) throw new Problem({ status: 422, message: "進達する書類が整っていません。" });
  return made.scans.map(({ documentCode, pages }) => ({
    name: documentCode
      ? (reliefDocuments[documentCode as ReliefDocument]?.title ?? documentCode)
      : "その他の書類",
    pages,
  }));
}

/** What was decided or is proposed, in the words of the notice. */
async function decisionOf(work: Work, found: CaseRow, facts: ClaimFactsRow) {
  const { prefecture, name, mayor } = await cityOf(work);
  const proposal = (await approvalsOf(work, found.id)).findLast(
    ({ decision }) => decision !== "remanded" && decision !== "retracted",
  );
  if (!proposal)
    throw new Problem({ status: 422, message: "支給・不支給は、まだ起案されていません。" });
  const appeal = {
    reviewAuthority: `${prefecture}知事`,
    defendant: name,
    representative: mayor.title,
  };
  const state = goesToTheState(facts.class);
  const own = state
    ? ["予防接種法第15条、第16条"]
    : ["市の予防接種健康被害救済の定め（行政措置予防接種）"];
  if (proposal.subject === "refusal")
    return {
      lines: [],
      pensions: [],
      refused: await refusalOf(work, found, facts),
      basis: own,
      appeal,
    };
  const { payees, pensions, refused, basis } = await reliefBenefitsPart().lines(work, found.id);
  const [payee] = payees;
  return {
    lines: payees.flatMap(({ lines }) => lines),
    pensions,
    refused: refused.map(({ title, reason }) => `${title}　${reason}`),
    ...(payee?.payOn && payee.account
      ? { payment: { payOn: payee.payOn, account: payee.account } }
      : {}),
    basis: [...new Set([...own, ...basis])],
    appeal,
  };
}

/** Why nothing is paid: as the Minister answered, or as the city found after the committee's advice. */
async function refusalOf(
  work: Work,
  found: CaseRow,
  { class: of, benefits }: ClaimFactsRow,
): Promise<string[]> {
  const what = benefitNames(benefits).join("、");
  if (!goesToTheState(of))
    return [
      `${what}　予防接種健康被害調査委員会の調査の結果を受けて市が審査し、予防接種によるものと認められなかったため。`,
    ];
  const answered = await answerOf(work, found.id);
  if (answered?.outcome === "recognised") return [`${what}　支給する額がないため。`];
  if (answered?.outcome !== "denied")
    throw new Problem({ status: 422, message: "厚生労働大臣の否認の通知が記録されていません。" });
  return [
    `${what}　厚生労働大臣が、予防接種によるものと認定しなかったため（${formatWareki(answered.answeredOn as IsoDate)} ${answered.reference}）。`,
  ];
}

/** Issues a letter that a step of the claim left to be made; it is kept as printed. */
export async function issueReliefLetter(
  work: Work,
  found: CaseRow,
  kind: ReliefLetter,
): Promise<void> {
  const number = await documentNumber(work, reliefLetters, "document");
  const made = await makeReliefLetter(work, found, kind, number);
  await issueDocument(work, { number, kind, case: found, ...made });
}
