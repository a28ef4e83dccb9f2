import type { HouseholdView } from "#src/platform/people/index.ts";
import {
  AskedBy,
  Checkbox,
  choicesOf,
  NumberField,
  SelectField,
} from "#src/web/components/index.ts";
import { HouseholdFields, readHousehold } from "#src/web/entry-parts/index.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Entered, Member } from "../entered.ts";
import { patientTitles, personRelationTitles } from "../titles.ts";
import { readTax, TaxFields } from "./tax-fields.tsx";

const roles = { household: "支給認定基準世帯員" };

/** 支給認定基準世帯員: who has the same insurance, with the taxes of each and whether they are patients too. */
export const MembersFields = (props: {
  known: Partial<Entered>;
  register: HouseholdView;
  on: IsoDate;
}) => (
  <HouseholdFields<Member>
    known={props.known.people}
    register={props.register}
    on={props.on}
    roles={() => roles}
    relations={personRelationTitles}
    guess={() => ({})}
    own={({ prefix, known }) => (
      <AskedBy name={`${prefix}.role`} values={["household"]}>
        <Checkbox
          name={`${prefix}.insured`}
          label="被保険者である"
          checked={known.insured ?? false}
        />
        <Checkbox
          name={`${prefix}.guardian`}
          label="18歳未満の本人の保護者（収入を見る方）"
          checked={known.guardian ?? false}
        />
        <SelectField
          name={`${prefix}.patient`}
          label="指定難病・小慢の受給"
          value={known.patient ?? "none"}
          options={choicesOf(patientTitles)}
        />
        <AskedBy name={`${prefix}.patient`} values={["intractable", "pediatric"]}>
          <NumberField
            name={`${prefix}.patientCap`}
            label="その方の上限月額（按分前、円）"
            width={12}
            value={known.patientCap === undefined ? "" : String(known.patientCap)}
          />
        </AskedBy>
        <TaxFields prefix={`${prefix}.tax`} title="市町村民税" known={known.tax} />
      </AskedBy>
    )}
  />
);

export const readMembers = (form: Values): object[] =>
  readHousehold(form, (role, prefix) =>
    role === "household"
      ? {
          relation: form.text(`${prefix}.relation`),
          insured: form.has(`${prefix}.insured`),
          guardian: form.has(`${prefix}.guardian`),
          patient: form.text(`${prefix}.patient`),
          patientCap:
            form.text(`${prefix}.patient`) === "none" || form.text(`${prefix}.patientCap`) === ""
              ? 0
              : form.integer(`${prefix}.patientCap`),
          tax: readTax(form, `${prefix}.tax`),
        }
      : {},
  );
