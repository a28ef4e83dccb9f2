import { z } from "zod";
import { application, changes } from "#src/platform/applications/index.ts";
import { applicantPart } from "#src/platform/entry-parts/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { caseScreens } from "#src/web/cases/index.ts";
import { CheckboxGroup } from "#src/web/components/index.ts";
import { ApplicantFields, readPart } from "#src/web/entry-parts/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { type ChangeContext, changeV1 } from "#workflows/child-medical/change-machine.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const program = "household-aid";
const parentPart = applicantPart("parent", "申請者", { father: "父", mother: "母" });
const letters = { ...childMedical.letters, title: "世帯助成", sign: "世" };

const schema = z.strictObject({
  parent: parentPart.schema,
  children: z.array(z.string()).min(1, "対象の子どもを選んでください。"),
});
export type HouseholdEntered = z.infer<typeof schema>;

/** A 事務 that only tests have: a parent applies, and each child is granted an entitlement of its own. */
export const household = application<HouseholdEntered>({
  program,
  title: "世帯助成",
  versions: [{ ...applicationV1, kind: `${program}/application`, title: "世帯助成 申請" }],
  schema,
  words: { subject: "申請者", subjectInLetters: "申請者", receivedOn: "申請日" },
  documents: { proof: { title: "戸籍謄本", hint: "世帯が分かるもの", standard: false } },
  reasons: childMedical.reasons,
  members: ({ children }) =>
    children.map((personNumber) => ({ personNumber, role: "beneficiary" })),
  split: ({ parent, children }, subject) => [
    { personNumber: subject, data: { parent } },
    ...children.map((personNumber) => ({ personNumber, data: {} })),
  ],
  join: (pieces, subject) => ({
    ...(pieces.find((one) => one.personNumber === subject)?.data as Pick<
      HouseholdEntered,
      "parent"
    >),
    children: pieces.flatMap((one) => (one.personNumber === subject ? [] : [one.personNumber])),
  }),
  addressee: ({ parent }) => parent,
  granting: async (_work, { receivedOn }, entered) => ({
    steps: [],
    basis: ["試験の定め"],
    granted: true,
    periods: (entered?.children ?? []).map((personNumber) => ({
      personNumber,
      from: receivedOn as IsoDate,
      to: "2030-03-31",
      reason: "application",
    })),
  }),
  letters: { ...letters, papers: { ...letters.papers, program } },
  scheme: childMedical.scheme,
  certificate: {
    ...childMedical.certificate,
    statement: { prefix: "HA1", program },
    guardian: ({ parent }) => parent.name,
  },
});

const householdChanges = changes<HouseholdEntered, ChangeContext>({
  application: household,
  versions: [{ ...changeV1, kind: `${program}/change`, title: "世帯助成 変更・喪失届" }],
  subjects: {
    parent: {
      title: "申請者の変更",
      schema: z.strictObject({ parent: parentPart.schema }),
      concerns: "all",
      items: ({ parent }) => (parent ? parentPart.items(parent) : []),
    },
    leave: {
      title: "世帯からの転出",
      schema: z.strictObject({}),
      reasons: { married: "婚姻", independent: "独立" },
      movement: "lost",
      concerns: "each",
      items: () => [],
    },
  },
  facts: (shared, { movement }) => ({ ...shared, loss: movement === "lost" }),
});

/** The machines that the database has to be told of. */
export const householdMachines = [...household.versions, ...householdChanges.versions];

const ParentFields = ({ known }: { known: Partial<HouseholdEntered> }) => (
  <ApplicantFields
    prefix={parentPart.name}
    title="申請者"
    relation="続柄"
    relations={{ father: "父", mother: "母" }}
    known={known.parent}
  />
);

export const householdScreens: ProgramScreens = {
  id: program,
  title: household.title,
  papers: household.letters.papers,
  ...caseScreens<HouseholdEntered>({
    shortTitle: "世帯助成",
    application: household,
    change: householdChanges,
    entry: {
      known: async () => ({ known: {} }),
      Fields: ({ known, about: { register } }) => (
        <>
          <ParentFields known={known} />
          <CheckboxGroup
            name="children"
            label="対象の子ども"
            values={register.household.flatMap(({ personNumber }, n) =>
              known.children?.includes(personNumber) ? [String(n)] : [],
            )}
            options={register.household.map((person, n) => ({
              value: String(n),
              label: shownName(person),
            }))}
          />
        </>
      ),
      read: (form, { register }) => ({
        parent: readPart(form, parentPart),
        children: form
          .all("children")
          .flatMap((n) => register.household[Number(n)]?.personNumber ?? []),
      }),
    },
    changeForms: {
      parent: {
        Fields: ParentFields,
        read: (form) => ({ parent: readPart(form, parentPart) }),
      },
    },
    items: ({ parent }) =>
      parent ? parentPart.items(parent).map(({ label, value }) => [label, value] as const) : [],
    compare: async () => [],
  }),
};
