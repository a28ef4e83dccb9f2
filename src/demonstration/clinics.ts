import { address, offices } from "#db/city/addresses.ts";
import { Random } from "#db/city/random.ts";
import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  clinicAccountsOf,
  enterClinicAccount,
  moveClinicAccount,
} from "#src/programs/vaccination/clinics/accounts.ts";
import { keepBody } from "#src/programs/vaccination/clinics/bodies.ts";
import {
  closuresOf,
  contractsOf,
  moveEntry,
  proposeClosure,
  proposeContract,
  type TypedContract,
} from "#src/programs/vaccination/clinics/entries.ts";
import {
  addDoctors,
  type ClinicFacts,
  registerClinic,
  setHandled,
} from "#src/programs/vaccination/clinics/register.ts";
import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** Who fills the register: entered by the counter, confirmed by whoever decides for the whole city. */
export interface ClinicStaff {
  enters: Actor;
  decides: Actor;
}

/** How many clinics the demonstration city has. */
export const demonstrationClinics = 60;
/** Those with which something is the matter, by their place in the list. */
const suspended = 7;
const endedContract = 12;
const waitingClosure = 18;
const waitingAccount = 23;
const elsewhereFrom = 55;
const hall = 54;

/** Names that nobody takes for a real clinic, or for somebody who works at one. */
export const inventedNames = ["見本", "例示", "架空", "仮名", "試作", "実演"] as const;
const kana: Readonly<Record<(typeof inventedNames)[number], string>> = {
  見本: "ミホン",
  例示: "レイジ",
  架空: "カクウ",
  仮名: "カメイ",
  試作: "シサク",
  実演: "ジツエン",
};
const sorts = [
  ["こどもクリニック", "コドモクリニック"],
  ["内科医院", "ナイカイイン"],
  ["髙橋小児科", "タカハシショウニカ"],
  ["ファミリークリニック", "ファミリークリニック"],
  ["産婦人科", "サンフジンカ"],
] as const;

const forChildren = [
  "5mix",
  "hepb",
  "rota1",
  "rota5",
  "pcv",
  "bcg",
  "mr1",
  "mr2",
  "vzv",
  "je1",
  "je2",
  "dt2",
  "hpv9",
] as const satisfies readonly VaccineId[];
const forAdults = ["flu", "ppv", "zoster", "covid"] as const satisfies readonly VaccineId[];

/** The code of the clinic of a place, from 1. */
export const codeOfClinic = (place: number): string =>
  place === hall ? "9900000001" : withCheckDigit(`4319${String(place).padStart(5, "0")}`);

/** Fills 医療機関台帳 with invented clinics: contracts of this 年度, accounts, one that pauses, one whose contract is over. */
export async function seedClinics(platform: Platform, staff: ClinicStaff): Promise<void> {
  const as = <T>(actor: Actor, purpose: "case" | "payment", run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose, program: "vaccination" }, run);
  const today = platform.clock.today();
  const places = Array.from({ length: demonstrationClinics }, (_, at) => at + 1);
  const body = await as(staff.enters, "case", (work) =>
    keepBody(work, undefined, {
      name: "実演市医師会",
      kana: "ジツエンシイシカイ",
      kind: "association",
      postalCode: "8600806",
      address: "熊本市中央区花畑町９９番１号",
      phone: "096-000-0000",
    }),
  );
  await as(staff.enters, "case", (work) => enterAll(work, places, { body, today }));
  await as(staff.decides, "case", (work) => confirmAll(work, places));
  const payees = [body, ...places.filter((place) => place % 3 !== 0).map(codeOfClinic)];
  await as(staff.enters, "payment", async (work) => {
    for (const [at, payee] of payees.entries())
      await enterClinicAccount(work, payee, {
        account: {
          bankCode: "0001",
          branchCode: "001",
          kind: "ordinary",
          number: String(7_000_000 + at),
          holderKana: payee === body ? "ジツエンシイシカイ" : "ミホンイリヨウキカン",
        },
        from: today,
      });
  });
  await as(staff.decides, "payment", async (work) => {
    for (const payee of payees) {
      if (payee === codeOfClinic(waitingAccount)) continue;
      for (const row of await clinicAccountsOf(work, payee))
        await moveClinicAccount(work, row.id, "confirm", { evidence: "passbook" });
    }
  });
}

