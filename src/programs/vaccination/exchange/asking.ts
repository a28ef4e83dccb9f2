import { stateAfter } from "#src/platform/flow.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import {
  getRequest,
  type Provided,
  type ProvisionRule,
  provide,
  rulesInForce,
  takeReleased,
} from "#src/platform/provision/index.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { localGovernmentCheckDigit } from "#workflows/numbers/check-digits.ts";
import { type Addressee, makeInquiryLetter, personOfLetter } from "./exchange-papers.ts";
import { findInquiry, type Inquiry, inquiryNumber, mayStep, moved, standing } from "./inquiries.ts";

/** To whom it goes. @throws EntryProblem of a field; Problem 404, 409 */
export async function addressInquiry(
  work: Work,
  given: { id: string; seen: number; municipalityCode: string | undefined } & Addressee,
): Promise<void> {
  const row = await findInquiry(work, given.id);
  stateAfter(standing(row), "address");
  checkAddressee(given);
  await refuseInWords(
    work.sql`select exchange.address_inquiry(${given.id}, ${given.seen}, ${given.municipalityCode ?? null}, ${given.municipality},
      ${given.postalCode}, ${given.address})`,
    moved,
  );
}

const isLocalGovernmentCode = (code: string): boolean =>
  /^\d{6}$/.test(code) && localGovernmentCheckDigit(code.slice(0, 5)) === code[5];

/** @throws EntryProblem of a field */
export function checkAddressee({
  municipalityCode,
  municipality,
  postalCode,
  address,
}: Addressee & { municipalityCode: string | undefined }): void {
  if (municipalityCode !== undefined && !isLocalGovernmentCode(municipalityCode))
    throw new EntryProblem(
      "municipalityCode",
      "市区町村コードは、検査数字を含む6桁で入力してください。",
    );
  if (municipality.length < 2 || municipality.length > 80)
    throw new EntryProblem("municipality", "照会先の名前を80文字以内で入力してください。");
  if (!/^\d{7}$/.test(postalCode))
    throw new EntryProblem("postalCode", "郵便番号は7桁で入力してください。例: 860-8601");
  if (address.length < 4 || address.length > 120)
    throw new EntryProblem("address", "照会先の住所を120文字以内で入力してください。");
}

/** Rows of the table of provisions by which somebody may be named to another body: name and birth date are among the items. */
export const inquiryRules = async (work: Work): Promise<ProvisionRule[]> =>
  (await rulesInForce(work)).filter(
    ({ items, way }) => way === "paper" && items.includes("name") && items.includes("birth-date"),
  );

/** What came of asking: the letter, or why there is none. */
export type Asked =
  | { outcome: "asked"; pdf: Uint8Array }
  | { outcome: "waiting"; request: number }
  | {
      outcome: "refused";
      request: number;
      refusal: Extract<Provided, { outcome: "refused" }>["refusal"];
    };

/**
 * Asks: naming somebody to another body is a provision (PRV-1), entered in the register before the letter is made. Of whom nothing
 * is answered by itself, another person's release is waited for, and asked again afterwards. A refusal is an answer, so that its
 * record stays.
 *
 * @throws EntryProblem of `rule` or `dueOn`; Problem 403, 404, 409, 422 where a character can't be printed
 */
