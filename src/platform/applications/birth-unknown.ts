import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Person } from "../people/index.ts";
import type { Granting } from "./kind.ts";

/** That nothing can be granted, since of some people neither a day of birth is known nor one set in its place. */
export const birthUnknown = (people: readonly Person[]): Granting => ({
  granted: false,
  reason:
    "生年月日が不詳のため、期間を判定できません。みなし生年月日を設定し、別の職員が確認してから進めてください。",
  unknownBirths: people.map(({ personNumber }) => personNumber),
  steps: people.map(({ birthDate }) => ({ label: "生年月日", value: formatWareki(birthDate) })),
  basis: ["年齢計算ニ関する法律、民法第143条"],
});
