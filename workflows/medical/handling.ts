import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { choiceField, choiceSchema } from "#workflows/rules/rule.ts";

const numbers = {
  same: "前の受給者番号のまま",
  new: "新しい受給者番号を付ける",
} as const;
const cards = {
  return: "返してもらう（回収の一覧に入れる）",
  holder: "本人が破棄する（回収の一覧に入れない）",
} as const;

/** How a city handles numbers and certificates of who was entitled before, and whose period has run out. */
export interface Handling {
  /** 受給者番号 of somebody who is entitled again after the entitlement had ended (再取得). */
  readonly reacquired: keyof typeof numbers;
  /** Certificates whose period has run out (有効期間満了). */
  readonly expired: keyof typeof cards;
}

/** Where a city has set nothing: numbers stay, and certificates that nobody can use any more are not asked back. */
export const usualHandling: Handling = { reacquired: "same", expired: "holder" };

/** 再取得の番号 and 満了した証 as a parameter of a scheme; no city's practice was seen, so there is no template. */
export const handlingParameter = (program: string, scheme: string): CityParameter<Handling> => ({
  key: `${program}.handling`,
  title: `${scheme} 再取得の番号と満了した証`,
  hint: "登録がない間は、番号はそのまま、満了した証は本人の破棄として扱います。",
  fields: {
    reacquired: choiceField("資格を再び取得した方の番号", numbers, usualHandling.reacquired),
    expired: choiceField("有効期間が満了した証", cards, usualHandling.expired),
  },
  schema: z.object({ reacquired: choiceSchema(numbers), expired: choiceSchema(cards) }),
});
