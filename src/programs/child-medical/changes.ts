import { z } from "zod";
import type { Actor } from "#src/platform/access/actor.ts";
import {
  type ChangeSubject,
  changes,
  goneSince,
  openLossesFromRegister,
} from "#src/platform/applications/index.ts";
import {
  accountPart,
  type EntryItem,
  insurancePart,
  mailingPart,
} from "#src/platform/entry-parts/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  type ChangeContext,
  type ChangeEventType,
  changeV1,
} from "#workflows/child-medical/change-machine.ts";
import { childMedical } from "./application.ts";
import { type Entered, guardianPart } from "./entered.ts";

const none: readonly EntryItem[] = [];
const shown = (label: string, value: string): EntryItem => ({ label, value });

/** A report that changes one part of the data, put into force by confirmation. */
const part = (
  title: string,
  schema: z.ZodType<Partial<Entered>>,
  items: (data: Partial<Entered>) => readonly EntryItem[],
): ChangeSubject<Entered> => ({ title, schema, items, concerns: "all" });

const subjects = {
  mailing: part(
    "送付先の変更",
    z.strictObject({ mailing: mailingPart.schema.nullable() }),
    ({ mailing, guardian }) =>
      mailing
        ? mailingPart.items(mailing)
        : [
            shown("送付先の住所", "保護者の住所"),
            { label: "送付先の宛名", value: guardian?.name ?? "", purpose: "name" },
          ],
  ),
  insurance: part(
    "健康保険の変更",
    z.strictObject({ insurance: insurancePart.schema }),
    ({ insurance }) => (insurance ? insurancePart.items(insurance) : none),
  ),
  guardian: part(
    "保護者・住所の変更",
    z.strictObject({ guardian: guardianPart.schema }),
    ({ guardian }) => (guardian ? guardianPart.items(guardian) : none),
  ),
  account: part(
    "振込先口座の変更",
    z.strictObject({ account: accountPart.schema }),
    ({ account }) =>
      account
        ? accountPart.items(account)
        : [shown("振込先口座", "登録なし"), shown("口座名義", "登録なし")],
  ),
  loss: {
    title: "資格の喪失",
    schema: z.strictObject({}),
    reasons: {
      "moved-out": "市外への転出",
      died: "死亡",
      age: "対象年齢の終了",
      welfare: "生活保護の開始",
      other: "その他",
    },
    movement: "lost",
    concerns: "all",
    items: () => none,
  },
} as const satisfies Record<string, ChangeSubject<Entered>>;

/** Reports of change and loss (変更届・喪失届) of こども医療費助成. */
export const childMedicalChanges = changes<Entered, ChangeContext, ChangeEventType>({
  application: childMedical,
  versions: [changeV1],
  subjects,
  facts: (shared, { movement }) => ({ ...shared, loss: movement === "lost" }),
});

/** Opens reports of loss for children who left the city or died, as the resident feed tells. */
export const openLosses = (platform: Platform, system: Actor): Promise<number> =>
  openLossesFromRegister(platform, system, childMedicalChanges, (held) =>
    held.flatMap(({ entitled, live, person }) => {
      const gone = live ? goneSince(person) : undefined;
      return gone ? [{ of: entitled, subject: "loss", reason: gone.why, on: gone.on }] : [];
    }),
  );
