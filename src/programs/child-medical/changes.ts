import type { Actor } from "#src/platform/access/actor.ts";
import {
  accountSubject,
  type ChangeSubject,
  changes,
  correctionSubject,
  goneSince,
  lossSubject,
  mailingSubject,
  openLossesFromRegister,
  partSubject,
  resumptionSubject,
  suspensionSubject,
} from "#src/platform/applications/index.ts";
import { insuranceFaults, insurancePart } from "#src/platform/entry-parts/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { MovementFacts } from "#workflows/cases/movements.ts";
import { type ChangeContext, changeV1 } from "#workflows/child-medical/change-machine.ts";
import { type ChangeEventType, changeV2 } from "#workflows/child-medical/change-machine-v2.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { childMedical } from "./application.ts";
import { type Entered, guardianPart } from "./entered.ts";

const subjects: Readonly<Record<string, ChangeSubject<Entered>>> = {
  mailing: mailingSubject("保護者", ({ guardian }) => guardian?.name),
  insurance: {
    ...partSubject<Entered, "insurance">("健康保険の変更", "insurance", insurancePart),
    insurer: (data) => (data as Pick<Entered, "insurance">).insurance.insurerNumber,
    faults: (data, { personNumber, birthOf, today }) =>
      insuranceFaults(
        (data as Pick<Entered, "insurance">).insurance,
        bornBounds(birthOf(personNumber), today),
      ),
  },
  guardian: partSubject("保護者・住所の変更", "guardian", guardianPart),
  account: accountSubject(),
  loss: lossSubject("資格の喪失", {
    "moved-out": "市外への転出",
    died: "死亡",
    age: "対象年齢の終了",
    welfare: "生活保護の開始",
    other: "その他",
  }),
  suspension: suspensionSubject(),
  resumption: resumptionSubject(),
  correction: correctionSubject(() => childMedical),
};

/** Reports of change, 喪失, 停止, 再開 and 訂正 (変更届・喪失届) of こども医療費助成. */
export const childMedicalChanges = changes<Entered, ChangeContext & MovementFacts, ChangeEventType>(
  {
    application: childMedical,
    versions: [changeV1, changeV2],
    subjects,
    facts: (shared, { movement }) => ({ ...shared, movement, loss: movement === "lost" }),
  },
);

/** Opens reports of loss for children who left the city or died, as the resident feed tells. */
export const openLosses = (platform: Platform, system: Actor): Promise<number> =>
  openLossesFromRegister(platform, system, childMedicalChanges, (held) =>
    held.flatMap(({ entitled, live, person }) => {
      const gone = live ? goneSince(person) : undefined;
      return gone ? [{ of: entitled, subject: "loss", reason: gone.why, on: gone.on }] : [];
    }),
  );
