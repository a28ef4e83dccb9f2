import { createHash } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { pensionPaper } from "#db/schema/relief-pensions.ts";
import {
  type PensionTerms,
  reliefPensionCertificate,
  reliefPensionNotice,
  reliefPensionReport,
} from "#forms/vaccination/relief-pension.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  requireReleasedAddress,
  subjectOf,
} from "#src/platform/letters/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { MissingParameterError, rowOn } from "#workflows/parameters/dated.ts";
import { yen } from "#workflows/text/yen.ts";
import { yearlyPension } from "#workflows/vaccination/relief/amounts.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { pensionCalendar } from "#workflows/vaccination/relief/pension.ts";
import { vaccinationPapers } from "../papers.ts";
import { letterTo, personOf } from "../relief/address.ts";
import { reliefLetters } from "../relief/program-letters.ts";
import { amountsOfCity } from "./parameters.ts";
import { endReasons, type PensionDetails, pensionNumber, readPension } from "./pensions.ts";

/** Papers of a pension. */
export const paperTitles = {
  certificate: "年金証書",
  change: "額改定通知書",
  stop: "支払差止通知書",
  resumption: "差止解除通知書",
  end: "失権通知書",
  report: "現況届",
  warning: "現況届の催告",
} as const;
export type PensionPaperKind = keyof typeof paperTitles;

/** The yearly amounts of the terms that hold, as of the months from which they do or of today. */
async function termsOf(work: Work, { pension, terms }: PensionDetails): Promise<PensionTerms[]> {
  const city = await amountsOfCity(work);
  const today = work.platform.clock.today();
  return terms
    .filter(({ decision }) => decision === "approved")
    .toSorted((a, b) => (a.fromMonth < b.fromMonth ? -1 : 1))
    .map(({ fromMonth, grade, homeCare, otherBenefits }, index, all) => {
      const from = fromMonth as IsoDate;
      // The one that holds now is written with the amount of now.
      const on = index === all.length - 1 ? later(from, today) : from;
      const of = { class: pension.class, benefit: pension.benefit, grade, homeCare, otherBenefits };
      const got = yearlyOn(of, on, city);
      return {
        from,
        grade: pension.benefit === "survivor-pension" ? "―" : `${grade}級`,
        yearly: got.amount,
        note: got.steps.map(({ label, amount }) => `${label} ${yen(amount)}`).join("、"),
      };
    });
}

/** @throws Problem 422 that names the amount that is not registered */
function yearlyOn(...[facts, on, city]: Parameters<typeof yearlyPension>) {
  try {
    const got = yearlyPension(facts, on, city);
    if (got) return got;
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new Problem({
      status: 422,
      message: `${error.parameter}が、${formatWareki(error.on)}について登録されていません。`,
      details: ["制度担当者が「制度の数値」で起案し、別の職員が承認してください。"],
    });
  }
  throw new Problem({ status: 422, message: "この年金に、その等級はありません。" });
}

const lastOf = (details: PensionDetails, event: string) =>
  details.events.findLast((one) => one.event === event);
const monthOf = (month: string) => formatWareki(month as IsoDate).replace(/1日$/u, "分");

/** What a notice says, of what was decided last. @throws Problem 422 where there is no such decision */
function decidedOf(details: PensionDetails, kind: "change" | "stop" | "resumption" | "end") {
  const { pension } = details;
  const event = lastOf(details, `approve-${kind}`);
  if (!event)
    throw new Problem({
      status: 422,
      message: `${paperTitles[kind]}を出す決定は、まだありません。`,
    });
  const on = formatWareki(event.on as IsoDate);
  if (kind === "change") {
    const newest = details.terms.filter(({ decision }) => decision === "approved").at(-1);
    return [`${monthOf(newest?.fromMonth ?? "")}から、次のとおり年金の額を改定します。`];
  }
  if (kind === "stop")
    return [
      `現況届が提出されていないため、${on}から年金の支払を差し止めます。`,
      "現況届が提出され、受給権が確かめられたときは、差し止めた分も支払います。",
    ];
  if (kind === "resumption") return [`${on}に、年金の支払の差止めを解除しました。`];
  return [
    `次の事由により、${formatWareki(pension.endedOn as IsoDate)}に年金を受ける権利が消滅しました。`,
    `事由：${pension.endReason ? endReasons[pension.endReason] : ""}`,
    `年金は、${pension.lastMonth ? monthOf(pension.lastMonth) : ""}まで支払います。`,
  ];
}

