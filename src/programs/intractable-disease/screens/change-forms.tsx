import { insurancePart } from "#src/platform/entry-parts/index.ts";
import { type ChangeForm, usualChangeForms } from "#src/web/cases/index.ts";
import {
  AskedBy,
  Checkbox,
  choicesOf,
  FieldGroup,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { InsuranceFields, readPart } from "#src/web/entry-parts/index.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { applicant, type Entered } from "../entered.ts";
import { limitCategories, patientTitles, personRelationTitles } from "../titles.ts";
import { CostFields, PreventionFields, readCosts, readPrevention } from "./cap-fields.tsx";
import { IntractableApplicantFields } from "./entry.tsx";
import { InstitutionFields, readInstitutions } from "./institution-fields.tsx";
import { RecordFields, readRecords } from "./record-fields.tsx";
import { readTax, TaxFields } from "./tax-fields.tsx";

type Form = ChangeForm<Entered>;

const applicantForm: Form = {
  Fields: ({ known }) => <IntractableApplicantFields known={known.applicant} />,
  read: (form) => ({ applicant: readPart(form, applicant) }),
};

/** The part that a report is about, filled with the data as they hold; a loss has nothing to enter. */
export const changeForms: Readonly<Record<string, Form>> = {
  ...usualChangeForms<Entered>("申請者"),
  name: applicantForm,
  address: applicantForm,
  tier: {
    Fields: ({ known }) => (
      <>
        <TaxFields prefix="tax" title="本人の市町村民税" known={known.tax} />
        <FieldGroup title="階層に係ること">
          <PreventionFields known={known} />
        </FieldGroup>
      </>
    ),
    read: (form) => ({ tax: readTax(form, "tax"), ...readPrevention(form) }),
  },
  member: {
    Fields({ known, before }) {
      const one = known.people?.find(
        (person) =>
          JSON.stringify(person) !==
          JSON.stringify(before.people?.find((p) => p.personNumber === person.personNumber)),
      );
      return (
        <FieldGroup title="支給認定基準世帯員">
          <p class="field-hint">
            今の基準世帯員:{" "}
            {(before.people ?? [])
              .filter(({ left }) => !left)
              .map(({ name, personNumber }) => `${name}（${personNumber}）`)
              .join("、") || "本人のほかにいません"}
            。今いる方の内容を変えるときは、その方の番号を入れて、すべての欄を入れ直します。
          </p>
          <NumberField
            check="person-number"
            name="member.personNumber"
            label="統合宛名番号"
            required
            width={12}
            value={one?.personNumber}
          />
          <SelectField
            name="member.relation"
            label="本人から見た続柄"
            value={one?.relation}
            empty="選んでください"
            options={choicesOf(personRelationTitles)}
          />
          <Checkbox name="member.left" label="基準世帯を離れた" checked={one?.left ?? false} />
          <Checkbox name="member.insured" label="被保険者である" checked={one?.insured ?? false} />
          <Checkbox
            name="member.guardian"
            label="18歳未満の本人の保護者（収入を見る方）"
            checked={one?.guardian ?? false}
          />
          <SelectField
            name="member.patient"
            label="指定難病・小慢の受給"
            value={one?.patient ?? "none"}
            options={choicesOf(patientTitles)}
          />
          <AskedBy name="member.patient" values={["intractable", "pediatric"]}>
            <NumberField
              name="member.patientCap"
              label="その方の上限月額（按分前、円）"
              width={12}
              value={one ? String(one.patientCap) : ""}
            />
          </AskedBy>
          <TaxFields prefix="member.tax" title="市町村民税" known={one?.tax} />
        </FieldGroup>
      );
    },
    read: (form) => ({
      member: {
        role: "household",
        personNumber: form.text("member.personNumber"),
        relation: form.text("member.relation"),
        left: form.has("member.left"),
        insured: form.has("member.insured"),
        guardian: form.has("member.guardian"),
        patient: form.text("member.patient"),
        patientCap: form.text("member.patient") === "none" ? 0 : form.integer("member.patientCap"),
        tax: readTax(form, "member.tax"),
      },
    }),
  },
  "long-high-cost": {
    Fields: ({ known }) => (
      <FieldGroup title="高額かつ長期">
        <Checkbox
          name="longHighCost"
          label="高額かつ長期に当たる"
          checked={known.longHighCost ?? false}
        />
        <CostFields known={known} />
      </FieldGroup>
    ),
    read: (form) => ({ longHighCost: form.has("longHighCost"), ...readCosts(form) }),
  },
  ventilator: {
    Fields: ({ known }) => (
      <Checkbox
        name="ventilator"
        label="人工呼吸器等を装着している"
        checked={known.ventilator ?? false}
      />
    ),
    read: (form) => ({ ventilator: form.has("ventilator") }),
  },
  disease: {
    Fields: ({ known, about: { register, today } }) => (
      <RecordFields known={known} bounds={bornBounds(register.subject.birthDate, today)} />
    ),
    read: readRecords,
  },
  insurance: {
    Fields: ({ known, about: { register, today } }) => (
      <>
        <InsuranceFields
          title="本人の健康保険"
          who="本人"
          known={known.insurance}
          bounds={bornBounds(register.subject.birthDate, today)}
        />
        <SelectField
          name="limitCategory"
          label="適用区分（保険者の回答）"
          value={known.limitCategory}
          empty="まだ分からない"
          options={choicesOf(limitCategories)}
        />
        <TextField name="insurerNote" label="保険者備考" width={30} value={known.insurerNote} />
      </>
    ),
    read: (form) => ({
      insurance: readPart(form, insurancePart),
      limitCategory: form.text("limitCategory"),
      insurerNote: form.text("insurerNote"),
    }),
  },
  institution: {
    Fields: ({ known }) => <InstitutionFields known={known} />,
    read: readInstitutions,
  },
};
