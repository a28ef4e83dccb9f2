import { type Purpose, runWork, type Work } from "#src/platform/work.ts";
import {
  enterClinicAccount,
  moveClinicAccount,
} from "#src/programs/vaccination/clinics/accounts.ts";
import {
  contractOf,
  moveEntry,
  proposeContract,
  type TypedContract,
} from "#src/programs/vaccination/clinics/entries.ts";
import {
  type ClinicFacts,
  registerClinic,
  setHandled,
} from "#src/programs/vaccination/clinics/register.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** The code of an invented clinic of 熊本県 (43), with its check digit. */
export const clinicCode = (n: number): string => withCheckDigit(`431${String(n).padStart(6, "0")}`);

/** An invented clinic. */
export const clinicFacts = (given: Partial<ClinicFacts> = {}): ClinicFacts => ({
  name: "窓口試験内科",
  kana: "マドグチシケンナイカ",
  kind: "clinic",
  place: "city",
  postalCode: "8600001",
  address: "熊本市中央区試験町1-2-3",
  district: "中央区",
  phone: "096-000-0000",
  listed: true,
  ...given,
});

/** A bank account that passes its checks. */
export const clinicAccount = (number = "1234567") => ({
  bankCode: "0001",
  branchCode: "001",
  kind: "ordinary" as const,
  number,
  holderKana: "マドグチシケンナイカ",
});

export const typedContract = (given: Partial<TypedContract> = {}): TypedContract => ({
  kind: "individual",
  number: "契-1",
  from: "2026-04-01",
  to: "2027-03-31",
  bodyCode: undefined,
  memberNumber: "",
  paidTo: "clinic",
  ...given,
});

/** Clinics in a test, entered and confirmed by named staff. */
export function clinicsOf(test: TestPlatform) {
  const as = async <T>(
    who: TestStaff | "system",
    run: (work: Work) => Promise<T>,
    purpose: Purpose = "case",
  ) =>
    runWork(
      test.platform,
      who === "system" ? await test.system() : await test.actor(who),
      { purpose, program: "vaccination" },
      run,
    );
  let last = 0;
  /** A clinic that handles vaccines from the beginning of 2026 on. */
  const clinic = async (
    given: Partial<ClinicFacts> = {},
    vaccines: readonly string[] = ["pcv"],
  ): Promise<string> => {
    last += 1;
    const code = clinicCode(last);
    await as("clerk1", async (work) => {
      await registerClinic(work, code, clinicFacts(given));
      await setHandled(work, { code, revision: null }, { vaccines, from: "2026-01-01" });
    });
    return code;
  };
  /** A contract that another person has confirmed. */
  const contract = async (code: string, given: Partial<TypedContract> = {}): Promise<string> => {
    const id = await as("clerk1", (work) => proposeContract(work, code, typedContract(given)));
    await as("supervisor1", async (work) =>
      moveEntry(work, "contract", await contractOf(work, id), "confirm"),
    );
    return id;
  };
  /** An account that another person has confirmed. */
  const account = async (
    payee: string,
    from: Parameters<typeof enterClinicAccount>[2]["from"] = "2026-11-20",
    number?: string,
  ): Promise<string> => {
    const id = await as("clerk1", (work) =>
      enterClinicAccount(work, payee, { account: clinicAccount(number), from }),
    );
    await as("clerk2", (work) => moveClinicAccount(work, id, "confirm", { evidence: "passbook" }));
    return id;
  };
  return { as, clinic, contract, account };
}
