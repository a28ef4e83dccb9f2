import { insurancePart } from "#src/platform/entry-parts/index.ts";
import { type ChangeForm, usualChangeForms } from "#src/web/cases/index.ts";
import { readPart } from "#src/web/entry-parts/index.ts";
import { type Entered, guardianPart } from "../entered.ts";
import { ChildInsuranceFields, GuardianFields } from "./entry.tsx";

/** The part that a report is about, filled with the data as they hold; a loss has nothing to enter. */
export const changeForms: Readonly<Record<string, ChangeForm<Entered>>> = {
  ...usualChangeForms<Entered>("保護者"),
  insurance: {
    Fields: ({ known, about }) => <ChildInsuranceFields known={known.insurance} about={about} />,
    read: (form) => ({ insurance: readPart(form, insurancePart) }),
  },
  guardian: {
    Fields: ({ known, about }) => <GuardianFields known={known.guardian} about={about} />,
    read: (form) => ({ guardian: readPart(form, guardianPart) }),
  },
};
