import type { Work } from "../work.ts";

/** An organisation that a 事務 pays, as its register has it. */
export interface Party {
  readonly name: string;
  /** Its page in the register. */
  readonly path?: string;
}

/** Organisations by their codes; those that the register does not have are left out. */
type PartiesOf = (work: Work, codes: readonly string[]) => Promise<ReadonlyMap<string, Party>>;

const registers = new Map<string, PartiesOf>();

/** A 事務 keeps a register of organisations to whom it pays. */
export function declareParties(program: string, parties: PartiesOf): void {
  registers.set(program, parties);
}

/** The organisations of the rows of a page: one question for all of them. */
export async function partiesOfRows(
  work: Work,
  program: string,
  rows: readonly { readonly partyCode: string | null }[],
): Promise<ReadonlyMap<string, Party>> {
  const codes = [...new Set(rows.flatMap(({ partyCode }) => partyCode ?? []))];
  return codes.length === 0
    ? new Map()
    : ((await registers.get(program)?.(work, codes)) ?? new Map());
}

/** An organisation in words; one that left the register by its code. */
export const partyName = (code: string, parties: ReadonlyMap<string, Party>): string =>
  parties.get(code)?.name ?? code;