export async function askInquiry(
  work: Work,
  given: { id: string; seen: number; rule: number | undefined; dueOn: IsoDate | undefined },
): Promise<Asked> {
  const { id, seen, dueOn } = given;
  const row = await findInquiry(work, id);
  if (row.revision !== seen) throw conflict(moved);
  if (!mayStep(row, "ask")) stateAfter(standing(row, "provided"), "ask");
  if (row.municipality === null || row.postalCode === null || row.address === null)
    throw conflict("照会先が入力されていません。");
  const today = work.platform.clock.today();
  if (!dueOn || dueOn <= today)
    throw new EntryProblem("dueOn", "回答の期限は、あすからの日にしてください。");
  const rule = (await inquiryRules(work)).find((one) => one.id === (row.ruleId ?? given.rule));
  if (!rule) throw new EntryProblem("rule", "提供先の表から、提供先と根拠を選んでください。");
  const provided = await provideFor(work, row, rule);
  if (provided.outcome === "refused")
    return { outcome: "refused", request: provided.request, refusal: provided.refusal };
  if (provided.outcome === "waiting") {
    if (row.state === "opened") {
      stateAfter(standing(row, "waiting"), "hold");
      await refuseInWords(
        work.sql`select exchange.hold_inquiry(${id}, ${seen}, ${rule.id}, ${provided.request})`,
        moved,
      );
    }
    return { outcome: "waiting", request: provided.request };
  }
  stateAfter(standing(row, "provided"), "ask");
  const paper = await makeInquiryLetter(work, await personOfLetter(work, row.personNumber), {
    number: inquiryNumber(row),
    kind: row.kind,
    to: { municipality: row.municipality, postalCode: row.postalCode, address: row.address },
    basis: rule.legalBasis,
    deadline: dueOn,
  });
  await refuseInWords(
    work.sql`select exchange.ask_inquiry(${id}, ${seen}, ${rule.id}, ${provided.request}, ${dueOn}, ${paper.id}, ${paper.template},
      ${paper.sealedId}, ${paper.documentNumber})`,
    moved,
  );
  return { outcome: "asked", pdf: paper.pdf };
}

/** The provision: anew, or the one that waits or was released. */
async function provideFor(
  work: Work,
  row: Inquiry,
  rule: ProvisionRule,
): Promise<Exclude<Provided, { outcome: "provided" }> | { outcome: "provided"; request: number }> {
  if (row.requestId !== null) {
    const { state } = await getRequest(work, row.requestId);
    if (state === "waiting") return { outcome: "waiting", request: row.requestId };
    if (state === "refused")
      return { outcome: "refused", request: row.requestId, refusal: "decided" };
    if (state === "released") await takeReleased(work, row.requestId);
    return { outcome: "provided", request: row.requestId };
  }
  return provide(work, {
    recipient: rule.recipient,
    basis: rule.legalBasis,
    person: row.personNumber,
    items: ["name", "birth-date", ...(rule.items.includes("sex") ? (["sex"] as const) : [])],
  });
}

/** 督促: the letter again, with a new day; a provision of its own. @throws EntryProblem of `dueOn`; Problem 404, 409 */
export async function remindInquiry(
  work: Work,
  given: { id: string; seen: number; dueOn: IsoDate | undefined },
): Promise<Uint8Array> {
  const { id, seen, dueOn } = given;
  const row = await findInquiry(work, id);
  if (row.revision !== seen) throw conflict(moved);
  stateAfter(standing(row), "remind");
  if (!dueOn || dueOn <= work.platform.clock.today())
    throw new EntryProblem("dueOn", "回答の期限は、あすからの日にしてください。");
  const rule = row.ruleId === null ? undefined : await ruleOf(work, row.ruleId);
  const paper = await makeInquiryLetter(work, await personOfLetter(work, row.personNumber), {
    number: inquiryNumber(row),
    kind: row.kind,
    to: {
      municipality: row.municipality ?? "",
      postalCode: row.postalCode ?? "",
      address: row.address ?? "",
    },
    basis: rule ?? "",
    deadline: dueOn,
    askedOn: row.askedOn as IsoDate,
  });
  const reminded = work.sql`select exchange.remind_inquiry(${id}, ${seen}, ${dueOn}, ${paper.id}, ${paper.template}, ${paper.sealedId}, ${paper.documentNumber})`;
  await refuseInWords(
    refuseInWords(
      refuseInWords(reminded, moved),
      "照会の根拠とした提供先の表の行が、終わっています。督促状は作れません。照会をやめて、今の行で照会し直してください。",
      ["MD019"],
    ),
    "照会の後に、支援措置などで自動応答不可になった方です。督促状は作れません。照会をやめるか、解除を待って照会し直してください。",
    ["MD020"],
  );
  return paper.pdf;
}

/** 根拠 of the row by which it was asked, whether it still holds or not. */
async function ruleOf(work: Work, id: number): Promise<string> {
  const [row] = await work.sql<{ basis: string }[]>`select exchange.basis_of(${id}) as basis`;
  return row?.basis ?? "";
}