/** A paper as it goes out now. @throws Problem 403 under 支援措置, 422 where what it tells of is not there */
async function makePensionPaper(
  work: Work,
  details: PensionDetails,
  kind: PensionPaperKind,
  number: string,
): Promise<MadePaper> {
  const { pension } = details;
  const found = await getCase(work, pension.caseId);
  const payee = await personOf(work, pension.arrearsPayee ?? pension.payeeNumber);
  requireReleasedAddress(work, [payee]);
  const city = await cityOf(work);
  const today = work.platform.clock.today();
  const letter = {
    to: await letterTo(work, payee),
    documentNumber: number,
    date: today,
    office: (await officeFinder(work))(found.officeCode),
    program: reliefLetters.title,
    facts: [
      { label: "年金の種類", value: reliefBenefits[pension.benefit] },
      { label: "受給者", value: shownName(payee), purpose: "name" as const },
    ],
  };
  const of = { subject: subjectOf(found), sample: false };
  if (kind === "certificate")
    return makePaper(work, vaccinationPapers, {
      form: reliefPensionCertificate,
      data: {
        ...letter,
        number: pensionNumber(pension),
        pension: reliefBenefits[pension.benefit],
        terms: await termsOf(work, details),
        ...(pension.lastMonth ? { last: pension.lastMonth as IsoDate } : {}),
        paidIn: rowOn(pensionCalendar, today)
          .value.months.map((month) => `${month}月`)
          .join("、"),
      },
      ...of,
    });
  if (kind === "report" || kind === "warning") {
    const open = details.reports.find(({ answeredOn }) => answeredOn === null);
    if (!open || (kind === "warning" && !open.warnedUntil))
      throw new Problem({
        status: 422,
        message:
          kind === "warning"
            ? "催告した現況届がありません。"
            : "提出を求めている現況届がありません。",
      });
    return makePaper(work, vaccinationPapers, {
      form: reliefPensionReport,
      data: {
        ...letter,
        number: pensionNumber(pension),
        year: formatWareki(`${open.year}-12-31` as IsoDate).replace(/12月31日$/u, ""),
        dueOn: open.dueOn as IsoDate,
        ...(kind === "warning" ? { warnedUntil: open.warnedUntil as IsoDate } : {}),
      },
      ...of,
    });
  }
  return makePaper(work, vaccinationPapers, {
    form: reliefPensionNotice,
    data: {
      ...letter,
      heading: paperTitles[kind],
      facts: [{ label: "証書の番号", value: pensionNumber(pension) }, ...letter.facts],
      decided: decidedOf(details, kind),
      terms: kind === "change" ? (await termsOf(work, details)).slice(-1) : [],
      basis:
        pension.class === "city"
          ? "市の予防接種健康被害救済の定め（行政措置予防接種）"
          : "予防接種法第15条、第16条",
      appeal: {
        reviewAuthority: `${city.prefecture}知事`,
        defendant: city.name,
        representative: city.mayor.title,
      },
    },
    ...of,
  });
}

/** Issues a paper of a pension and keeps it as it was printed. @returns its id */
export async function issuePensionPaper(
  work: Work,
  pensionId: string,
  kind: PensionPaperKind,
): Promise<string> {
  const details = await readPension(work, pensionId);
  const { pension } = details;
  const number = await documentNumber(work, reliefLetters, "document");
  const { pdf, paper } = await makePensionPaper(work, details, kind, number);
  const sealed = await putSealed(work, {
    holder: pension.personNumber,
    program: "vaccination",
    kind: "document",
    caseId: pension.caseId,
    data: Buffer.from(pdf).toString("base64"),
  });
  const [row] = await work.sql<{ id: string }[]>`
    select relief_benefits.keep_paper(${pensionId}, ${kind}, ${number}, ${paper.template},
      ${paper.setting}, ${createHash("sha256").update(pdf).digest("hex")}, ${sealed}) as id`;
  if (!row) throw new Error("a paper has an id");
  return row.id;
}

/** Papers of a pension, the newest first. */
export const papersOf = (work: Work, pensionId: string) =>
  work.tx
    .select()
    .from(pensionPaper)
    .where(eq(pensionPaper.pensionId, pensionId))
    .orderBy(desc(pensionPaper.madeAt));

/** A paper as it was printed. @throws Problem 404 */
export async function keptPaper(
  work: Work,
  pensionId: string,
  paperId: string,
): Promise<Uint8Array> {
  const paper = (await papersOf(work, pensionId)).find(({ id }) => id === paperId);
  if (!paper) throw notFound("文書が見つかりません。");
  return Buffer.from(await getSealedOne<string>(work, paper.sealedId), "base64");
}
