import { and, eq, ne } from "drizzle-orm";
import { punchedFile } from "#db/schema/punched.ts";
import type { Actor } from "#src/platform/access/actor.ts";
import type { Platform } from "#src/platform/platform.ts";
import { Problem } from "#src/platform/problem.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork, type Work, type WorkOptions } from "#src/platform/work.ts";
import { faultText } from "#workflows/vaccination/punched-files/faults.ts";
import { getHandover } from "./handovers.ts";
import type { SealedRow } from "./items.ts";
import { judgeRow } from "./judge-row.ts";
import { layoutOn, type PunchedLayout } from "./layouts.ts";
import { fileNumber, moveFile } from "./move.ts";
import { decrypted, type ReadFile, readPunched } from "./read-file.ts";
import { secretsOf } from "./transit-keys.ts";

/** Rows that are sealed, looked through and taken up together. */
const rowsPerLot = 1000;

/** A file on its way in, with what whoever receives it says of it. */
export interface IncomingPunched {
  handoverId: string;
  name: string;
  source: AsyncIterable<Uint8Array>;
  /** How many rows the contractor said there are, where the file does not say it. */
  toldRows?: number | undefined;
}

const entry: WorkOptions = { purpose: "case", program: "vaccination" };
const refusal = (message: string) => new Problem({ status: 422, message });

/**
 * Receives a file of a contractor, lot by lot; memory stays flat. Every row is kept, sealed, those at fault with what is wrong;
 * nothing is written into the records. It is looked through afterwards in the background.
 *
 * @returns the id of the file
 * @throws Problem 422 where it cannot be read at all, 409 where the same content was received before
 */
export async function receivePunched(
  platform: Platform,
  actor: Actor,
  { handoverId, name, source, toldRows }: IncomingPunched,
): Promise<string> {
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, entry, run);
  const { known, layout, secrets } = await inWork(async (work) => {
    const known = await getHandover(work, handoverId);
    return {
      known,
      layout: await layoutOn(work, known.contractor.id, platform.clock.today()),
      secrets: await secretsOf(work),
    };
  });
  if (secrets.length === 0)
    throw refusal("市の公開鍵がまだありません。先に公開鍵を作り、委託先に渡してください。");
  const file = await readPunched(layout, await decrypted(source, secrets), rowsPerLot);
  if (file.header && file.header.orderNumber !== known.handover.orderNumber)
    throw refusal("ファイルの注文番号が、選んだ授受の注文番号と違います。");
  if (!file.header && toldRows === undefined)
    throw refusal("このファイルには件数がありません。納品書の件数を入力してください。");
  const fileId = await inWork((work) =>
    open(work, { handoverId, layout, name, encoding: file.encoding }),
  );
  try {
    await keepRows(inWork, fileId, { file, layout, today: platform.clock.today() });
    await inWork((work) => finish(work, fileId, { ...file.sum(), header: file.header, toldRows }));
    return fileId;
  } catch (error) {
    const why =
      error instanceof Problem
        ? error.message
        : "受け取りの途中で止まりました。もう一度受け取ってください。";
    await inWork((work) => moveFile(work, { id: fileId, type: "cancel", why }));
    throw error;
  }
}

async function open(
  work: Work,
  given: {
    handoverId: string;
    layout: PunchedLayout;
    name: string;
    encoding: string;
  },
): Promise<string> {
  const [made] = await work.sql<{ id: string }[]>`
    select punched.open_file(${given.handoverId}, ${given.layout.settingId}, ${given.name.slice(0, 200) || "ファイル"}, ${given.encoding}, true) as id`;
  if (!made) throw new Error("no file was opened");
  return made.id;
}

/** Seals rows with the key of their file. */
export const sealRows = (work: Work, fileId: string, rows: readonly SealedRow[]): Promise<string> =>
  putSealed(work, {
    holder: `punched:${fileId}`,
    program: "vaccination",
    kind: "punched-rows",
    data: rows,
  });

async function keepRows(
  inWork: <T>(run: (work: Work) => Promise<T>) => Promise<T>,
  fileId: string,
  known: { file: ReadFile; layout: PunchedLayout; today: ReturnType<Platform["clock"]["today"]> },
): Promise<void> {
  let lot = 0;
  let first = 1;
  for await (const rows of known.file.rows) {
    lot += 1;
    const faulty = rows.flatMap((row, at) => {
      const judged = judgeRow(row, { today: known.today, vaccines: known.layout.vaccines });
      return "faults" in judged ? [{ row: first + at, faults: judged.faults.map(faultText) }] : [];
    });
    await inWork(async (work) => {
      const sealedId = await sealRows(work, fileId, rows);
      await work.sql`select punched.add_lot(${fileId}, ${lot}, ${first}, ${rows.length}, ${sealedId},
        ${faulty.map(({ row }) => row)}::integer[], ${faulty.map(({ faults }) => faults.join(" "))}::text[])`;
    });
    first += rows.length;
  }
  if (lot === 0) throw refusal("予診票の行が1件もありません。");
}

async function finish(
  work: Work,
  fileId: string,
  given: {
    digest: string;
    bytes: number;
    header: ReadFile["header"];
    toldRows: number | undefined;
  },
): Promise<void> {
  const { digest, bytes, header } = given;
  const [same] = await work.tx
    .select({ serial: punchedFile.serial, name: punchedFile.fileName })
    .from(punchedFile)
    .where(
      and(
        eq(punchedFile.digest, digest),
        ne(punchedFile.id, fileId),
        ne(punchedFile.state, "cancelled"),
      ),
    );
  if (same)
    throw new Problem({
      status: 409,
      message: `同じ内容のファイルをもう受け取っています（${fileNumber(same)} ${same.name}）。`,
    });
  const [row] = await work.tx
    .select({ revision: punchedFile.revision })
    .from(punchedFile)
    .where(eq(punchedFile.id, fileId));
  const fits = header ? header.checksum === digest : null;
  await work.sql`select punched.close_receipt(${fileId}, ${row?.revision ?? 1}, ${digest}, ${bytes},
    ${header?.rows ?? given.toldRows ?? null}, ${fits})`;
}
