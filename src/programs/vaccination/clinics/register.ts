import { randomUUID } from "node:crypto";
import { and, asc, desc, eq } from "drizzle-orm";
import { clinic, clinicChange, doctor, handled } from "#db/schema/clinics.ts";
import { EntryFaults, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealedAll } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { clinicCodeFault } from "#workflows/vaccination/clinics/code.ts";
import { clinicKeys } from "#workflows/vaccination/clinics/search.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { codeOf, placeOf } from "./typed.ts";
import { clinicKinds, clinicPlaces, doctorRoles } from "./words.ts";

export type Clinic = typeof clinic.$inferSelect;
export type ClinicDoctor = typeof doctor.$inferSelect;

/** What the register says of a clinic itself. */
export interface ClinicFacts {
  name: string;
  kana: string;
  kind: Clinic["kind"];
  place: Clinic["place"];
  postalCode: string;
  address: string;
  /** 地区 of the list for residents; may be empty. */
  district: string;
  phone: string;
  /** Whether it stands on that list. */
  listed: boolean;
}

/** The same as it was typed or stands in a file. */
export type TypedClinic = Record<Exclude<keyof ClinicFacts, "listed">, string> & {
  listed: boolean;
};

/** Judges what was typed into `faults`; the value may be used once `faults.end()` has passed. */
export function clinicFacts(typed: TypedClinic, faults: EntryFaults): ClinicFacts {
  return {
    ...placeOf(typed, faults),
    kind: faults.need("kind", codeOf(clinicKinds, typed.kind), "区分を選んでください。"),
    place: faults.need("place", codeOf(clinicPlaces, typed.place), "所在を選んでください。"),
    district:
      [...typed.district].length <= 40
        ? typed.district.trim()
        : faults.need("district", "", "地区は40文字以内で入力してください。"),
    listed: typed.listed,
  };
}

/**
 * Registers a clinic under its code.
 *
 * @throws EntryProblem of `code` where it is none or stands in the register already
 */
export async function registerClinic(
  work: Work,
  code: string,
  facts: ClinicFacts,
  importId: string | null = null,
): Promise<void> {
  const fault = clinicCodeFault(code);
  if (fault) throw new EntryProblem("code", fault);
  if (await findClinic(work, code))
    throw new EntryProblem("code", "この医療機関コードは、既に登録されています。");
  await refuseInWords(
    keep(work, code, null, facts, importId),
    "この医療機関コードは、ほかの職員が先に登録しました。",
  );
}

/** Writes the facts of a clinic anew, as the page showed it. @throws Problem 409 */
export async function correctClinic(
  work: Work,
  { code, revision }: Pick<Clinic, "code" | "revision">,
  facts: ClinicFacts,
  importId: string | null = null,
): Promise<void> {
  await refuseInWords(keep(work, code, revision, facts, importId), movedOn);
}

const movedOn = "ほかの職員が先に変更しました。画面を開き直してください。";

function keep(
  work: Work,
  code: string,
  seen: number | null,
  facts: ClinicFacts,
  importId: string | null,
) {
  const { nameFolded, kanaFolded } = clinicKeys(facts);
  const { postalCode, ...rest } = facts;
  const row = {
    ...rest,
    postal_code: postalCode,
    name_folded: nameFolded,
    kana_folded: kanaFolded,
  };
  return work.sql`select clinics.keep_clinic(${code}, ${seen}, ${JSON.stringify(row)}::text::jsonb, ${importId})`;
}

/** 扱う接種 from a day on: all others end the day before. @throws EntryProblem; Problem 409 */
export async function setHandled(
  work: Work,
  { code, revision }: { code: string; revision: number | null },
  { vaccines, from }: { vaccines: readonly string[]; from: IsoDate | undefined },
  importId: string | null = null,
): Promise<void> {
  const faults = new EntryFaults();
  const day = faults.need("from", from, "いつからかを入力してください。例: R8.4.1");
  if (day && (day < "1990-01-01" || day > addDays(work.platform.clock.today(), 400)))
    faults.need("from", "", "1990年から、今日の1年後までの日で入力してください。");
  if (vaccines.some((one) => !findVaccine(one)))
    faults.need("vaccines", "", "予防接種を選び直してください。");
  faults.end();
  await refuseInWords(
    work.sql`select clinics.set_handled(${code}, ${revision}, ${[...new Set(vaccines)]}::text[], ${day}, ${importId})`,
    movedOn,
  );
}

