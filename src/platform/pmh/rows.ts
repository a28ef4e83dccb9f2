import { type RegistrationRow, registrationRow } from "#src/formats/pmh/rows.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import type { PmhSetting } from "#workflows/pmh/setting.ts";
import { cityOf } from "../city/index.ts";
import type { PersonRecord } from "../people/index.ts";
import { receiptKind } from "../receipts/index.ts";
import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";

/** A row to be sent and the line of the run that it is. */
export interface RowToSend {
  line: number;
  row: RegistrationRow;
}

interface TakenRow {
  line_id: string;
  operation: "register" | "delete";
  history_key: string;
  recipient_number: string;
  valid_from: IsoDate;
  valid_to: IsoDate;
  not_disclosed: boolean;
  person_number: string;
  sex: "male" | "female";
  birth_date: IsoDate;
  sealed_name: Buffer;
  sealed_address: Buffer;
  wrapped_key: Buffer;
  sealed_individual_number: Buffer;
  individual_number_key: Buffer;
}

/**
 * Takes rows of a run to be sent, with 氏名, 住所 and 個人番号 in clear: they live as long as the request or the file that is made of
 * them. Each person is recorded by the database.
 *
 * @throws as the database refuses: not approved, not being sent, no right, the setting does not hold any more
 */
export async function takeRows(
  work: Work,
  { runId, program, setting }: { runId: string; program: string; setting: PmhSetting },
): Promise<RowToSend[]> {
  const today = work.platform.clock.today();
  const { prefecture } = await cityOf(work);
  const { payers } = await receiptKind(program).settled(work, today);
  const [payerNumber = ""] = rowOn(payers, today).value;
  const rows = await work.sql<TakenRow[]>`
    select * from pmh.take_rows(${runId}, ${setting.rowsPerRequest})`;
  const ring = work.platform.keys;
  return rows.map((row) => {
    const key = ring.unwrap(row.wrapped_key);
    const read = (what: string, sealed: Buffer) =>
      JSON.parse(unseal(key, `${row.person_number}|${what}`, sealed).toString());
    const name: PersonRecord["name"] = read("name", row.sealed_name);
    const { town, block, building } = read("address", row.sealed_address) as {
      town: string;
      block: string;
      building: string;
    };
    return {
      line: Number(row.line_id),
      row: registrationRow({
        certificateType: setting.certificateType,
        certificateName: setting.certificateName,
        payerNumber,
        reimbursement: setting.reimbursement,
        individualNumber: unseal(
          ring.unwrap(row.individual_number_key, "individual-number"),
          `${row.person_number}|individual-number`,
          row.sealed_individual_number,
        ).toString(),
        name: name.kanji,
        kana: name.kana,
        address: [`${prefecture}${town}${block}`, building].filter(Boolean).join("　"),
        birthDate: row.birth_date,
        sex: row.sex,
        notDisclosed: row.not_disclosed,
        recipientNumber: row.recipient_number,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        historyKey: row.history_key,
        isDeleted: row.operation === "delete",
      }),
    };
  });
}
