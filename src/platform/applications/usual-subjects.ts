import { z } from "zod";
import { changeOf } from "../entitlements/index.ts";
import {
  type Account,
  accountPart,
  type EntryItem,
  type EntryPart,
  type MailingAddress,
  mailingPart,
} from "../entry-parts/index.ts";
import { EntryProblem } from "../problem.ts";
import type { ChangeSubject } from "./change-kind.ts";
import type { Titles } from "./kind.ts";

/** A report that changes one part of the data of an application, put into force by confirmation. */
export function partSubject<Entered, Name extends keyof Entered & string>(
  title: string,
  name: Name,
  { schema, items }: EntryPart<NonNullable<Entered[Name]>>,
): ChangeSubject<Entered> {
  return {
    title,
    schema: z.strictObject({ [name]: schema }),
    concerns: "all",
    items: (data) => {
      const value = data[name];
      return value ? items(value as NonNullable<Entered[Name]>) : [];
    },
  };
}

/** 喪失: ends the entitlements that it concerns, for one of these reasons. */
export const lossSubject = <Entered>(
  title: string,
  reasons: Titles,
  rest: Pick<ChangeSubject<Entered>, "mayOpen"> & { concerns?: "each" | "all" } = {},
): ChangeSubject<Entered> => ({
  title,
  schema: z.strictObject({}),
  reasons,
  movement: "lost",
  concerns: "all",
  items: () => [],
  ...rest,
});

const shown = (label: string, value: string): EntryItem => ({ label, value });

/** 振込先口座の変更. */
export const accountSubject = <
  Entered extends { account: Account | null },
>(): ChangeSubject<Entered> => ({
  title: "振込先口座の変更",
  schema: z.strictObject({ account: accountPart.schema }),
  concerns: "all",
  items: ({ account }) =>
    account
      ? accountPart.items(account)
      : [shown("振込先口座", "登録なし"), shown("口座名義", "登録なし")],
});

/** 送付先の変更; without one letters go to the applicant, who is called 保護者 or 申請者. */
export const mailingSubject = <Entered extends { mailing: MailingAddress | null }>(
  who: string,
  nameOf: (data: Partial<Entered>) => string | undefined,
): ChangeSubject<Entered> => ({
  title: "送付先の変更",
  schema: z.strictObject({
    mailing: mailingPart.schema
      .refine(({ reason }) => Boolean(reason), {
        path: ["reason"],
        message: "送付先を設ける理由を選んでください。",
      })
      .nullable(),
  }),
  concerns: "all",
  async complete(work, found, data) {
    const { until } = (data as Pick<Entered, "mailing">).mailing ?? {};
    if (until && until < (await changeOf(work, found.id)).occursOn)
      throw new EntryProblem(
        "mailing.until",
        "送付先の終わりの日は、変更日以後の日付にしてください。",
      );
    return data;
  },
  items: (data) =>
    data.mailing
      ? mailingPart.items(data.mailing)
      : [
          shown("送付先の住所", `${who}の住所`),
          { label: "送付先の宛名", value: nameOf(data) ?? "", purpose: "name" },
        ],
});
