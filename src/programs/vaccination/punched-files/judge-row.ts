import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  type PunchedFault,
  type PunchedFaultCode,
  shiftedFrom,
} from "#workflows/vaccination/punched-files/faults.ts";
import {
  type Outcome,
  outcomeTitles,
  type Route,
} from "#workflows/vaccination/records/channels.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { readCouponNumber } from "../coupons.ts";
import type { ToldRecord } from "../records/told.ts";
import type { PunchedItem, RawRow, SealedRow } from "./items.ts";

/** What becomes of a row by itself: a slip that can be told, or faults. */
export type JudgedRow = { told: ToldRecord } | { faults: PunchedFault[] };

const longest: Partial<Record<PunchedItem, number>> = {
  name: 100,
  kana: 100,
  address: 200,
  product: 60,
  lot: 30,
  clinicName: 100,
  doctor: 100,
  image: 100,
  motherChild: 40,
};

/**
 * Judges a row without looking at the register: what has to be there, dates that exist and follow one another, check digits,
 * codes. Edges: given today is in order; the day of the 予診票 may be the day of the shot, not a later one.
 */
export function judgeRow(
  { raw, unreadable }: SealedRow,
  { today, vaccines }: { today: IsoDate; vaccines: Readonly<Record<string, string>> },
): JudgedRow {
  if (unreadable) return { faults: [{ item: "row", code: unreadable.code as PunchedFaultCode }] };
  const faults: PunchedFault[] = [];
  const at = (item: PunchedItem | "row", code: PunchedFaultCode) => faults.push({ item, code });
  const text = (item: PunchedItem) => raw[item] ?? "";
  const day = (item: PunchedItem): IsoDate | undefined => {
    const written = text(item);
    if (isIsoDate(written)) {
      if (written > today) at(item, "future-date");
      return written;
    }
    if (written !== "") at(item, "not-a-date");
    return undefined;
  };
  const oneOf = <Value extends string>(item: PunchedItem, values: readonly Value[]) => {
    const found = values.find((value) => value === text(item));
    if (!found && text(item) !== "") at(item, "unknown-code");
    return found;
  };
  const outcome = oneOf("outcome", Object.keys(outcomeTitles) as Outcome[]);
  if (text("outcome") === "") at("outcome", "missing");
  const coupon = text("coupon") === "" ? undefined : readCouponNumber(text("coupon"));
  if (text("coupon") !== "" && !coupon) at("coupon", "check-digit");
  const personNumber = figures(text("person"));
  if (personNumber !== "" && !isPersonNumber(personNumber)) at("person", "check-digit");
  const birth = day("birth");
  const sex = oneOf("sex", ["female", "male"]);
  const vaccine = vaccineOf(raw, vaccines);
  if (vaccine === undefined) at("vaccine", "unknown-code");
  else if (vaccine === "" && text("coupon") === "") at("vaccine", "missing");
  const dose = figures(text("dose"));
  if (dose !== "" && !/^[1-9]\d?$/.test(dose)) at("dose", "not-a-number");
  const volume = text("volume").normalize("NFKC");
  if (volume !== "" && !/^\d{1,2}(\.\d{1,2})?$/.test(volume)) at("volume", "not-a-number");
  const route = oneOf<Route>("route", ["individual", "group"]);
  const clinicCode = figures(text("clinic"));
  if (clinicCode !== "" && !/^\d{10}$/.test(clinicCode)) at("clinic", "not-a-number");
  const givenOn = day("givenOn");
  if (text("givenOn") === "") at("givenOn", "missing");
  const interviewOn = day("interviewOn");
  if (givenOn && interviewOn && interviewOn > givenOn) at("interviewOn", "date-order");
  if (givenOn && birth && birth > givenOn) at("birth", "date-order");
  for (const [item, most] of Object.entries(longest))
    if (text(item as PunchedItem).length > most) at(item as PunchedItem, "too-long");
  const named = birth !== undefined && (text("name") !== "" || text("kana") !== "");
  if (!text("coupon") && !personNumber && !text("motherChild") && !named) at("row", "nobody");
  if (faults.length >= shiftedFrom) faults.unshift({ item: "row", code: "shifted" });
  if (faults.length > 0 || !outcome || !givenOn) return { faults };
  const identity = {
    ...(text("name") && { name: text("name") }),
    ...(text("kana") && { kana: text("kana") }),
    ...(birth && { birth }),
    ...(sex && { sex }),
    ...(text("address") && { address: text("address") }),
  };
  return {
    told: {
      channel: "punched",
      outcome,
      vaccine: vaccine ?? "",
      dose: dose === "" ? undefined : Number(dose),
      givenOn,
      couponNumber: coupon,
      personNumber: personNumber || undefined,
      motherChildNumber: text("motherChild") || undefined,
      identity: Object.keys(identity).length > 0 ? identity : undefined,
      product: text("product") || undefined,
      lot: text("lot").normalize("NFKC").toUpperCase() || undefined,
      volume: volume || undefined,
      route,
      clinicCode: clinicCode || undefined,
      clinicName: text("clinicName") || undefined,
      doctor: text("doctor") || undefined,
      image: text("image") || undefined,
      interviewOn,
    },
  };
}

/** Our id of what the row calls the vaccine and its 期; nothing where it is none of them. */
export function vaccineOf(
  raw: RawRow,
  vaccines: Readonly<Record<string, string>>,
): string | undefined {
  const { vaccine = "", period = "" } = raw;
  if (vaccine === "") return "";
  const named = vaccines[`${vaccine}/${period}`] ?? vaccines[vaccine] ?? vaccine;
  return findVaccine(named)?.id ?? findVaccine(`${named}${period}`)?.id;
}
