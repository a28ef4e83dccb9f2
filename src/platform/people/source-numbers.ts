import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";

/**
 * 住民番号 of persons, by 統合宛名番号. It lies sealed beside the address, so each look is logged as one at the
 * address, and whose address is withheld from the person who asks (支援措置) is not in the map, nor who is outside the register.
 */
export async function sourceNumbersOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await work.sql<
    { person_number: string; sealed_address: Buffer | null; wrapped_key: Buffer }[]
  >`select person_number, sealed_address, wrapped_key
      from vault.look(${[...personNumbers]}::text[], '{address}')`;
  return new Map(
    rows.flatMap(({ person_number: number, sealed_address: sealed, wrapped_key: wrapped }) => {
      if (!sealed) return [];
      const key = work.platform.keys.unwrap(wrapped);
      const { sourceId } = JSON.parse(unseal(key, `${number}|address`, sealed).toString()) as {
        sourceId?: string;
      };
      return sourceId ? [[number, sourceId] as const] : [];
    }),
  );
}
