import { partOfPerson } from "#src/platform/applications/index.ts";
import { insurancePart } from "#src/platform/entry-parts/index.ts";
import { type ChangeForm, usualChangeForms } from "#src/web/cases/index.ts";
import {
  choicesOf,
  FieldGroup,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { InsuranceFields, readPart } from "#src/web/entry-parts/index.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { applicant, type Child, childrenOf, type Entered } from "../entered.ts";
import { personRelationTitles } from "../titles.ts";
import { HouseholdApplicantFields } from "./entry.tsx";
import { movementForms } from "./movement-forms.tsx";
import { ChildFields, readChild } from "./people-fields.tsx";

type Form = ChangeForm<Entered>;

/** The part that a report is about, filled with the data as they hold; a loss has nothing to enter. */
export const changeForms: Readonly<Record<string, Form>> = {
  ...usualChangeForms<Entered>("申請者"),
  address: {
    Fields: ({ known }) => <HouseholdApplicantFields known={known.applicant} />,
    read: (form) => ({ applicant: readPart(form, applicant) }),
  },
  name: {
    Fields({ known, personNumber, about: { found } }) {
      const person = partOfPerson(known, personNumber);
      return found.personNumber === personNumber ? (
        <HouseholdApplicantFields known={known.applicant} />
      ) : (
        <TextField
          name="name"
          label="新しい氏名"
          required
          printed
          width={20}
          value={"name" in person ? person.name : ""}
        />
      );
    },
    read: (form, { found, personNumber }) =>
      found.personNumber === personNumber
        ? { applicant: readPart(form, applicant) }
        : { name: form.text("name") },
  },
  insurance: {
    Fields({ known, personNumber, about: { register, today } }) {
      const person = partOfPerson(known, personNumber);
      const birth = register.people.get(personNumber)?.birthDate;
      const insurance = "insurance" in person ? person.insurance : undefined;
      return (
        <InsuranceFields
          title="健康保険（主保険）"
          who="この方"
          known={insurance}
          bounds={bornBounds(birth, today)}
        />
      );
    },
    read: (form) => ({ insurance: readPart(form, insurancePart) }),
  },
  "child-addition": {
    Fields({ known, before, about: { register, today } }) {
      const joining = childrenOf({ people: known.people ?? [] }).find(
        ({ personNumber }) => !before.people?.some((one) => one.personNumber === personNumber),
      );
      const added: Partial<Child> = joining ?? {};
      return (
        <FieldGroup title="追加する児童">
          <NumberField
            check="person-number"
            name="child.personNumber"
            label="統合宛名番号"
            required
            width={12}
            value={added.personNumber}
          />
          <SelectField
            name="child.relation"
            label="申請者から見た続柄"
            value={added.relation ?? "child"}
            options={choicesOf(personRelationTitles)}
          />
          <ChildFields
            prefix="child"
            known={added}
            alone
            bounds={bornBounds(register.people.get(added.personNumber ?? "")?.birthDate, today)}
          />
        </FieldGroup>
      );
    },
    read: (form) => ({
      child: {
        role: "child",
        personNumber: form.text("child.personNumber"),
        relation: form.text("child.relation"),
        ...readChild(form, "child"),
      },
    }),
  },
  ...movementForms,
};
