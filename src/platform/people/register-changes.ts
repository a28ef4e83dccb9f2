import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import type { PersonName } from "./person-record.ts";

/** What a register changed of a person, each with its word. */
export const registerChangeTitles = {
  name: "氏名",
  address: "住所",
  office: "区",
  household: "世帯",
  relationship: "続柄",
  residence: "転入・転出など",
  death: "死亡",
  basics: "生年月日・性別・国籍",
  "reckoned-birth": "みなし生年月日",
  protection: "支援措置",
  details: "届出・電話番号・在留など",
} as const;
export type RegisterChangeCode = keyof typeof registerChangeTitles;

/** What changed when the record of a revision was replaced by the next one. */
export interface RegisterChange {
  revision: number;
  changed: RegisterChangeCode[];
  name: { before: PersonName; after: PersonName };
}

/** What the register changed at some revisions of a person's record; one logged look. */
export async function lookAtRegisterChanges(
  work: Work,
  personNumber: string,
  revisions: readonly number[],
): Promise<RegisterChange[]> {
  if (revisions.length === 0) return [];
  const rows = await work.sql<
    {
      revision: number;
      facts: RegisterChangeCode[];
      name_before: Buffer;
      name_after: Buffer;
      address_before: Buffer | null;
      address_after: Buffer | null;
      details_before: Buffer | null;
      details_after: Buffer | null;
      wrapped_key: Buffer;
    }[]
  >`select * from vault.look_at_register_changes(${personNumber}, ${[...revisions]}::integer[])`;
  return rows.map((row) => {
    const key = work.platform.keys.unwrap(row.wrapped_key);
    const open = (item: "name" | "address" | "details", sealed: Buffer | null) =>
      sealed && unseal(key, `${personNumber}|${item}`, sealed).toString();
    const [before, after] = [open("name", row.name_before), open("name", row.name_after)];
    const moved = open("address", row.address_before) !== open("address", row.address_after);
    const told = open("details", row.details_before) !== open("details", row.details_after);
    const changed = new Set<RegisterChangeCode>(row.facts);
    if (before !== after) changed.add("name");
    if (moved) changed.add("address");
    if (told) changed.add("details");
    const order = Object.keys(registerChangeTitles) as RegisterChangeCode[];
    return {
      revision: row.revision,
      changed: order.filter((code) => changed.has(code)),
      name: { before: JSON.parse(before ?? "{}"), after: JSON.parse(after ?? "{}") },
    };
  });
}
