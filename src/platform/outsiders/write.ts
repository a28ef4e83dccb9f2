import { nameKeys } from "#workflows/names/search-keys.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { individualToken, type Person } from "../people/index.ts";
import { conflict, EntryProblem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { keyOfPerson } from "../vault/index.ts";
import { keyObject, seal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import type { OutsiderEntry, OutsiderIdentity } from "./entry.ts";
import { birthColumns, soughtNames } from "./keys.ts";
import type { OutsiderPurpose } from "./similar.ts";

/** What is said of those who look alike: they were seen, and are other people. */
export interface SaidToDiffer {
  /** 統合宛名番号 of those who were shown; `*` where there were some whom the office does not get to. */
  from: readonly string[];
  /** Why they are other people; needed where there is anybody. */
  reason: string;
}

/** What stands sealed with a step: the paper, the telephone number, what was said. */
export interface OutsiderDetails {
  evidenceNote?: string;
  telephone?: string;
  differs?: string;
  reason?: string;
}

/** Where the details of a step are bound to. */
export const detailsPlace = (personNumber: string) => `${personNumber}|outsider`;

/**
 * Opens somebody outside the register under a 統合宛名番号 that the database gives. Another person confirms it before money is paid or
 * anything is decided.
 *
 * @returns the number
 * @throws EntryProblem of `individualNumber` or `differs`; Problem 409 where somebody who looks the same has come meanwhile
 */
export async function openOutsider(
  work: Work,
  purpose: OutsiderPurpose,
  entry: OutsiderEntry,
  differs: SaidToDiffer,
): Promise<PersonNumber> {
  requireSaid(differs);
  const { program, officeCode, caseId = null } = purpose;
  const { identity, evidence } = entry;
  const { keys } = work.platform;
  const [reserved] = await work.sql<{ number: string }[]>`
    select vault.reserve_person_number(${program}, ${officeCode}, ${caseId}) as number`;
  if (!reserved) throw new Error("a number is given");
  const { number } = reserved;
  const own = keys.newKey();
  const sealed = sealedOf(work, number, own.key, identity);
  const details = sealDetails(own.key, number, {
    evidenceNote: evidence.note,
    telephone: identity.telephone,
    differs: differs.reason.trim(),
  });
  const birth = birthColumns(identity);
  const { individualNumber } = identity;
  const individualKey = individualNumber ? keys.newKey("individual-number") : null;
  await inWords(
    work.sql`select vault.open_outsider(${program}, ${caseId}, ${officeCode}, ${number}, ${birth.day}, ${birth.told}, ${identity.sex},
      ${identity.nationality}, ${identity.address.postalCode}, ${identity.protection?.from ?? null}, ${identity.protection?.to ?? null},
      ${sealed.name}, ${sealed.address}, ${sealed.fingerprint}, ${sealed.tokens}::bigint[], ${soughtNames(keys, identity).whole}::text[], ${own.wrapped},
      ${evidence.kind}, ${evidence.seenOn}, ${details}, ${[...differs.from]}::text[],
      ${individualNumber ? individualToken(keys, individualNumber).toString() : null},
      ${individualNumber && individualKey ? seal(individualKey.key, `${number}|individual-number`, individualNumber) : null},
      ${individualKey?.wrapped ?? null})`,
  );
  return number;
}

/**
 * Corrects what is known of somebody outside the register. What stood there is kept, and a second person has to confirm it again.
 *
 * @param person as the page showed them
 * @throws EntryProblem of `reason` or `differs`; Problem 404, 409
 */
export async function correctOutsider(
  work: Work,
  person: Person,
  { identity, evidence }: OutsiderEntry,
  { differs, reason }: { differs: SaidToDiffer; reason: string },
): Promise<void> {
  const fault = reasonFault(reason, "訂正の理由");
  if (fault) throw new EntryProblem("reason", fault);
  requireSaid(differs);
  const { personNumber: number, revision } = person;
  const key = await keyOfOutsider(work, number);
  const sealed = sealedOf(work, number, key, identity);
  const details = sealDetails(key, number, {
    evidenceNote: evidence.note,
    telephone: identity.telephone,
    differs: differs.reason.trim(),
    reason: reason.trim(),
  });
  const birth = birthColumns(identity);
  await inWords(
    work.sql`select vault.correct_outsider(${number}, ${revision}, ${birth.day}, ${birth.told}, ${identity.diedOn ?? null}, ${identity.sex},
      ${identity.nationality}, ${identity.address.postalCode}, ${identity.protection?.from ?? null}, ${identity.protection?.to ?? null},
      ${sealed.name}, ${sealed.address}, ${sealed.fingerprint}, ${sealed.tokens}::bigint[],
      ${soughtNames(work.platform.keys, identity).whole}::text[], ${evidence.kind}, ${evidence.seenOn}, ${details}, ${[...differs.from]}::text[])`,
  );
}

/** The key of one. @throws Problem 404 */
export const keyOfOutsider = (work: Work, number: string): Promise<Buffer> =>
  keyOfPerson(work, number, "住登外者が見つかりません。");

/** Seals what goes with a step; what is empty is left out. */
export function sealDetails(key: Buffer, number: string, details: OutsiderDetails): Buffer {
  const said = Object.entries(details).filter(([, text]) => text);
  return seal(key, detailsPlace(number), JSON.stringify({ ...Object.fromEntries(said) }));
}

function requireSaid({ from, reason }: SaidToDiffer): void {
  if (from.length === 0) return;
  const fault = reasonFault(reason, "別の方とする理由");
  if (fault) throw new EntryProblem("differs", fault);
}

function sealedOf(work: Work, number: string, key: Buffer, identity: OutsiderIdentity) {
  const sealing = keyObject(key);
  const { name, address } = identity;
  const { town, building, country } = address;
  const { keys } = work.platform;
  return {
    name: seal(sealing, `${number}|name`, JSON.stringify(name)),
    address: seal(
      sealing,
      `${number}|address`,
      JSON.stringify({ town, block: "", building, country }),
    ),
    fingerprint: keys.fingerprint(JSON.stringify(identity)),
    tokens: `{${nameKeys(name)
      .map((one) => keys.token(one))
      .join(",")}}`,
  };
}

async function inWords(statement: PromiseLike<unknown>): Promise<void> {
  try {
    await refuseInWords(
      statement,
      "ほかの職員が先に訂正・確認したか、住民記録にある方になりました。画面を開き直してください。",
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "MD022")
      throw conflict(
        "同じ氏名で生年月日の合う方がほかにもいます。似た方の一覧を確かめ、同じ方ならその番号を使ってください。",
      );
    if (code === "MD023")
      throw new EntryProblem(
        "individualNumber",
        "この個人番号の方は、既に登録されています。住民検索で個人番号から探してください。",
      );
    throw error;
  }
}
