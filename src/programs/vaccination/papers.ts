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
import { customerBarcode } from "#workflows/mail/customer-barcode.ts";
import { readSubject } from "#workflows/mailings/coupons-due.ts";
import { getVaccine, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { courseAndDose, diseasesOf } from "./vaccines.ts";

/** What 予防接種 prints, and who issues it until the city has set its own (帳票の設定). */
export const vaccinationPapers: ProgramPapers = {
  program: "vaccination",
  issuer: { title: "熊本市長", name: "実証　太郎" },
  forms: [vaccinationCoupon, handoverBook],
  city: "熊本市",
  hours: "平日 8時30分から17時15分まで",
};

/** 全国地方公共団体コード of the city that pays. */
const municipality = "431001";

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
}

/** Looks up, once each, how coupons of some version are printed. */
export function lookFinder(
  work: Work,
  { sample = false } = {},
): (paper: PaperVersion) => Promise<CouponLook> {
  const known = new Map<string, Promise<CouponLook>>();
  const find = async ({ template, setting }: PaperVersion): Promise<CouponLook> => {
    const { fonts, issuer, wording } = await printingOf(work, vaccinationPapers, setting);
    const form = formOf(template);
    return { as: { form, fonts, wording: wording(form), sample }, issuer };
  };
  return (paper) => {
    const key = `${paper.template} ${paper.setting}`;
    const found = known.get(key) ?? find(paper);
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
  { office, issuer }: { office: Office; issuer: Issuer },
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
  const barcode = customerBarcode(
    address?.postalCode ?? "",
    `${address?.block}　${address?.building}`,
  );
  return {
    postalCode: address?.postalCode ?? "",
    address: `${address?.town}${address?.block}`,
    ...(address?.building ? { building: address.building } : {}),
    name: name?.kanji ?? "",
    ...(ageOn(birthDate, on).years < adult ? { attention: "保護者　様" } : {}),
    ...("bars" in barcode ? { barcode: barcode.bars } : {}),
  };
}
