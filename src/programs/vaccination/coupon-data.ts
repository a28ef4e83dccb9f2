import type { CouponData, Recipient } from "#forms/index.ts";
import { registeredBarcode } from "#src/platform/letters/customer-barcode.ts";
import type { IssuedBy, Piece, PreparedPiece } from "#src/platform/mailings/index.ts";
import { hasReached, type Person } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { readSubject } from "#workflows/vaccination/coupons-due.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";
import { type Circumstance, conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import type { Shot } from "#workflows/vaccination/vocabulary.ts";
import { scheduleVaccine, type TargetVaccine } from "./targets/vaccines.ts";
import { courseAndDose } from "./vaccines.ts";

/** Until this age letters go to the guardian. */
const adult = 18;

/** What a coupon says beyond the person and its number. */
export interface CouponFacts {
  /** Name of the dose in the person's own course. */
  label: string;
  /** The dates between which it may be given, inclusive. */
  usableFrom: IsoDate;
  usableTo: IsoDate;
  /** How the vaccine stands on the paper, where it is none of the schedule. */
  named?: Pick<TargetVaccine, "name" | "diseases" | "kind"> | undefined;
  /** Of a person with a 要注意 on the day of printing: the paper marks it. */
  caution?: true | undefined;
}

/**
 * The name of a dose and the dates between which it may be given, as the history leaves them from the
 * day `asked` on; nothing when another dose is next, its time is over, or no day is known by which to reckon.
 */
export function couponFacts(
  { bornOn, sex }: Pick<Person, "bornOn" | "sex">,
  coupon: {
    subject: string;
    asked: IsoDate;
    issuedOn: IsoDate;
    history: readonly Shot[];
    circumstances?: readonly Circumstance[] | undefined;
  },
): CouponFacts | undefined {
  const { subject, asked, issuedOn, history } = coupon;
  const { vaccine, dose } = readSubject(subject);
  if (!bornOn) return undefined;
  const known = {
    birth: bornOn,
    sex: sex === "male" ? ("male" as const) : ("female" as const),
    conditions: conditionsAt(coupon.circumstances ?? [], asked),
  };
  const due = dueDose(getVaccine(vaccine), known, asked, history);
  if (due?.dose !== dose || due.latest < issuedOn) return undefined;
  // A dose that is open already may be given from the day of the letter.
  const usableFrom = due.earliest <= asked || due.earliest < issuedOn ? issuedOn : due.earliest;
  return { label: due.label, usableFrom, usableTo: due.latest };
}

/** Whom the letter with the coupon goes to: the person, or their guardian. */
export function recipientOf(person: Piece["person"], on: IsoDate): Recipient {
  const { name, address } = person;
  const { postalCode, town, block, building } = address;
  const barcode = registeredBarcode(address);
  return {
    postalCode,
    address: town && `${town}${block}`,
    ...(building ? { building } : {}),
    name: name.kanji,
    ...(hasReached(person, adult, on) === false ? { attention: "保護者　様" } : {}),
    ...(barcode ? { barcode } : {}),
  };
}

/** What the form of the coupon is filled with. */
export function couponData(
  { person, subject, pieceNumber, facts, to, datedOn }: PreparedPiece<CouponFacts>,
  { issuer, office, municipality }: IssuedBy,
): CouponData {
  const { vaccine, dose } = readTargetSubject(subject);
  const named = facts.named ?? scheduleVaccine(vaccine);
  const { name, address, sex } = person;
  return {
    to,
    person: {
      name: name.kanji,
      kana: name.kana,
      birthDate: person.birthDate,
      ...(sex === "unknown" ? {} : { sex: sex === "male" ? "男" : "女" }),
    },
    address: [`${address.town}${address.block}`, address.building].filter(Boolean).join("　"),
    number: {
      kind: named.kind,
      dose: String(dose),
      municipality,
      serial: pieceNumber,
    },
    vaccine: named.name,
    diseases: named.diseases,
    ...courseAndDose(facts.label),
    from: facts.usableFrom,
    until: facts.usableTo,
    issuedOn: datedOn,
    issuer,
    office,
    ...(facts.caution && { caution: true }),
  };
}
