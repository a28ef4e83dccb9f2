import { lookAtPerson, type Person } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type FileRow, linesOfEntitlements } from "./file-table.ts";
import {
  type AskedItem,
  allItems,
  type EntitlementItem,
  entitlementItems,
  linesOf,
  type ProvidedLine,
  type ProvisionItem,
} from "./items.ts";
import { getRequest } from "./register.ts";

/** Why nothing was provided, in words. */
export const refusalTitles = {
  recipient: "表にない提供先",
  basis: "表にない根拠",
  items: "表にない項目",
  person: "該当者なし",
  decided: "解除しない",
} as const;
export type Refusal = keyof typeof refusalTitles;

/** What is asked for. */
interface ProvisionAsked {
  /** As it stands in the table. */
  recipient: string;
  /** 法令上の根拠 as it stands in the table. */
  basis: string;
  /** 統合宛名番号. */
  person: string;
  /** Records are added by the part that holds them. */
  items: readonly AskedItem[];
}

/** What came of it: the data, or that it is refused, or that it waits for somebody's release (自動応答不可). */
export type Provided =
  | { outcome: "provided"; request: number; rule: number; lines: ProvidedLine[] }
  | { outcome: "waiting"; request: number }
  | { outcome: "refused"; request: number; refusal: Refusal };

/**
 * Provides data of a person to a listed recipient, or refuses. The database judges recipient, basis, items and flag and enters
 * the request, in one statement. A refusal is an answer and no exception, so that its record stays.
 *
 * @throws Problem 403 where the address may not be seen by whoever asks; nothing is provided then
 */
export async function provide(work: Work, asked: ProvisionAsked): Promise<Provided> {
  const { recipient, basis, person, items } = asked;
  const [row] = await work.sql<
    { request_id: number; outcome: Provided["outcome"]; why_not: Refusal | null; by_rule: number }[]
  >`select * from provision.ask(${recipient}, ${basis}, ${person}, ${[...items]}::text[])`;
  if (!row) throw new Error("nothing was entered");
  const request = row.request_id;
  if (row.outcome === "waiting") return { outcome: "waiting", request };
  if (row.why_not) return { outcome: "refused", request, refusal: row.why_not };
  const lines = await dataOf(work, { request, person, items });
  return { outcome: "provided", request, rule: row.by_rule, lines };
}

/** Takes what was released, once. @throws Problem 403, 404, 409 */
export async function takeReleased(
  work: Work,
  id: number,
): Promise<Extract<Provided, { outcome: "provided" }>> {
  const found = await getRequest(work, id);
  if (found.state !== "released" || found.ruleId === null)
    throw new Problem({ status: 409, message: "解除されていないか、既に取り出されています。" });
  await work.sql`select provision.take(${id})`;
  const { personNumber: person, items } = found;
  const lines = await dataOf(work, { request: id, person, items });
  return { outcome: "provided", request: id, rule: found.ruleId, lines };
}

/** What would be provided, for the eye of whoever asks; enters nothing but the look. `undefined`: nobody of that number. */
export async function previewOf(
  work: Work,
  person: string,
  items: readonly ProvisionItem[],
): Promise<ProvidedLine[] | undefined> {
  const found = await look(work, person, items);
  return found && linesOf(found, items);
}

const ofRegister = (items: readonly AskedItem[]): ProvisionItem[] =>
  allItems.filter((item) => items.includes(item));

/** The data of a request that this transaction provides: of the register, then the 資格情報. */
async function dataOf(
  work: Work,
  { request, person, items }: { request: number; person: string; items: readonly AskedItem[] },
): Promise<ProvidedLine[]> {
  const own = allEntitlementItems.filter((item) => items.includes(item));
  const register = await registerOf(work, person, ofRegister(items));
  if (own.length === 0) return register;
  const rows = await work.sql<Omit<FileRow, "personNumber">[]>`
    select recipient_number as "recipientNumber", qualification, valid_from::text as from, valid_to::text as to, status
      from provision.entitlements_of(${request})`;
  return [...register, ...linesOfEntitlements(own, rows)];
}
const allEntitlementItems = Object.keys(entitlementItems) as EntitlementItem[];

async function registerOf(work: Work, person: string, items: readonly ProvisionItem[]) {
  const found = await look(work, person, items);
  if (!found) throw new Error("a registered person was not found");
  if (items.includes("address") && found.addressMasked)
    throw new Problem({
      status: 403,
      message: "支援措置のため住所を見られません。見る権限のある職員が提供してください。",
    });
  return linesOf(found, items);
}

const look = (
  work: Work,
  person: string,
  items: readonly ProvisionItem[],
): Promise<Person | undefined> =>
  lookAtPerson(work, person, [
    "facts",
    ...(items.includes("name") ? (["name"] as const) : []),
    ...(items.includes("address") ? (["address"] as const) : []),
  ]);
