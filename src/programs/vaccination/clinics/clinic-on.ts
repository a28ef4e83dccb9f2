import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import type { ClinicState } from "./words.ts";

/** A contract that holds on a day. */
export interface HoldingContract {
  readonly id: string;
  readonly kind: ContractKind;
  readonly number: string;
  /** 取りまとめ団体 through which it was made. */
  readonly bodyCode: string | null;
  readonly memberNumber: string;
  /** Whose account is paid: the code of the clinic, or of the association. */
  readonly payee: string;
}

/** A clinic as it stands on a day. */
export interface ClinicOnDay {
  readonly code: string;
  readonly name: string;
  readonly place: "city" | "prefecture" | "elsewhere";
  readonly state: ClinicState;
  /** Neither 休止 nor 廃止. */
  readonly active: boolean;
  readonly contracts: readonly HoldingContract[];
  /** Of these, the kinds. */
  readonly contractKinds: readonly ContractKind[];
  /** Vaccine ids that it handles. */
  readonly vaccines: readonly string[];
}

/**
 * Clinics as they stand on days, in the order asked for, in one statement; `undefined` for a code that is not in the register. The
 * name is the present one. For whoever sees cases or payments of 予防接種, and for the clock.
 */
export async function clinicsOn(
  work: Work,
  asked: readonly { code: string; day: IsoDate }[],
): Promise<(ClinicOnDay | undefined)[]> {
  if (asked.length === 0) return [];
  const rows = await work.sql<
    {
      at: number;
      code: string;
      name: string;
      place: ClinicOnDay["place"];
      state: ClinicState;
      contracts: HoldingContract[];
      vaccines: string[];
    }[]
  >`
    select x.at::int as at, c.code, c.name, c.place, clinics.state_on(c.code, x.day) as state,
           coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'number', k.number, 'bodyCode', k.body_code,
              'memberNumber', k.member_number, 'payee', case k.paid_to when 'body' then k.body_code else k.clinic_code end) order by k.kind)
              from clinics.contracts_on(c.code, x.day) k), '[]') as contracts,
           array(select h.vaccine from clinics.handled h where h.clinic_code = c.code
                    and x.day between h.valid_from and coalesce(h.valid_to, 'infinity') order by h.vaccine) as vaccines
      from unnest(${asked.map(({ code }) => code)}::text[], ${asked.map(({ day }) => day)}::date[]) with ordinality x(code, day, at)
      join clinics.clinic c on c.code = x.code`;
  const found = new Map(rows.map((row) => [row.at, row]));
  return asked.map((_, n) => {
    const row = found.get(n + 1);
    if (!row) return undefined;
    const { at: _at, ...rest } = row;
    return {
      ...rest,
      active: row.state === "active",
      contractKinds: row.contracts.map(({ kind }) => kind),
    };
  });
}

/** One clinic on a day; `undefined` where the register has none of that code. */
export const clinicOn = async (
  work: Work,
  code: string,
  day: IsoDate,
): Promise<ClinicOnDay | undefined> => (await clinicsOn(work, [{ code, day }]))[0];