async function enterAll(
  work: Work,
  places: readonly number[],
  { body, today }: { body: string; today: IsoDate },
): Promise<void> {
  const random = new Random(2026, 74);
  const from = fiscalYearStart(fiscalYear(today));
  const to = fiscalYearEnd(fiscalYear(today));
  for (const place of places) {
    const code = codeOfClinic(place);
    await registerClinic(work, code, factsOf(random, place));
    const vaccines = [
      ...(place % 4 === 1 ? [] : forChildren.filter((_, at) => (place + at) % 6 !== 0)),
      ...(place % 4 === 2 ? [] : forAdults),
    ];
    await setHandled(work, { code, revision: null }, { vaccines, from });
    const throughBody = place % 3 === 0;
    const typed: TypedContract = {
      kind: place === hall ? "mass" : place >= elsewhereFrom ? "mutual" : "individual",
      number: `契約第${place}号`,
      // On the first days of a 年度 what has ended began in the one before.
      from: place === endedContract ? fiscalYearStart(fiscalYear(today) - 1) : from,
      to: place === endedContract ? addDays(today, -30) : to,
      bodyCode: throughBody ? body : undefined,
      memberNumber: throughBody ? String(1000 + place) : "",
      paidTo: throughBody ? "body" : "clinic",
    };
    await proposeContract(work, code, typed);
    if (place === suspended || place === waitingClosure)
      await proposeClosure(work, code, {
        kind: "suspended",
        from: addDays(today, -20),
        to: undefined,
        reason: place === suspended ? "absence" : "works",
      });
  }
  await addDoctors(
    work,
    places
      .filter((place) => place !== hall)
      .map((place) => ({
        code: codeOfClinic(place),
        role: "doctor" as const,
        name: `${inventedNames[place % inventedNames.length]}　${place % 2 === 0 ? "一郎" : "花子"}`,
        from,
      })),
  );
}

function factsOf(random: Random, place: number): ClinicFacts {
  const name = inventedNames[place % inventedNames.length] ?? "見本";
  const [sort, sortKana] =
    sorts[Math.floor(place / inventedNames.length) % sorts.length] ?? sorts[0];
  const common = { phone: `096-000-${String(place).padStart(4, "0")}`, listed: place !== hall };
  if (place === hall)
    return {
      ...common,
      name: "実演保健センター（集団接種）",
      kana: "ジツエンホケンセンター",
      kind: "health-centre",
      place: "city",
      postalCode: "8600806",
      address: "熊本市中央区花畑町９９番２号",
      district: "中央区",
    };
  if (place >= elsewhereFrom)
    return {
      ...common,
      name: `${name}第${place}医院`,
      kana: `${kana[name]}ダイ${place}イイン`,
      kind: "clinic",
      place: "prefecture",
      postalCode: "8660000",
      address: `熊本県八代市松江城町９９番${place}号`,
      district: "",
    };
  const home = address(random);
  const second = place >= inventedNames.length * sorts.length;
  return {
    ...common,
    name: place === 1 ? "見本市民病院" : `${name}${second ? "第二" : ""}${sort}`,
    kana:
      place === 1 ? "ミホンシミンビョウイン" : `${kana[name]}${second ? "ダイニ" : ""}${sortKana}`,
    kind: place === 1 ? "hospital" : "clinic",
    place: "city",
    postalCode: home.postalCode || "8600806",
    address: `熊本市${home.town.replace(/^熊本市/u, "")}${home.block}`,
    district: offices.find(({ code }) => code === home.officeCode)?.name ?? "",
  };
}

async function confirmAll(work: Work, places: readonly number[]): Promise<void> {
  for (const place of places) {
    const code = codeOfClinic(place);
    for (const row of await contractsOf(work, code))
      await moveEntry(work, "contract", row, "confirm");
    if (place !== suspended) continue;
    for (const row of await closuresOf(work, code))
      await moveEntry(work, "closure", row, "confirm");
  }
}
