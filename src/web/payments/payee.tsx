import { type Party, partiesOfRows, partyName } from "#src/platform/payments/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";

interface Payable {
  readonly personNumber: string | null;
  readonly partyCode: string | null;
}

/** Who the rows of a page are paid to: persons and organisations. */
export interface Payees {
  readonly people: ReadonlyMap<string, Person>;
  readonly parties: ReadonlyMap<string, Party>;
}

/** One look for all persons of the rows of a page, which is logged, and the organisations beside them. */
export async function payeesOfRows(
  work: Work,
  program: string,
  rows: readonly Payable[],
): Promise<Payees> {
  return {
    people: await peopleOfRows(
      work,
      rows.flatMap(({ personNumber }) => personNumber ?? []),
    ),
    parties: await partiesOfRows(work, program, rows),
  };
}

/** To whom a row is paid. */
export function PayeeCell(props: { row: Payable; payees: Payees; today: IsoDate }) {
  const { row, payees, today } = props;
  return row.partyCode === null ? (
    <PersonCell person={payees.people.get(row.personNumber ?? "")} today={today} />
  ) : (
    partyName(row.partyCode, payees.parties)
  );
}
