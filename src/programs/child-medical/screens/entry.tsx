import {
  accountPart,
  agentPart,
  insurancePart,
  itemsOfParts,
  mailingPart,
} from "#src/platform/entry-parts/index.ts";
import type { EntryForm, EntrySubject, Items } from "#src/web/cases/index.ts";
import { Checkbox, Columns, choicesOf, RadioGroup } from "#src/web/components/index.ts";
import {
  AccountFields,
  AgentFields,
  ApplicantFields,
  HouseholdPick,
  InsuranceFields,
  MailingFields,
  readOptionalPart,
  readPart,
} from "#src/web/entry-parts/index.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  applicationReasonTitles,
  type Entered,
  guardianPart,
  prefilledGuardian,
  relationTitles,
  suggestedRelation,
} from "../entered.ts";

export const GuardianFields = (props: {
  known: Partial<Entered["guardian"]> | undefined;
  source?: string | undefined;
  /** With the insured, where that is entered on the same page. */
  also?: readonly string[];
  about: EntrySubject;
}) => {
  const { about, also, ...fields } = props;
  const { household, subject } = about.register;
  return (
    <ApplicantFields
      prefix={guardianPart.name}
      title="保護者（申請者）"
      relation="子どもとの続柄"
      relations={relationTitles}
      pick={
        <HouseholdPick
          prefix={guardianPart.name}
          label="世帯から選ぶ"
          people={household.filter((person) => person !== subject)}
          on={about.found.receivedOn as IsoDate}
          relationOf={suggestedRelation}
          {...(also ? { also } : {})}
        />
      }
      {...fields}
    />
  );
};

export const ChildInsuranceFields = ({
  known,
  about: { register, today },
}: {
  known: Partial<Entered["insurance"]> | undefined;
  about: EntrySubject;
}) => (
  <InsuranceFields
    title="子どもの健康保険（主保険）"
    who="子ども"
    known={known}
    bounds={bornBounds(register.subject.birthDate, today)}
  />
);

/** The application in the order of the paper form; what the register knows of the guardian is not typed again. */
export const entryForm: EntryForm<Partial<Entered>> = {
  known: async (_work, { register }) => ({
    known: { guardian: prefilledGuardian(register) },
    source: "住民記録",
  }),
  Fields: ({ known, source, about }) => (
    <Columns>
      <div>
        <RadioGroup
          name="reason"
          label="申請事由"
          required
          value={known.reason ?? "birth"}
          options={choicesOf(applicationReasonTitles)}
        />
        <GuardianFields
          known={known.guardian}
          source={source}
          also={["insurance.insuredName"]}
          about={about}
        />
        <AgentFields known={known.agent} />
      </div>
      <div>
        <ChildInsuranceFields
          known={known.insurance ?? { insuredName: known.guardian?.name ?? "" }}
          about={about}
        />
        <AccountFields known={known.account} optional />
        <MailingFields known={known.mailing} label="保護者の住所と別の所へ送る" />
        <Checkbox name="welfare" label="生活保護を受けている" checked={known.welfare ?? false} />
      </div>
    </Columns>
  ),
  read: (form) => ({
    reason: form.text("reason"),
    guardian: readPart(form, guardianPart),
    agent: readOptionalPart(form, agentPart),
    insurance: readPart(form, insurancePart),
    account: readOptionalPart(form, accountPart),
    mailing: readOptionalPart(form, mailingPart),
    welfare: form.has("welfare"),
  }),
};

/** What was entered, part by part. */
export function items(entered: Partial<Entered>): Items {
  const { reason, mailing, welfare } = entered;
  const parts = itemsOfParts(entered, {
    guardian: guardianPart,
    agent: agentPart,
    insurance: insurancePart,
    account: accountPart,
    mailing: mailingPart,
  });
  return [
    ...(reason ? [["申請事由", applicationReasonTitles[reason]] as const] : []),
    ...parts.map(({ label, value }) => [label, value] as const),
    ...(mailing === null ? [["送付先", "保護者の住所"] as const] : []),
    ...(welfare === undefined
      ? []
      : [["生活保護", welfare ? "受けている" : "受けていない"] as const]),
  ];
}
