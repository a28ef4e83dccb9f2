import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { figures } from "#workflows/text/widths.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";
import type { ToldIdentity } from "#workflows/vaccination/records/score.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { readCouponNumber } from "../../coupons.ts";
import type { ToldRecord } from "../../records/told.ts";

const outcomes = Object.keys(outcomeTitles) as (keyof typeof outcomeTitles)[];
const routes = Object.keys(routeTitles) as (keyof typeof routeTitles)[];

/** What all parts of a shot say in a form, without whose it is; what is wrong goes into `errors`. */
export function readShotFields(form: Values, errors: Record<string, string>, hasCoupon: boolean) {
  const givenOn = readDate(form.text("givenOn"));
  if (!givenOn) errors["givenOn"] = "接種日を入力してください。例: R8.11.20";
  const vaccine = form.text("vaccine");
  if (vaccine === "" ? !hasCoupon : !findVaccine(vaccine))
    errors["vaccine"] = "券番号がないときは、予防接種を選んでください。";
  const dose = form.integer("dose");
  if (form.text("dose") !== "" && !(dose !== undefined && dose >= 1 && dose <= 99))
    errors["dose"] = "回数を、1から99までの数で入力してください。";
  const clinicCode = figures(form.text("clinicCode"));
  if (clinicCode !== "" && !/^\d{10}$/.test(clinicCode))
    errors["clinicCode"] = "医療機関コードは、10桁の数字です。";
  const volume = form.text("volume").normalize("NFKC");
  if (volume !== "" && !/^\d{1,2}(\.\d{1,2})?$/.test(volume))
    errors["volume"] = "接種量を、0.5のように入力してください。";
  const interview = form.text("interviewOn");
  const interviewOn = interview === "" ? undefined : readDate(interview);
  if (interview !== "" && !interviewOn)
    errors["interviewOn"] = "予診票の日付を入力してください。例: R8.11.20";
  return {
    givenOn: givenOn ?? ("0001-01-01" as const),
    vaccine,
    dose,
    outcome: form.choice("outcome", outcomes) ?? ("given" as const),
    product: form.text("product") || undefined,
    lot: form.text("lot").normalize("NFKC").toUpperCase() || undefined,
    volume: volume || undefined,
    route: form.choice("route", routes),
    clinicCode: clinicCode || undefined,
    clinicName: form.text("clinicName") || undefined,
    doctor: form.text("doctor") || undefined,
    interviewOn,
  };
}

/** 氏名, 生年月日, 性別, 住所 of a form; nothing where nothing was typed. */
export function readIdentity(
  form: Values,
  errors: Record<string, string>,
): ToldIdentity | undefined {
  const typedBirth = form.text("birth");
  const birth = typedBirth === "" ? undefined : readDate(typedBirth);
  if (typedBirth !== "" && !birth) errors["birth"] = "生年月日を入力してください。例: R8.5.10";
  const kana = form.text("kana");
  const identity: ToldIdentity = {
    ...(form.text("name") && { name: form.text("name") }),
    ...(kana && { kana }),
    ...(birth && { birth }),
    ...(form.choice("sex", ["female", "male"]) && { sex: form.choice("sex", ["female", "male"]) }),
    ...(form.text("address") && { address: form.text("address") }),
  };
  return Object.keys(identity).length > 0 ? identity : undefined;
}

/** A slip as it was typed; what is wrong goes into `errors`, by field. */
export function readSlipForm(
  form: Values,
  errors: Record<string, string>,
): Omit<ToldRecord, "accept"> {
  const coupon = form.text("coupon");
  if (coupon !== "" && !readCouponNumber(coupon))
    errors["coupon"] = "番号が違います（桁数か検査数字が合いません）。もう一度読み取ってください。";
  const personNumber = figures(form.text("personNumber"));
  const motherChildNumber = form.text("motherChildNumber");
  const shot = readShotFields(form, errors, coupon !== "");
  const identity = readIdentity(form, errors);
  if (coupon === "" && personNumber === "" && motherChildNumber === "" && !identity)
    errors["coupon"] = "券番号を読み取るか、「券番号がないとき」に入力してください。";
  return {
    channel: "slip",
    ...shot,
    couponNumber: coupon || undefined,
    personNumber: personNumber || undefined,
    motherChildNumber: motherChildNumber || undefined,
    identity,
  };
}
