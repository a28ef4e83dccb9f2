import { findBank, findBranch } from "#db/bank/banks.ts";
import { type Account, accountKindTitles, accountPart } from "../entry-parts/index.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

/** A program and the person to whom it pays. */
export interface Payee {
  readonly program: string;
  readonly personNumber: string;
}

/** Seals an account with the person's key; the keyed hash tells whether two versions are the same account. */
export async function sealAccount(work: Work, { program, personNumber }: Payee, account: Account) {
  const sealedId = await putSealed(work, {
    holder: personNumber,
    program,
    kind: "payment-account",
    data: account,
  });
  return { sealedId, fingerprint: fingerprintOf(work, personNumber, account) };
}

/** The same for the same account of the same person alone, so that it tells nothing of who shares one. */
function fingerprintOf(work: Work, personNumber: string, account: Account): Buffer {
  const { bankCode, branchCode, kind, number, holderKana } = account;
  return work.platform.keys.fingerprint(
    ["payment-account", personNumber, bankCode, branchCode, kind, number, holderKana].join("\n"),
  );
}

/** Opens accounts by their sealed records; each look is logged. */
export async function openAccounts(
  work: Work,
  sealedIds: readonly string[],
): Promise<Map<string, Account>> {
  const records = await getSealed(work, [...sealedIds]);
  return new Map(records.map(({ id, data }) => [id, accountPart.schema.parse(data)]));
}

/** An account in words: bank and branch by name, the number whole or all but its end hidden. */
export function accountInWords(account: Account, number: "whole" | "end" = "end"): string {
  const bank = findBank(account.bankCode)?.name ?? account.bankCode;
  const branch = findBranch(account.bankCode, account.branchCode);
  const branchName = branch && branch !== "unknown" ? branch.name : `店番${account.branchCode}`;
  const shown = number === "whole" ? account.number : `****${account.number.slice(-3)}`;
  return `${bank} ${branchName} ${accountKindTitles[account.kind]} ${shown}`;
}

/** 預金種目 of bank files. */
export const accountTypes = { ordinary: "1", current: "2", savings: "4" } as const satisfies Record<
  Account["kind"],
  string
>;
