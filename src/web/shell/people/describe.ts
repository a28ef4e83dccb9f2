import type { Person } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { showDateShort } from "../../dates.ts";

export const sexTitles = { female: "女", male: "男", unknown: "不明" } as const;

/** 続柄コード (住民基本台帳): steps of two digits from the head, such as `2012` 子の妻. */
const relationshipSteps: Record<string, string> = {
  "01": "本人",
  "02": "世帯主",
  "03": "準世帯主",
  "11": "夫",
  "12": "妻",
  "13": "夫（未届）",
  "14": "妻（未届）",
  "20": "子",
  "21": "長男",
  "22": "長女",
  "31": "父",
  "32": "母",
  "51": "兄",
  "52": "弟",
  "53": "姉",
  "54": "妹",
  "98": "縁故者",
  "99": "同居人",
};

/** 続柄 in words. */
export function relationshipTitle(code: string): string {
  const steps = code.match(/../g)?.map((step) => relationshipSteps[step]) ?? [];
  return steps.length > 0 && steps.every(Boolean) ? steps.join("の") : "その他";
}

/** Whether the person lives in the city now, and since when not. */
export function residenceState(
  person: Pick<Person, "residence" | "diedOn">,
  today: IsoDate,
): { word: string; tone: "neutral" | "warning" } {
  const { to, toReason } = person.residence;
  if (person.diedOn) return { word: `死亡 ${showDateShort(person.diedOn)}`, tone: "warning" };
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
  const { town, block, building } = person.address;
  return [`${town}${block}`, building].filter(Boolean).join(" ");
}
