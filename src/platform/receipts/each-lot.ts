import type { Work, WorkOptions } from "../work.ts";

/** In whose name background steps run, and how they are stopped between two lots. */
export interface StepOptions {
  work?: WorkOptions;
  signal?: AbortSignal | undefined;
}

export interface Lot {
  file_id: string;
  number: number;
  first_row: number;
  row_count: number;
  sealed_id: string;
}

/** While the database keeps one lot, another is unsealed and judged. */
const sideBySide = 2;

/**
 * Takes one step with every lot of a file that still wants it, some side by side, each in a transaction of its own. Called
 * again after a stop it goes on where it was; several processes share the lots.
 */
export async function eachLot(
  {
    inWork,
    fileId,
    signal,
  }: {
    inWork: <T>(run: (work: Work) => Promise<T>) => Promise<T>;
    fileId: string;
    signal: AbortSignal | undefined;
  },
  step: "judge" | "compare" | "post",
  take: (work: Work, lot: Lot) => Promise<void>,
): Promise<void> {
  const one = () =>
    inWork(async (work) => {
      const [lot] = await work.sql<Lot[]>`
        select file_id, number, first_row, row_count, sealed_id from receipts.next_lot(${fileId}, ${step})`;
      if (lot) await take(work, lot);
      return lot !== undefined;
    });
  const takeAll = async () => {
    do signal?.throwIfAborted();
    while (await one());
  };
  await Promise.all(Array.from({ length: sideBySide }, takeAll));
}
