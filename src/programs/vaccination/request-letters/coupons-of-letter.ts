import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { paperVersion, settingInForce } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { doseLabel } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { type Coupon, couponsOf, issueCoupons, takeCouponNumbers } from "../coupons.ts";

interface Dose {
  vaccine: VaccineId;
  dose: number;
}

/** 接種券 of a dose that counts. @throws Problem 422 where there is none */
export async function couponOfDose(
  work: Work,
  personNumber: string,
  { vaccine, dose }: Dose,
): Promise<Coupon> {
  const found = (await couponsOf(work, personNumber)).find(
    (one) => one.state === "issued" && one.vaccine === vaccine && one.dose === dose,
  );
  if (!found)
    throw new Problem({ status: 422, message: "予診票に印字する接種券が、取り消されています。" });
  return found;
}

/**
 * Gives every dose of a letter a 接種券, whose codes its 予診票 bears: the one that was sent already, or a new one for the time of
 * the letter. In the step that issues the letter.
 */
export async function giveCoupons(
  work: Work,
  personNumber: string,
  doses: readonly Dose[],
  time: { from: IsoDate; until: IsoDate },
): Promise<void> {
  const known = await couponsOf(work, personNumber);
  const paper = paperVersion(vaccinationCoupon, await settingInForce(work, "vaccination"));
  for (const { vaccine, dose } of doses) {
    if (known.some((one) => one.state === "issued" && one.vaccine === vaccine && one.dose === dose))
      continue;
    const [number] = await takeCouponNumbers(work, 1);
    if (!number) throw new Error("a coupon has a number");
    await issueCoupons(
      work,
      [
        {
          number,
          personNumber,
          vaccine,
          dose,
          label: doseLabel(vaccine, dose),
          usableFrom: time.from,
          usableTo: time.until,
          issuedOn: work.platform.clock.today(),
          paper,
        },
      ],
      null,
    );
  }
}
