import {
  accountPart,
  agentPart,
  insurancePart,
  mailingPart,
  registeredAddress,
  registeredName,
} from "#src/platform/entry-parts/index.ts";
import type { EntryForm } from "#src/web/cases/index.ts";
import {
  AskedBy,
  Checkbox,
  Columns,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  RadioGroup,
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
import { costsUpTo } from "../cap-sheets.ts";
import { applicant, type Entered } from "../entered.ts";
import { isRenewedOn } from "../renewals/standings.ts";
import {
  limitCategories,
  methodTitles,
  receptionTitles,
  relationTitles,
  sortTitles,
} from "../titles.ts";
import { CapFields, readCap } from "./cap-fields.tsx";
import { shortDay } from "./days.ts";
import { InstitutionFields, readInstitutions } from "./institution-fields.tsx";
import { MembersFields, readMembers } from "./member-fields.tsx";
import { RecordFields, readRecords } from "./record-fields.tsx";
import { readTax, TaxFields } from "./tax-fields.tsx";

export const IntractableApplicantFields = (props: {
  known: Partial<Entered["applicant"]> | undefined;
  source?: string | undefined;
}) => (
  <ApplicantFields
    prefix={applicant.name}
    title="申請者（本人、18歳未満は保護者）"
    relation="本人との続柄"
    relations={relationTitles}
    {...props}
  />
);

/** The application in the order of the paper form; what the register knows is not typed again. */
export const entryForm: EntryForm<Partial<Entered>> = {
  known: async (work, { found, register: { subject } }) => {
    const costs = await costsUpTo(work, found.personNumber, found.receivedOn as IsoDate);
    return {
      known: {
        // What 管理票 and receipts say goes before what was entered in another year.
        ...(costs.length > 0 ? { costs } : {}),
        sort: (await isRenewedOn(work, {
          personNumber: found.personNumber,
          receivedOn: found.receivedOn as IsoDate,
        }))
          ? "renewal"
          : "new",
        reception: "head",
        method: "self",
        anyInstitution: true,
        insurerConsent: true,
        applicant: {
          ...registeredName(subject),
          relation: "self",
          ...registeredAddress(subject),
          telephone: "",
        },
      },
      source: "住民記録",
    };
  },
  Fields: ({ known, source, about: { found, register, today } }) => {
    const bounds = bornBounds(register.subject.birthDate, today);
    return (
      <Columns>
        <div>
          <FieldGroup title="申請">
            <RadioGroup
              name="sort"
              label="申請区分"
              value={known.sort}
              options={choicesOf(sortTitles)}
            />
            <FieldRow>
              <SelectField
                name="reception"
                label="受付窓口"
                value={known.reception}
                options={choicesOf(receptionTitles)}
              />
              <SelectField
                name="method"
                label="申請方法"
                value={known.method}
                options={choicesOf(methodTitles)}
              />
            </FieldRow>
            <AskedBy name="sort" values={["transfer"]}>
              <FormerFields known={known.former} />
            </AskedBy>
            <Checkbox
              name="hindered"
              label="申請が遅れたやむを得ない理由がある（3か月まで遡る）"
              checked={known.hindered ?? false}
            />
          </FieldGroup>
          <IntractableApplicantFields known={known.applicant} source={source} />
          <AgentFields known={known.agent} />
          <InsuranceFields
            title="本人の健康保険"
            who="本人"
            known={known.insurance ?? { relation: "insured" }}
            bounds={bounds}
          />
          <FieldGroup title="保険者照会">
            <Checkbox
              name="insurerConsent"
              label="保険者への照会に同意している"
              checked={known.insurerConsent ?? false}
            />
            <SelectField
              name="limitCategory"
              label="適用区分（保険者の回答）"
              value={known.limitCategory}
              empty="まだ分からない"
              options={choicesOf(limitCategories)}
            />
            <TextField name="insurerNote" label="保険者備考" width={30} value={known.insurerNote} />
          </FieldGroup>
          <RecordFields known={known} bounds={bounds} />
        </div>
        <div>
          <CapFields known={known} />
          <TaxFields prefix="tax" title="本人の市町村民税" known={known.tax} />
          <MembersFields known={known} register={register} on={found.receivedOn as IsoDate} />
          <InstitutionFields known={known} />
          <AccountFields known={known.account} optional />
          <MailingFields known={known.mailing} label="申請者の住所と別の所へ送る" />
          <TextField name="note" label="備考" width={30} value={known.note} />
        </div>
      </Columns>
    );
  },
  read(form) {
    const sort = form.text("sort");
    return {
      sort,
      reception: form.text("reception"),
      method: form.text("method"),
      applicant: readPart(form, applicant),
      agent: readOptionalPart(form, agentPart),
      insurance: readPart(form, insurancePart),
      insurerConsent: form.has("insurerConsent"),
      limitCategory: form.text("limitCategory"),
      insurerNote: form.text("insurerNote"),
      ...readRecords(form),
      ...readCap(form),
      hindered: form.has("hindered"),
      tax: readTax(form, "tax"),
      people: readMembers(form),
      ...readInstitutions(form),
      former:
        sort === "transfer"
          ? {
              authority: form.text("former.authority"),
              payerNumber: form.text("former.payerNumber"),
              recipientNumber: form.text("former.recipientNumber"),
              validTo: readDate(form.text("former.validTo")) ?? "",
            }
          : null,
      account: readOptionalPart(form, accountPart),
      mailing: readOptionalPart(form, mailingPart),
      note: form.text("note"),
    };
  },
};

const FormerFields = ({ known }: { known: Entered["former"] | undefined }) => (
  <FieldGroup title="転入前の受給者証">
    <TextField
      name="former.authority"
      label="転入前の都道府県・指定都市"
      width={20}
      value={known?.authority}
    />
    <FieldRow>
      <TextField
        name="former.payerNumber"
        label="公費負担者番号"
        width={12}
        value={known?.payerNumber}
      />
      <TextField
        name="former.recipientNumber"
        label="受給者番号"
        width={12}
        value={known?.recipientNumber}
      />
    </FieldRow>
    <DateField
      name="former.validTo"
      label="有効期間の終わり"
      value={known?.validTo ? shortDay(known.validTo) : ""}
    />
  </FieldGroup>
);

export { items } from "./items.tsx";
