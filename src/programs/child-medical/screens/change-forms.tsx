import { accountPart, insurancePart, mailingPart } from "#src/platform/entry-parts/index.ts";
import type { ChangeForm } from "#src/web/cases/index.ts";
import {
  AccountFields,
  MailingFields,
  readOptionalPart,
  readPart,
} from "#src/web/entry-parts/index.ts";
import { type Entered, guardianPart } from "../entered.ts";
import { ChildInsuranceFields, GuardianFields } from "./entry.tsx";

/** The part that a report is about, filled with the data as they hold; a loss has nothing to enter. */
export const changeForms: Readonly<Record<string, ChangeForm<Entered>>> = {
  mailing: {
    Fields: ({ known }) => (
      <MailingFields
        known={known.mailing}
        label="保護者の住所と別の所へ送る（外すと保護者の住所に戻ります）"
      />
    ),
    read: (form) => ({ mailing: readOptionalPart(form, mailingPart) }),
  },
  insurance: {
    Fields: ({ known }) => <ChildInsuranceFields known={known.insurance} />,
    read: (form) => ({ insurance: readPart(form, insurancePart) }),
  },
  guardian: {
    Fields: ({ known }) => <GuardianFields known={known.guardian} />,
    read: (form) => ({ guardian: readPart(form, guardianPart) }),
  },
  account: {
    Fields: ({ known }) => <AccountFields known={known.account} />,
    read: (form) => ({ account: readPart(form, accountPart) }),
  },
};
