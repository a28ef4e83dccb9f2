import {
  type CouponData,
  checkText,
  type Fonts,
  type FormInWords,
  formOf,
  handoverBook,
  type Issuer,
  type Office,
  type Recipient,
} from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { registeredBarcode } from "#src/platform/letters/customer-barcode.ts";
import type { Person } from "#src/platform/people/index.ts";
import {
  type PaperVersion,
  type ProgramPapers,
  printingOf,
  type StoppedCharacter,
} from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { ageOn } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { readSubject } from "#workflows/mailings/coupons-due.ts";
import { getVaccine, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { courseAndDose, diseasesOf } from "./vaccines.ts";

/** What 予防接種 prints. */
export const vaccinationPapers: ProgramPapers = {
  program: "vaccination",
  forms: [vaccinationCoupon, handoverBook],
};

/** Until this age letters go to the guardian. */
const adult = 18;

/** What a coupon says beyond the person. */
export interface CouponFacts {
  number: string;
  subject: string;
  /** Name of the dose in the person's own course. */
  label: string;
  usableFrom: IsoDate;
  usableTo: IsoDate;
  issuedOn: IsoDate;
  /** With what it is printed, the first time and every time after. */
  paper: PaperVersion;
}

/** A version of the coupon as it is printed under a setting. */
export interface CouponLook {
  as: FormInWords<unknown> & { fonts: Fonts };
  issuer: Issuer;
  /** 全国地方公共団体コード of the city that pays. */
  municipality: string;
}

/** Looks up, once each, how coupons of some version and date are printed. */
export function lookFinder(
  work: Work,
  { sample = false } = {},
): (paper: PaperVersion, issuedOn: IsoDate) => Promise<CouponLook> {
  const known = new Map<string, Promise<CouponLook>>();
  // One object a version and setting, whatever the dates: the writer keeps the drawings of each apart.
  const shared = new Map<string, CouponLook["as"]>();
  const find = async ({ template, setting }: PaperVersion, on: IsoDate): Promise<CouponLook> => {
    const { fonts, issuer, wording } = await printingOf(work, vaccinationPapers, { setting, on });
    const { code } = await cityOf(work, on);
    const form = formOf(template);
    const key = `${template} ${setting}`;
    const as = shared.get(key) ?? { form, fonts, wording: wording(form), sample };
    shared.set(key, as);
    return { as, issuer, municipality: code };
  };
  return (paper, issuedOn) => {
    const key = `${paper.template} ${paper.setting} ${issuedOn}`;
    const found = known.get(key) ?? find(paper, issuedOn);
    known.set(key, found);
    return found;
  };
}

/** Characters of the person's name and address that cannot be printed as registered. */
export function unprintableOf({ name, address }: Person, fonts: Fonts): StoppedCharacter[] {
  const texts = [
    ["氏名", "name", name?.kanji],
    ["フリガナ", "name", name?.kana],
    ["住所", "address", `${address?.town ?? ""}${address?.block ?? ""}`],
    ["方書", "address", address?.building],
  ] as const;
  return texts.flatMap(([field, purpose, text]) =>
    checkText(text ?? "", purpose, fonts, vaccinationCoupon.id).map((one) => ({ field, ...one })),
  );
}

/** What the form of the coupon is filled with. */
export function couponData(
  person: Person,
  facts: CouponFacts,
  {
    office,
    issuer,
    municipality,
  }: Pick<CouponLook, "issuer" | "municipality"> & { office: Office },
): CouponData {
  const { name, address } = person;
  if (!name || !address)
    throw new Problem({ status: 403, message: "この方の氏名・住所を見る権限がありません。" });
  const { vaccine, dose } = readSubject(facts.subject);
  const line = `${address.town}${address.block}`;
  return {
    to: recipientOf(person, facts.issuedOn),
    person: {
      name: name.kanji,
      kana: name.kana,
      birthDate: person.birthDate,
      ...(person.sex === "unknown" ? {} : { sex: person.sex === "male" ? "男" : "女" }),
    },
    address: [line, address.building].filter(Boolean).join("　"),
    number: {
      kind: getVaccine(vaccine).category === "A" ? "1" : "2",
      dose: String(dose),
      municipality,
      serial: facts.number,
    },
    vaccine: vaccineLabel(vaccine),
    diseases: diseasesOf(vaccine),
    ...courseAndDose(facts.label),
    from: facts.usableFrom,
    until: facts.usableTo,
    issuedOn: facts.issuedOn,
    issuer,
    office,
  };
}

function recipientOf({ name, address, birthDate }: Person, on: IsoDate): Recipient {
  const barcode = address && registeredBarcode(address);
  return {
    postalCode: address?.postalCode ?? "",
    address: `${address?.town}${address?.block}`,
    ...(address?.building ? { building: address.building } : {}),
    name: name?.kanji ?? "",
    ...(ageOn(birthDate, on).years < adult ? { attention: "保護者　様" } : {}),
    ...(barcode ? { barcode } : {}),
  };
}
