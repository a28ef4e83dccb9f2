import { hash } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { parameter } from "#db/schema/city.ts";
import { claimPaper, mandate } from "#db/schema/high-cost.ts";
import { type HighCostClaimData, type HighCostClaimLine, highCostClaim } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { highCostAccount, highCostInsurers } from "#workflows/medical/city-parameters.ts";
import { accountLine, type InsurerAddress } from "#workflows/medical/high-cost-addresses.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  type ProgramLetters,
  recipientOf,
} from "../letters/index.ts";
import { cityParameterOn } from "../parameters/index.ts";
import { lookAtPeople, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { getSealedOne, putSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { claimNumber, getClaim, linesOfClaim } from "./claims.ts";
import { entryNumber, type HighCostEntry } from "./entries.ts";
import { mandateNumber, monthInWords } from "./mandate-letter.ts";

export type HighCostClaimPaper = typeof claimPaper.$inferSelect;

/** Lines that one paper can hold. */
const MOST_LINES = 2_000;
/** Stands where a number will be, on a paper that is only looked at. */
const draft = "（下書き）";

interface ClaimPaper extends MadePaper {
  readonly account: number;
  readonly insurers: number;
  readonly count: number;
  readonly sum: number;
  /** The person with whose key it is sealed. */
  readonly holder: string;
}

const noAddress = (insurerNumber: string) =>
  new Problem({
    status: 422,
    message: `保険者 ${insurerNumber} の宛先が登録されていません。「制度の数値」の「${highCostInsurers.title}」で、この保険者を加えて起案し、決裁者が承認してください。`,
  });

/** Why no paper can be issued for an insurer today, in words: what two people have to set before. */
export async function paperObstacles(
  work: Work,
  { insurerNumber }: { insurerNumber: string },
): Promise<string[]> {
  const today = work.platform.clock.today();
  const missing: string[] = [];
  for (const one of [highCostAccount, highCostInsurers])
    try {
      const { value } = await cityParameterOn<unknown>(work, one as CityParameter, today);
      if (
        one === highCostInsurers &&
        !(value as { value: readonly InsurerAddress[] }).value.some(
          ({ number }) => number === insurerNumber,
        )
      )
        missing.push(noAddress(insurerNumber).message);
    } catch (error) {
      if (!(error instanceof Problem && error.status === 503)) throw error;
      missing.push(`${error.message}${error.details?.join("") ?? ""}`);
    }
  return missing;
}

/** The approved row of a parameter in force, by its id. */
async function rowInForce(work: Work, one: Pick<CityParameter, "key">, from: IsoDate) {
  const [row] = await work.tx
    .select({ id: parameter.id })
    .from(parameter)
    .where(
      and(
        eq(parameter.key, one.key),
        eq(parameter.decision, "approved"),
        eq(parameter.validFrom, from),
      ),
    )
    .orderBy(desc(parameter.id));
  if (!row) throw new Error("a row that holds has an id");
  return row.id;
}

/**
 * The 支給申請書兼請求書 of an approved claim as it would be issued now; without a number it is looked at only.
 *
 * @throws Problem 404; 409 where it isn't approved; 422 where the insurer has no address or a name can't be printed; 503 where the city has set no account
 */
export async function makeClaimPaper(
  work: Work,
  letters: ProgramLetters,
  id: string,
  number?: string,
): Promise<ClaimPaper> {
  const row = await getClaim(work, id);
  if (row.approvedCount === null || row.approvedSum === null)
    throw conflict("承認された請求だけが印刷できます。");
  const today = work.platform.clock.today();
  const account = await cityParameterOn(work, highCostAccount, today);
  const insurers = await cityParameterOn(work, highCostInsurers, today);
  const insurer = insurers.value.value.find((one) => one.number === row.insurerNumber);
  if (!insurer) throw noAddress(row.insurerNumber);
  if (row.approvedCount > MOST_LINES)
    throw new Problem({
      status: 422,
      message: `${MOST_LINES.toLocaleString("ja-JP")}件を超える請求は、請求書にできません。診療月を分けて請求してください。`,
    });
  const lines = await linesOfClaim(work, id, { from: 0, size: MOST_LINES });
  const [first] = lines;
  if (!first || lines.length !== row.approvedCount)
    throw new Problem({ status: 403, message: "この請求のすべての窓口を見る権限がありません。" });
  const entries = lines.map(({ entry }) => entry);
  const numbers = [...new Set(entries.flatMap((one) => [...one.persons, one.household]))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["facts", "name"])).map((one) => [one.personNumber, one]),
  );
  const mandates = await mandatesFor(work, row);
  const written = lines.map(({ line, entry }): HighCostClaimLine => {
    const lead = people.get(entry.personNumber);
    if (!lead?.birthDate) throw new Error("whoever is claimed for is in the register");
    const others = entry.persons.length - 1;
    const insured = people.get(entry.household);
    const proof = entry.needsMandate ? mandates(entry) : undefined;
    return {
      number: entryNumber(entry),
      name: `${shownName(lead)}${others > 0 ? ` ほか${others}人` : ""}`,
      birthDate: lead.birthDate as IsoDate,
      insured: insured && entry.household !== entry.personNumber ? shownName(insured) : "",
      month: monthInWords(entry.treatmentMonth),
      category: `${entry.category ?? ""}${entry.multiple ? "・多数回" : ""}`,
      ...(proof ? { mandate: mandateNumber(proof) } : {}),
      cost: entry.steps.find(({ label }) => label === "総医療費(10割)")?.amount ?? 0,
      amount: line.amount,
    };
  });
  const data: Omit<HighCostClaimData, "issuer"> = {
    to: await recipientOf(work, {
      name: insurer.name,
      postalCode: insurer.postalCode,
      address: insurer.address,
      building: insurer.building ?? "",
    }).then((to) => ({ ...to, honorific: "御中" })),
    documentNumber: number ?? draft,
    date: today,
    office: (await officeFinder(work))(first.entry.officeCode),
    program: letters.title,
    facts: [],
    number: claimNumber(row),
    count: row.approvedCount,
    sum: row.approvedSum,
    account: accountLine(account.value),
    lines: written,
  };
  const made = await makePaper(work, letters.papers, {
    form: highCostClaim,
    data,
    subject: { personNumber: first.entry.personNumber, officeCode: first.entry.officeCode },
    sample: number === undefined,
  });
  return {
    ...made,
    account: await rowInForce(work, highCostAccount, account.from),
    insurers: await rowInForce(work, highCostInsurers, insurers.from),
    count: written.length,
    sum: written.reduce((total, { amount }) => total + amount, 0),
    holder: first.entry.personNumber,
  };
}

