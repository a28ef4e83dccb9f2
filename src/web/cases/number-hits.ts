import { holds } from "#src/platform/access/index.ts";
import { caseKindTitle, findCaseNumbers } from "#src/platform/cases/index.ts";
import { peopleOfRecipientNumber } from "#src/platform/entitlements/index.ts";
import type { Work } from "#src/platform/work.ts";
import { figures } from "#workflows/text/widths.ts";
import type { NumberHit } from "../screens.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { casePath } from "./paths.ts";

/** Cases and recipients of a 事務 with a number, as far as this person may see them. */
export async function numberHits(
  { application: { program, title } }: AnyCaseScreens,
  work: Work,
  number: string,
): Promise<NumberHit[]> {
  if (!holds(work.actor, "case.read", { program })) return [];
  const cases = await findCaseNumbers(work, program, number);
  const recipients = await peopleOfRecipientNumber(work, program, figures(number));
  return [
    ...cases.map((found) => ({
      title: `${caseKindTitle(found.kind)} ${found.number}`,
      to: { path: casePath(found) },
    })),
    ...recipients.map((personNumber) => ({
      title: `${title} 受給者番号 ${figures(number)}`,
      to: { personNumber },
    })),
  ];
}
