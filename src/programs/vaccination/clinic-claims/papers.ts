import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { claimPaper, claimRow } from "#db/schema/clinic-claims.ts";
import {
  checkText,
  describeProblem,
  type Form,
  type Issuer,
  PiecesHeld,
  writeForm,
} from "#forms/index.ts";
import {
  type ClaimPaperLine,
  clinicDifference,
  clinicReturns,
  clinicStatement,
  type SetOffLine,
} from "#forms/vaccination/clinic-claim.ts";
import { barcodesOf } from "#src/platform/letters/customer-barcode.ts";
import { documentNumber } from "#src/platform/letters/index.ts";
import { accountInWords, payableOf, settingInForce } from "#src/platform/payments/index.ts";
import { lookAtPeople, shownKana, shownName } from "#src/platform/people/index.ts";
import { officeFinder, paperVersion, printingOf } from "#src/platform/printing/index.ts";
import { conflict, notFound, Problem } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import {
  correctionReasons,
  judgingReasonTitle,
  lineReasons,
} from "#workflows/vaccination/clinic-claims/findings.ts";
import { contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { doseLabel, findVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { clinicAccountOn, openClinicAccounts } from "../clinics/accounts.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import {
  type ClinicClaim,
  clinicClaimNumber,
  clinicCorrectionNumber,
  comparedLines,
  getClinicClaim,
  isDifferent,
  recordOfClinicClaim,
  rowFigures,
  rowsOfClinicClaim,
} from "./claims.ts";
import { claimantsOf } from "./payees.ts";
import { sumsOf } from "./steps.ts";

/** What goes to a clinic from the decision on its claim. */
export const clinicPaperTitles = {
  statement: "支払明細書",
  returned: "返戻一覧",
  difference: "差額通知",
} as const;
export type ClinicPaperKind = keyof typeof clinicPaperTitles;

/** Slips on one list of what goes back. */
const slipsAList = 2000;
const draft = "（決裁後に付番）";

/** 小児用肺炎球菌 1回目（予診のみ） */
export function pricedTitle(line: {
  vaccine: string;
  dose: number;
  product?: string;
  outcome: string;
}): string {
  const found = findVaccine(line.vaccine);
  const label = found ? doseLabel(line.vaccine as VaccineId, line.dose) : `${line.dose}回目`;
  const period = found?.period && !label.startsWith(found.period) ? found.period : "";
  return [
    [found?.label ?? line.vaccine, period, label].filter(Boolean).join(" "),
    line.product ? `［${line.product}］` : "",
    line.outcome === "screened" ? "（予診のみ）" : "",
  ].join("");
}

/** `2026-11` as 令和8年11月. */
const monthInWords = (month: string): string =>
  formatWareki(`${month}-01` as IsoDate).replace(/1日$/, "");

/** Which papers a claim has: 返戻一覧 and 差額通知 only where there is something to say. */
export async function papersOfDecision(work: Work, row: ClinicClaim): Promise<ClinicPaperKind[]> {
  const lines = await comparedLines(work, row.id);
  const back = (await rowFigures(work, row.id)).some(({ disposition }) => disposition === "return");
  return [
    "statement",
    ...(back ? (["returned"] as const) : []),
    ...(lines.some(isDifferent) ? (["difference"] as const) : []),
  ];
}

async function common(work: Work, row: ClinicClaim, number: string) {
  const to = (await claimantsOf(work, [row.claimantCode])).get(row.claimantCode);
  if (!to) throw notFound("請求者が、医療機関台帳にありません。");
  const office = (await officeFinder(work))("");
  const [barcode] = await barcodesOf(work, [
    { postalCode: to.postalCode, address: to.address, building: "" },
  ]);
  return {
    to: {
      postalCode: to.postalCode,
      address: to.address,
      name: to.name,
      honorific: "御中",
      ...(barcode !== undefined && { barcode }),
    },
    documentNumber: number,
    date: work.platform.clock.today(),
    office,
    program: vaccinationLetters.title,
    facts: [],
    month: monthInWords(row.month),
    claimNumber: clinicClaimNumber(row),
    contract: contractKinds[row.kind],
  };
}

async function dataOf(work: Work, row: ClinicClaim, kind: ClinicPaperKind, number: string) {
  const head = await common(work, row, number);
  const compared = await comparedLines(work, row.id);
  const figures = await rowFigures(work, row.id);
  const returned = figures.find(({ disposition }) => disposition === "return")?.rows ?? 0;
  const line = (one: (typeof compared)[number]): ClaimPaperLine => ({
    title: pricedTitle(one),
    claimed: one.claimed,
    claimedYen: one.claimedYen,
    paid: one.paid,
    paidYen: one.paidYen,
  });
  if (kind === "difference")
    return {
      ...head,
      returned,
      lines: compared.filter(isDifferent).map((one) => ({
        ...line(one),
        reason: one.accepted ? lineReasons[one.accepted] : "",
      })),
    };
  if (kind === "returned") return { ...head, slips: await returnedSlips(work, row) };
  const sums =
    row.amount === null
      ? await sumsOf(work, row.id)
      : {
          amount: row.amount,
          tax: row.tax ?? 0,
          pay: row.pay ?? 0,
          carry: row.carry ?? 0,
        };
  return {
    ...head,
    returned,
    lines: compared.map(line),
    setOff: await setOffLines(work, row),
    amount: sums.amount,
    tax: sums.tax,
    pay: sums.pay,
    carry: sums.carry,
    payment: sums.pay > 0 ? await paymentOf(work, row) : undefined,
  };
}

async function setOffLines(work: Work, row: ClinicClaim): Promise<SetOffLine[]> {
  const { applied, carried } = await recordOfClinicClaim(work, row);
  const lines: SetOffLine[] = [];
  for (const one of applied) {
    const [about] = await work.tx.select().from(claimRow).where(eq(claimRow.id, one.rowId));
    const before = await getClinicClaim(work, one.claimId);
    lines.push({
      number: clinicCorrectionNumber(one),
      title: `${monthInWords(before.month)}分 ${about ? pricedTitle(about) : ""}`,
      reason: correctionReasons[one.reason],
      difference: one.after - one.before,
    });
  }
  for (const one of carried)
    lines.push({
      number: clinicClaimNumber(one),
      title: `${monthInWords(one.month)}分からの繰越し`,
      reason: "過誤の残り",
      difference: one.carry ?? 0,
    });
  return lines;
}

/** When and where it is paid: of the calendar of payments, until it is. */
async function paymentOf(work: Work, row: ClinicClaim) {
  const payable = row.decisionId
    ? await payableOf(work, {
        program: "vaccination",
        sourceKind: "clinic-claim",
        sourceId: row.decisionId,
      })
    : undefined;
  const today = work.platform.clock.today();
  const days = await settingInForce(work, "vaccination");
  const payOn =
    (payable?.paidOn as IsoDate | null | undefined) ?? transferDay(nextClosing(today, days), days);
  const account = await clinicAccountOn(work, row.claimantCode, payOn);
  const opened = account
    ? (await openClinicAccounts(work, [account.sealedId])).get(account.sealedId)
    : undefined;
  return { payOn, account: opened ? accountInWords(opened) : "（口座の確認中）" };
}

async function returnedSlips(work: Work, row: ClinicClaim) {
  const { rows } = await rowsOfClinicClaim(work, row.id, ["return"], { from: 0, size: slipsAList });
  const people = new Map(
    (
      await lookAtPeople(
        work,
        [...new Set(rows.flatMap(({ personNumber }) => personNumber ?? []))],
        ["facts", "name"],
      )
    ).map((person) => [person.personNumber, person]),
  );
  const clinics = await claimantsOf(
    work,
    rows.map(({ clinicCode }) => clinicCode),
  );
  const { fonts } = await printingOf(work, vaccinationPapers);
  return rows.map((one, index) => {
    const person = one.personNumber ? people.get(one.personNumber) : undefined;
    // A name that no font has stands in kana; under 支援措置 it is left out.
    const name = person && !person.addressMasked ? shownName(person) : "";
    const printable =
      person && name !== "" && checkText(name, "name", fonts, clinicReturns.id).length > 0
        ? shownKana(person)
        : name;
    return {
      number: String(index + 1),
      clinic: clinics.get(one.clinicCode)?.name ?? one.clinicCode,
      name: printable,
      title: pricedTitle(one),
      givenOn: one.givenOn as IsoDate,
      amount: one.amount ?? undefined,
      reason: judgingReasonTitle(one.reason ?? ""),
    };
  });
}

const formOf = {
  statement: clinicStatement,
  returned: clinicReturns,
  difference: clinicDifference,
};

async function make(
  work: Work,
  row: ClinicClaim,
  kind: ClinicPaperKind,
  number: string | undefined,
) {
  if (!(await papersOfDecision(work, row)).includes(kind))
    throw conflict(`この請求に、${clinicPaperTitles[kind]}に書くことはありません。`);
  const { id: setting, issuer, fonts, wording } = await printingOf(work, vaccinationPapers);
  const form = formOf[kind] as unknown as Form<{ issuer: Issuer }>;
  const data = { ...(await dataOf(work, row, kind, number ?? draft)), issuer };
  try {
    const pdf = await writeForm(form, data, {
      fonts,
      wording: wording(form),
      sample: number === undefined,
    });
    return { pdf, template: paperVersion(form, setting).template };
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    throw new Problem({
      status: 422,
      message:
        "印刷できない文字か、枠に入らない項目があります。医療機関台帳の名称と住所を確かめてください。",
      details: [...new Set(error.held.flatMap(({ problems }) => problems.map(describeProblem)))],
    });
  }
}

/** A paper as it would go out now, marked 見本. @throws Problem 404, 409, 422 */
export const previewClinicPaper = async (
  work: Work,
  id: string,
  kind: ClinicPaperKind,
): Promise<Uint8Array> => (await make(work, await getClinicClaim(work, id), kind, undefined)).pdf;

/** Issues a paper of a decided claim: numbered, kept as printed. @throws Problem 403, 404, 409, 422 */
export async function issueClinicPaper(
  work: Work,
  id: string,
  kind: ClinicPaperKind,
): Promise<{ id: string; pdf: Uint8Array }> {
  const row = await getClinicClaim(work, id);
  if (row.state !== "approved" && row.state !== "paid")
    throw conflict("決裁された請求の書類だけが発行できます。");
  const number = await documentNumber(work, vaccinationLetters, "document");
  const { pdf, template } = await make(work, row, kind, number);
  const paper = randomUUID();
  const sealedId = await putSealed(work, {
    holder: `clinic-claim:${id}`,
    program: "vaccination",
    kind: "clinic-claim-paper",
    data: pdf,
  });
  await work.sql`select clinic_claims.issue_paper(${paper}, ${id}, ${kind}, ${template}, ${sealedId}, ${number})`;
  return { id: paper, pdf };
}

/** A paper as it was issued. @throws Problem 404 */
export async function readClinicPaper(work: Work, id: string) {
  const [row] = await work.tx.select().from(claimPaper).where(eq(claimPaper.id, id));
  if (!row) throw notFound("この書類は見つかりません。");
  return { row, pdf: await getSealedOne<Uint8Array>(work, row.sealedId) };
}