/** Of an entry, the 委任状 that was received and covers its month. */
async function mandatesFor(
  work: Work,
  { program, insurerNumber }: { program: string; insurerNumber: string },
) {
  const rows = await work.tx
    .select()
    .from(mandate)
    .where(
      and(
        eq(mandate.program, program),
        eq(mandate.insurerNumber, insurerNumber),
        eq(mandate.state, "received"),
      ),
    );
  return (entry: HighCostEntry) =>
    rows.find(
      (one) =>
        [...entry.persons, entry.household].includes(one.personNumber) &&
        one.fromMonth <= entry.treatmentMonth &&
        (one.toMonth === null || one.toMonth >= entry.treatmentMonth),
    );
}

/**
 * Issues the paper of an approved claim: number, bytes and what it names are kept. Anew until the claim is sent; the newest counts.
 *
 * @throws Problem as of `makeClaimPaper`; 409 where the claim has moved on
 */
export async function issueClaimPaper(
  work: Work,
  letters: ProgramLetters,
  { id, seen }: { id: string; seen: number },
): Promise<void> {
  const row = await getClaim(work, id);
  if (row.state !== "approved") throw conflict("送付の前の請求だけに、請求書を発行できます。");
  const number = await documentNumber(work, letters, "document");
  const { pdf, paper, account, insurers, count, sum, holder } = await makeClaimPaper(
    work,
    letters,
    id,
    number,
  );
  const sealed = await putSealed(work, {
    holder,
    program: row.program,
    kind: "high-cost-paper",
    data: pdf,
  });
  await refuseInWords(
    work.sql`select high_cost.issue_paper(${id}, ${seen}, ${number}, ${paper.template}, ${paper.setting}, ${account}, ${insurers},
      ${count}, ${sum}, ${hash("sha256", pdf)}, ${sealed})`,
    "この請求は、ほかの職員が先に進めました。",
  );
}

/** Papers of a claim, the newest first. */
export const papersOfClaim = (work: Work, id: string): Promise<HighCostClaimPaper[]> =>
  work.tx
    .select()
    .from(claimPaper)
    .where(eq(claimPaper.claimId, id))
    .orderBy(desc(claimPaper.issue));

/**
 * A paper as it was issued, for printing it again. Each time is recorded.
 *
 * @throws Problem 404; Error when the bytes are not those that were issued
 */
export async function printClaimPaper(
  work: Work,
  { id, paperId }: { id: string; paperId: string },
): Promise<{ name: string; pdf: Uint8Array }> {
  await getClaim(work, id);
  const paper = (await papersOfClaim(work, id)).find((one) => one.id === paperId);
  if (!paper) throw notFound("この請求書は見つかりません。");
  const [found] = await refuseInWords(
    work.sql<
      { sealed_id: string; sha256: string }[]
    >`select * from high_cost.print_paper(${paperId})`,
    "この請求書は印刷できません。",
    ["42501"],
  );
  if (!found) throw notFound("この請求書は見つかりません。");
  const pdf = await getSealedOne<Uint8Array>(work, found.sealed_id);
  if (hash("sha256", pdf) !== found.sha256)
    throw new Error("the paper is not the one that was issued");
  return { name: `${paper.number}.pdf`, pdf };
}
