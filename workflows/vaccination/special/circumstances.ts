import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Condition, VaccineId } from "../vocabulary.ts";
import { isInPregnancy } from "./pregnancy.ts";

/** What stands of a person that opens or prolongs a target, with the days on which it holds. */
export type Circumstance =
  | {
      readonly kind: "long-illness";
      readonly hindranceFrom: IsoDate;
      readonly hindranceTo: IsoDate;
      readonly vaccines: readonly VaccineId[];
    }
  | { readonly kind: "pregnancy"; readonly dueOn: IsoDate }
  | {
      readonly kind: "disability";
      readonly organ: "heart" | "kidney" | "respiratory" | "hiv";
      readonly from: IsoDate;
      readonly until?: IsoDate | undefined;
    };

/**
 * The conditions by which the rules judge a shot of a day: a disability on the days on which it is entered (HIV counts as one of
 * 心臓・腎臓・呼吸器・HIV and by itself), the pregnancy in which the day lies, a long illness by its own days.
 */
export function conditionsAt(circumstances: readonly Circumstance[], day: IsoDate): Condition[] {
  return circumstances.flatMap((one): Condition[] => {
    if (one.kind === "long-illness")
      return [
        {
          kind: "long-illness",
          from: one.hindranceFrom,
          until: one.hindranceTo,
          vaccines: one.vaccines,
        },
      ];
    if (one.kind === "pregnancy")
      return isInPregnancy(one.dueOn, day)
        ? [{ kind: "pregnant", expectedDelivery: one.dueOn }]
        : [];
    if (day < one.from || (one.until !== undefined && one.until < day)) return [];
    return [
      { kind: "disability-60-64" },
      ...(one.organ === "hiv" ? [{ kind: "hiv-60-64" } as const] : []),
    ];
  });
}
