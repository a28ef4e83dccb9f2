import { randomUUID } from "node:crypto";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import type { ClaimedLine } from "#workflows/vaccination/clinic-claims/reckon.ts";
import {
  claimDueOn,
  clinicClaimTerms,
  daysOfMonth,
} from "#workflows/vaccination/clinic-claims/terms.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { claimantsOf } from "./payees.ts";

/** A line as it was typed. */
export type TypedLine = Partial<ClaimedLine>;

/** The head of a claim as it was typed. */
export interface TypedClaim {
  claimant: string;
  month: string;
  kind: ContractKind | undefined;
  receivedOn: IsoDate | undefined;
  lines: readonly TypedLine[];
  /** SHA-256 of the file it was read from, hexadecimal. */
  digest?: string | undefined;
}

/** Lines that may be kept; those that say nothing are left out. Mistakes go into `faults` under `lines.N.field`, from 0. */
export function readLines(typed: readonly TypedLine[], faults: EntryFaults): ClaimedLine[] {
  const seen = new Map<string, number>();
  const lines = typed.flatMap((line, at): ClaimedLine[] => {
    const { vaccine = "", dose, product = "", outcome, count, amount } = line;
    if (vaccine === "" && count === undefined && amount === undefined) return [];
    const field = (name: string) => `lines.${at}.${name}`;
    const whole = (
      name: string,
      value: number | undefined,
      [least, most]: [number, number],
      message: string,
    ) =>
      faults.need(
        field(name),
        value !== undefined && Number.isInteger(value) && least <= value && value <= most
          ? value
          : undefined,
        message,
      );
    faults.need(
      field("vaccine"),
      findVaccine(vaccine) ? vaccine : undefined,
      "予防接種を選んでください。",
    );
    whole("dose", dose, [1, 99], "何回目かを入力してください。");
    faults.need(field("outcome"), outcome, "接種か予診のみかを選んでください。");
    whole("count", count, [0, 100_000], "件数を入力してください。");
    whole("amount", amount, [0, 100_000_000_000], "請求額を円で入力してください。");
    if ([...product].length > 60) faults.need(field("product"), "", "製品は60文字までです。");
    const key = [vaccine, dose, product, outcome].join(" ");
    if (vaccine !== "" && seen.has(key))
      faults.need(
        field("vaccine"),
        "",
        `${(seen.get(key) ?? 0) + 1}行目と同じ区分です。1行にまとめてください。`,
      );
    seen.set(key, seen.get(key) ?? at);
    return [
      {
        vaccine,
        dose: dose ?? 0,
        product,
        outcome: outcome ?? "given",
        count: count ?? 0,
        amount: amount ?? 0,
      },
    ];
  });
  if (lines.length === 0)
    faults.need("lines.0.vaccine", "", "請求の内容を1行以上入力してください。");
  if (lines.length > 500) faults.need("lines.0.vaccine", "", "500行までです。");
  return lines;
}

/**
 * Takes a claim as it came.
 *
 * @returns its id
 * @throws EntryProblem of `claimant`, `month`, `kind`, `receivedOn`, `lines.N.field`; Problem 409 where the month was claimed by the
 * same contract already, 503 where the terms of the month are not set
 */
export async function openClinicClaim(work: Work, typed: TypedClaim): Promise<string> {
  const { month, kind, receivedOn } = typed;
  const today = work.platform.clock.today();
  const claimant = typed.claimant.normalize("NFKC").trim().toUpperCase();
  const faults = new EntryFaults();
  const known = await claimantsOf(work, [claimant]);
  faults.need(
    "claimant",
    known.has(claimant) ? claimant : undefined,
    "医療機関台帳にない請求者です。医療機関コード（10桁）か取りまとめ団体の番号（D0001など）を入力してください。",
  );
  const isMonth = /^\d{4}-\d{2}$/.test(month) && isIsoDate(`${month}-01`) && `${month}-01` <= today;
  faults.need(
    "month",
    isMonth ? month : undefined,
    "請求月を、今月までの月で入力してください。例: R8.11",
  );
  faults.need("kind", kind, "契約の区分を選んでください。");
  faults.need(
    "receivedOn",
    receivedOn && receivedOn <= today && (!isMonth || receivedOn >= `${month}-01`)
      ? receivedOn
      : undefined,
    "受付日を、請求月の初日から今日までの日で入力してください。",
  );
  const lines = readLines(typed.lines, faults);
  faults.end();
  if (!kind || !receivedOn) throw new EntryProblem("kind", "契約の区分を選んでください。");
  const terms = await cityParameterOn(work, clinicClaimTerms, daysOfMonth(month).last);
  const id = randomUUID();
  await refuseInWords(
    work.sql`select clinic_claims.open_claim(${id}, ${claimant}, ${month}, ${kind}, ${typed.digest ? "file" : "keyboard"}, ${typed.digest ?? null},
      ${receivedOn}, ${claimDueOn(month, terms.value)}, ${JSON.stringify(lines)}::text::jsonb)`,
    "この請求者のこの月の請求は、既に受け付けています。追加の分は、受け付けた請求の内容を直すか、次の月の請求に含めてください。",
  );
  return id;
}

/** Writes the lines anew, until it is proposed. @throws EntryProblem of `lines.N.field`, Problem 409 */
export async function changeLines(
  work: Work,
  { id, seen, lines }: { id: string; seen: number; lines: readonly TypedLine[] },
): Promise<void> {
  const faults = new EntryFaults();
  const read = readLines(lines, faults);
  faults.end();
  await refuseInWords(
    work.sql`select clinic_claims.change_lines(${id}, ${seen}, ${JSON.stringify(read)}::text::jsonb)`,
    movedOn,
  );
}

export const movedOn = "この請求は、ほかの職員が先に進めました。画面を開き直してください。";
