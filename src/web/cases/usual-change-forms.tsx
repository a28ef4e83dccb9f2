import type { Account } from "#src/platform/entry-parts/index.ts";
import { accountPart, type MailingAddress, mailingPart } from "#src/platform/entry-parts/index.ts";
import { AccountFields, MailingFields, readOptionalPart, readPart } from "../entry-parts/index.ts";
import { correctionForm } from "./correction-form.tsx";
import type { ChangeForm } from "./declaration.ts";

/** The forms of `accountSubject`, `mailingSubject` and `correctionSubject`; the applicant is called 保護者 or 申請者. */
export const usualChangeForms = <
  Entered extends { account: Account | null; mailing: MailingAddress | null },
>(
  who: string,
): Record<"account" | "mailing" | "correction", ChangeForm<Entered>> => ({
  correction: correctionForm(),
  account: {
    Fields: ({ known }) => <AccountFields known={known.account} />,
    read: (form) => ({ account: readPart(form, accountPart) }),
  },
  mailing: {
    Fields: ({ known }) => (
      <MailingFields
        known={known.mailing}
        label={`${who}の住所と別の所へ送る（外すと${who}の住所に戻ります）`}
      />
    ),
    read: (form) => ({ mailing: readOptionalPart(form, mailingPart) }),
  },
});