/** Doctors of a clinic, by name; their names are sealed. */
export interface NewDoctor {
  role: ClinicDoctor["role"];
  name: string;
  from: IsoDate;
}

/** Adds 開設者, 管理者 or 接種医. @throws EntryProblem */
export async function addDoctor(
  work: Work,
  code: string,
  typed: { role: string; name: string; from: IsoDate | undefined },
): Promise<void> {
  const faults = new EntryFaults();
  const role = faults.need("role", codeOf(doctorRoles, typed.role), "区分を選んでください。");
  const name = faults.need("name", typed.name.trim(), "氏名を入力してください。");
  if ([...name].length > 60) faults.need("name", undefined, "氏名は60文字以内で入力してください。");
  const from = faults.need("from", typed.from, "いつからかを入力してください。例: R8.4.1");
  if (from && (from < "1900-01-01" || from > addDays(work.platform.clock.today(), 400)))
    faults.need("from", "", "今日の1年後までの日で入力してください。");
  faults.end();
  await addDoctors(work, [{ code, role, name, from }]);
}

/** Adds many at once: sealed in one statement. */
export async function addDoctors(
  work: Work,
  given: readonly (NewDoctor & { code: string })[],
  importId: string | null = null,
): Promise<void> {
  const sealed = await putSealedAll(
    work,
    given.map(({ code, name }) => ({
      holder: `clinic:${code}`,
      program: "vaccination",
      kind: "clinic-doctor",
      data: { name },
    })),
  );
  for (const [at, { code, role, from }] of given.entries())
    await work.sql`select clinics.add_doctor(${randomUUID()}, ${code}, ${role}, ${sealed[at] ?? ""}, ${from}, ${importId})`;
}

/** Ends with a last day; without one they were entered by mistake. @throws EntryProblem of `to`; Problem 409 */
export async function endDoctor(
  work: Work,
  code: string,
  id: string,
  to: IsoDate | undefined,
): Promise<void> {
  const [row] = await work.tx
    .select()
    .from(doctor)
    .where(and(eq(doctor.id, id), eq(doctor.clinicCode, code)));
  if (!row) throw notFound("医師が見つかりません。");
  if (to && (to < row.validFrom || to > addDays(work.platform.clock.today(), 400)))
    throw new EntryProblem("to", "終わりは、始まりの日から今日の1年後までの日です。");
  await refuseInWords(work.sql`select clinics.end_doctor(${id}, ${to ?? null})`, movedOn);
}

/** Those of a clinic with their names, whoever is there now first; one logged look. */
export async function doctorsOf(
  work: Work,
  code: string,
): Promise<(ClinicDoctor & { name: string })[]> {
  const rows = await work.tx
    .select()
    .from(doctor)
    .where(and(eq(doctor.clinicCode, code), eq(doctor.removed, false)))
    .orderBy(desc(doctor.validTo), asc(doctor.validFrom));
  const names = new Map(
    (
      await getSealed(
        work,
        rows.map(({ sealedId }) => sealedId),
      )
    ).map(({ id, data }) => [id, (data as { name: string }).name]),
  );
  return rows
    .map((row) => ({ ...row, name: names.get(row.sealedId) ?? "" }))
    .toSorted((a, b) => Number(a.validTo !== null) - Number(b.validTo !== null));
}

export async function findClinic(work: Work, code: string): Promise<Clinic | undefined> {
  const [row] = await work.tx.select().from(clinic).where(eq(clinic.code, code));
  return row;
}

/** @throws Problem 404 */
export async function getClinic(work: Work, code: string): Promise<Clinic> {
  const found = await findClinic(work, code);
  if (!found) throw notFound("医療機関が見つかりません。");
  return found;
}

/** What it handles, handled and will handle, by vaccine and day. */
export const handledOf = (work: Work, code: string) =>
  work.tx
    .select()
    .from(handled)
    .where(eq(handled.clinicCode, code))
    .orderBy(asc(handled.vaccine), asc(handled.validFrom));

/** How many changes a page of the history shows. */
export const changesAPage = 30;

/** What was changed of a clinic or an association, the newest first, and how much there is. */
export async function changesOf(work: Work, payee: string, page: number) {
  const rows = await work.tx
    .select()
    .from(clinicChange)
    .where(eq(clinicChange.payee, payee))
    .orderBy(desc(clinicChange.id))
    .limit(changesAPage)
    .offset((page - 1) * changesAPage);
  return { rows, total: await work.tx.$count(clinicChange, eq(clinicChange.payee, payee)) };
}
