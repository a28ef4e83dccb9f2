import { createHash } from "node:crypto";
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { runFile, runLine } from "#db/schema/payment-runs.ts";
import { account, payable } from "#db/schema/payments.ts";
import { FormatError } from "#src/formats/fault.ts";
import { type Transfer, writeTransfers } from "#src/formats/zengin/transfers.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Problem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { getSealedOne, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { accountTypes, openAccounts } from "./account-data.ts";
import { payableNumber } from "./payables.ts";
import { nextState, type PaymentRun, paymentRunNumber, readPaymentRun } from "./runs.ts";
import { originatorOf, type PaymentSetting, placesOf, profileOf } from "./settings.ts";

/** Accounts opened at a time: each is a decryption and a record of the log. */
const portion = 2000;
/** Lines that stand in the file of their run. */
const written = ["ready", "paid", "failed", "returned"] as const;

/** The transfers of a run that is approved, also of one whose file was handed over and answered, in the order of the file. */
async function transfersOf(work: Work, row: PaymentRun): Promise<Transfer[]> {
  const transfers: Transfer[] = [];
  for (let after = 0; ; ) {
    const lines = await work.tx
      .select({ line: runLine, serial: payable.serial, sealedId: account.sealedId })
      .from(runLine)
      .innerJoin(payable, eq(payable.id, runLine.payableId))
      .innerJoin(account, eq(account.id, runLine.accountId))
      .where(
        and(eq(runLine.runId, row.id), inArray(runLine.state, written), gt(runLine.place, after)),
      )
      .orderBy(asc(runLine.place))
      .limit(portion);
    const opened = await openAccounts(work, [...new Set(lines.map(({ sealedId }) => sealedId))]);
    for (const { line, serial, sealedId } of lines) {
      const known = opened.get(sealedId);
      if (!known)
        throw new Problem({
          status: 409,
          message: `支払 ${payableNumber({ serial })} の口座の記録がありません。回を取り消して、集め直してください。`,
        });
      transfers.push({
        account: {
          ...placesOf(known.bankCode, known.branchCode),
          type: accountTypes[known.kind],
          number: known.number,
        },
        name: known.holderKana,
        amount: line.amount,
        newCode: line.newCode ?? "0",
        // 顧客コード1 is the run, 顧客コード2 the payable: by them an answer finds its line again.
        reference: [String(row.serial), String(serial)],
      });
    }
    if (lines.length < portion) return transfers;
    after = lines.at(-1)?.line.place ?? after;
  }
}

/**
 * Writes the bank's file of an approved run (全銀 総合振込), sealed, in one transaction: it is there with its state, or nothing is.
 *
 * @throws Problem 409 naming line and field where a bank would not accept it, or the run has moved on
 */
export async function writeRunFile(work: Work, id: string, seen: number): Promise<void> {
  const { row } = await nextState(work, id, seen, "write");
  const { setting } = await readPaymentRun(work, id);
  const transfers = await transfersOf(work, row);
  const bytes = runBytes(row, setting, transfers);
  const sealed = await putSealed(work, {
    holder: `payment:${id}`,
    program: row.program,
    kind: "transfer-file",
    data: new Uint8Array(bytes),
  });
  const sum = transfers.reduce((total, { amount }) => total + amount, 0);
  await refuseInWords(
    work.sql`select payments.write_file(${id}, ${seen}, ${sealed}, ${createHash("sha256").update(bytes).digest("hex")},
      ${bytes.length}, ${transfers.length}, ${sum})`,
    "この支払の回は、ほかの職員が先に進めました。",
  );
}

/** The first record in which two files differ, from 1. */
function differingLine(one: Buffer, other: Buffer, size: number): number | undefined {
  if (one.equals(other)) return undefined;
  for (let line = 0; ; line += 1) {
    const at = [line * size, (line + 1) * size] as const;
    if (!one.subarray(...at).equals(other.subarray(...at))) return line + 1;
  }
}

const runBytes = (row: PaymentRun, setting: PaymentSetting, transfers: readonly Transfer[]) =>
  fileBytes(() =>
    writeTransfers(originatorOf(setting), row.payOn as IsoDate, transfers, profileOf(setting)),
  );

function fileBytes(write: () => Iterable<Uint8Array>): Buffer {
  try {
    return Buffer.concat([...write()]);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem({
      status: 409,
      message: "銀行が受け付けない項目があるため、振込データを作れません。",
      details: [error.message],
    });
  }
}

/**
 * The file, to be handed to the bank; each time it is taken out is recorded as a copy. It is held line by line to what the run pays, to whom and where.
 *
 * @throws Problem 409 where there is none, or it holds anything else than the run
 */
export async function takeRunFile(
  work: Work,
  id: string,
): Promise<{ name: string; bytes: Uint8Array; sha256: string }> {
  const [row] = await refuseInWords(
    work.sql<{ sealed: string }[]>`select payments.take_file(${id}) as sealed`,
    "取り出せる振込データがありません。",
  );
  const [file] = await work.tx.select().from(runFile).where(eq(runFile.runId, id));
  const { run } = await readPaymentRun(work, id);
  if (!row || !file) throw new Error("a file that was taken is there");
  const bytes = await getSealedOne<Uint8Array>(work, row.sealed);
  await requireSame(work, id, bytes, file.sha256);
  return {
    name: `${paymentRunNumber(run)}-${run.payOn.replaceAll("-", "")}.txt`,
    bytes,
    sha256: file.sha256,
  };
}

/** Whatever stands in the file has to be what the database says of each payable now: amount, number, and the account as it was confirmed. */
async function requireSame(
  work: Work,
  id: string,
  bytes: Uint8Array,
  sha256: string,
): Promise<void> {
  const { run: row, setting } = await readPaymentRun(work, id);
  const wanted = runBytes(row, setting, await transfersOf(work, row));
  const differing = differingLine(
    Buffer.from(bytes),
    wanted,
    120 + profileOf(setting).lineEnd.length,
  );
  const changed = createHash("sha256").update(bytes).digest("hex") !== sha256;
  if (differing === undefined && !changed) return;
  throw new Problem({
    status: 409,
    message:
      "振込データが、この回の支払と一致しません。銀行に渡さず、回を取り下げて作り直してください。",
    details: [
      differing === undefined ? "要約値が作成時と違います。" : `${differing}行目が違います。`,
    ],
  });
}
