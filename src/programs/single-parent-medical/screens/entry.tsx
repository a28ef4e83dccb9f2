import {
  accountPart,
  agentPart,
  insurancePart,
  itemsOfParts,
  mailingPart,
  registeredAddress,
  registeredName,
} from "#src/platform/entry-parts/index.ts";
import type { EntryForm, Items } from "#src/web/cases/index.ts";
import {
  Checkbox,
  Columns,
  choicesOf,
  DateField,
  FieldGroup,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import {
  AccountFields,
  AgentFields,
  ApplicantFields,
  InsuranceFields,
  MailingFields,
  readOptionalPart,
  readPart,
} from "#src/web/entry-parts/index.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort } from "#workflows/dates/wareki.ts";
import { householdRoles } from "#workflows/single-parent-medical/household.ts";
import { featureIn } from "../benefits.ts";
import { applicant, type Entered, type HouseholdPerson } from "../entered.ts";
import { categoryTitles, personRelationTitles, relationTitles } from "../titles.ts";
import { PeopleFields, readPeople } from "./people-fields.tsx";

export const HouseholdApplicantFields = (props: {
  known: Partial<Entered["applicant"]> | undefined;
  source?: string | undefined;
}) => (
  <ApplicantFields
    prefix={applicant.name}
    title="申請者"
    relation="児童との続柄"
    relations={relationTitles}
    {...props}
  />
);

/** The application in the order of the paper form; what the register knows is not typed again. */
export const entryForm: EntryForm<Partial<Entered>> = {
  known: async (_work, { register: { subject } }) => ({
    known: {
      applicant: {
        ...registeredName(subject),
        relation: subject.sex === "male" ? "father" : "mother",
        ...registeredAddress(subject),
        telephone: "",
      },
    },
    source: "住民記録",
  }),
  Fields: ({ known, source, about: { found, register, today } }) => (
    <Columns>
      <div>
        <FieldGroup title="ひとり親等の事由">
          <SelectField
            name="category.code"
            label="事由"
            required
            value={known.category?.code}
            empty="選んでください"
            options={choicesOf(categoryTitles)}
          />
          <DateField
            name="category.since"
            label="事由の生じた日"
            required
            {...bornBounds(register.subject.birthDate, today)}
            value={known.category ? formatWarekiShort(known.category.since as IsoDate) : ""}
          />
        </FieldGroup>
        <HouseholdApplicantFields known={known.applicant} source={source} />
        <AgentFields known={known.agent} />
        <InsuranceFields
          title="申請者の健康保険（主保険）"
          who="申請者"
          known={
            known.insurance ?? { relation: "insured", insuredName: known.applicant?.name ?? "" }
          }
          bounds={bornBounds(register.subject.birthDate, today)}
        />
      </div>
      <div>
        <PeopleFields
          known={known}
          register={register}
          on={found.receivedOn as IsoDate}
          today={today}
        />
        <FieldGroup title="手当・年金など">
          <NumberField
            name="childSupport"
            label="1年間に受け取った養育費（円）"
            width={12}
            value={String(known.childSupport ?? 0)}
            hint="所得を見る年の、申告の額"
          />
          <TextField
            name="allowanceNumber"
            label="児童扶養手当証書の番号"
            width={20}
            value={known.allowanceNumber}
          />
          <Checkbox name="pension" label="公的年金を受けている" checked={known.pension ?? false} />
          <Checkbox name="welfare" label="生活保護を受けている" checked={known.welfare ?? false} />
        </FieldGroup>
        <AccountFields known={known.account} optional />
        <MailingFields known={known.mailing} label="申請者の住所と別の所へ送る" />
      </div>
    </Columns>
  ),
  read(form) {
    const insurance = readPart(form, insurancePart);
    return {
      category: {
        code: form.text("category.code"),
        since: readDate(form.text("category.since")) ?? "",
      },
      applicant: readPart(form, applicant),
      agent: readOptionalPart(form, agentPart),
      insurance,
      people: readPeople(form, insurance),
      childSupport: form.integer("childSupport"),
      allowanceNumber: form.text("allowanceNumber"),
      pension: form.has("pension"),
      account: readOptionalPart(form, accountPart),
      mailing: readOptionalPart(form, mailingPart),
      welfare: form.has("welfare"),
    };
  },
};

/** What was entered, part by part. */
export function items(entered: Partial<Entered>): Items {
  const { category, mailing, people = [] } = entered;
  const parts = itemsOfParts(entered, {
    applicant,
    agent: agentPart,
    insurance: insurancePart,
    account: accountPart,
    mailing: mailingPart,
  });
  return [
    ...(category
      ? [
          [
            "事由",
            `${categoryTitles[category.code]}（${formatWareki(category.since as IsoDate)}）`,
          ] as const,
        ]
      : []),
    ...parts.map(({ label, value }) => [label, value] as const),
    ...people.map((person) => personLine(person)),
    ...(mailing === null ? [["送付先", "申請者の住所"] as const] : []),
    ["養育費", `${(entered.childSupport ?? 0).toLocaleString("ja-JP")}円`],
    ["児童扶養手当証書", entered.allowanceNumber || "―"],
    ["公的年金", entered.pension ? "受けている" : "受けていない"],
    ["生活保護", entered.welfare ? "受けている" : "受けていない"],
  ];
}

function personLine(person: HouseholdPerson): readonly [string, string] {
  const left = featureIn(person, "household")?.applies === false;
  if (person.role !== "child" && left)
    return [`${householdRoles[person.role]} ${person.name}`, "世帯を離れた方（所得を見ない）"];
  if (person.role === "spouse") return [`${householdRoles.spouse} ${person.name}`, "所得を見る方"];
  const relation = personRelationTitles[person.relation];
  if (person.role === "supporter")
    return [`${householdRoles.supporter} ${person.name}`, `${relation}・所得を見る方`];
  const { insurance, disabled, pupil, apart } = person;
  const words = [
    relation,
    ...(disabled ? ["障害あり"] : []),
    ...(pupil ? ["在学"] : []),
    ...(apart ? ["別居"] : []),
    insurance
      ? `${insurance.insurerName} ${[insurance.symbol, insurance.number, insurance.branchNumber].filter(Boolean).join("・")}`
      : "健康保険は未加入",
  ];
  return [`児童 ${person.name}`, words.join("、")];
}
