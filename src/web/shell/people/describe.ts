import type { Person } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { showDateShort } from "../../dates.ts";

export const sexTitles = { female: "女", male: "男", unknown: "不明" } as const;

/** Whether the person lives in the city now, and since when not. */
export function residenceState(
  person: Pick<Person, "residence" | "diedOn" | "outside">,
  today: IsoDate,
): { word: string; tone: "neutral" | "warning" } {
  const { to, toReason } = person.residence;
  if (person.diedOn) return { word: `死亡 ${showDateShort(person.diedOn)}`, tone: "warning" };
  if (person.outside) return { word: "住登外", tone: "warning" };
  if (to && to <= today) {
    const word = toReason === "move-out" ? "転出" : toReason === "death" ? "死亡" : "消除";
    return { word: `${word} ${showDateShort(to)}`, tone: "warning" };
  }
  return { word: "在住", tone: "neutral" };
}

/** The address in one line; of a person under 支援措置 without the right to see it, a word instead. */
export function addressLine(person: Pick<Person, "address" | "addressMasked">): string {
  if (person.addressMasked) return "非表示（支援措置）";
  if (!person.address) return "―";
  const { town, block, building, country } = person.address;
  return [country, `${town}${block}`, building].filter(Boolean).join(" ");
}
