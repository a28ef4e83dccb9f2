import { setup } from "xstate";
import { z } from "zod";
import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import {
  approvalNotice,
  changeNotice,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { application, changes } from "#src/platform/applications/index.ts";
import { applicantPart } from "#src/platform/entry-parts/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { caseScreens } from "#src/web/cases/index.ts";
import { ApplicantFields, readPart } from "#src/web/entry-parts/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import {
  anotherPerson,
  certificates,
  endings,
  examining,
  held,
  intake,
  proposed,
  proposingRejection,
  rejection,
  remanding,
  revocation,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import {
  applied,
  type ChangeEvent,
  type ChangeFacts,
  changeChecks,
  changeEvents,
  reported,
} from "#workflows/cases/change.ts";
import { type ApplicationFacts, applicationChecks } from "#workflows/cases/checks.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import { addYears, type IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";

/*
 * 見本手当: a 事務 that only tests have, as small as one can be, declared with what any 事務 declares. It is granted for
 * a year to whoever applies.
 */

const program = "sample-allowance";

const applicationMachine = setup({
  types: {
    context: {} as ApplicationFacts,
    events: {} as ApplicationEvent,
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(applicationChecks) },
  actions: effects,
}).createMachine({
  id: `${program}/application`,
  initial: "received",
  context: {} as ApplicationFacts,
  states: {
    ...intake,
    examination: {
      meta: stages.examination,
      on: {
        ...examining,
        propose: { target: "proposed", guard: meets("confirmed", "noOverlap") },
        ...proposingRejection,
        ...withdrawing,
      },
    },
    ...held,
    ...proposed,
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          {
            target: "certified",
            guard: meets("grant", ...anotherPerson, "noOverlap"),
            actions: [letter("grant")],
          },
          rejection,
        ],
        ...remanding,
      },
    },
    ...certificates,
    ...endings,
    ...revocation,
  },
});

const changeMachine = setup({
  types: { context: {} as ChangeFacts, events: {} as ChangeEvent, meta: {} as StateMeta },
  guards: { meets: guardOf(changeChecks) },
  actions: effects,
}).createMachine({
  id: `${program}/change`,
  initial: "received",
  context: {} as ChangeFacts,
  states: {
    ...reported,
    examination: {
      meta: stages.examination,
      on: {
        enter: {},
        confirm: { guard: meets("entered") },
        apply: { target: "applied", guard: meets("confirmed") },
        ...withdrawing,
      },
    },
    ...applied,
    withdrawn: endings.withdrawn,
  },
});

const applicant = applicantPart("applicant", "申請者", { self: "本人", other: "その他" });
const schema = z.strictObject({ applicant: applicant.schema });
type Entered = z.infer<typeof schema>;

/** What the city settles of it. */
export const sampleArea: PresetArea<SubsidyScheme> = {
  id: `${program}.scheme`,
  title: "見本手当の公費負担者番号",
  presets: {
    sample: {
      payerNumber: {
        name: "公費負担者番号",
        rows: [{ from: "2019-04-01", value: "83430017", source: "見本", certainty: "assumed" }],
      },
      copayLines: {
        name: "自己負担",
        rows: [{ from: "2019-04-01", value: ["なし"], source: "見本", certainty: "assumed" }],
      },
      basis: "見本市見本手当条例",
    },
  },
};

/** Its applications. */
export const sampleAllowance = application<Entered>({
  program,
  title: "見本手当",
  versions: [
    {
      kind: `${program}/application`,
      version: 1,
      title: "見本手当 申請",
      machine: applicationMachine,
      events: applicationEvents,
      checks: applicationChecks,
    },
  ],
  schema,
  words: { subject: "対象者", subjectInLetters: "対象の方", receivedOn: "申請日" },
  documents: {},
  reasons: { rejection: { none: "要件を満たさないため" }, revocation: { mistake: "誤りのため" } },
  addressee: (entered) => entered.applicant,
  async granting(_work, { personNumber, receivedOn }) {
    const from = receivedOn as IsoDate;
    const period = { personNumber, from, to: addYears(from, 1), reason: "application" };
    return { granted: true, periods: [period], steps: [], basis: ["見本手当条例"] };
  },
  letters: {
    papers: {
      program,
      forms: [
        childMedicalCertificate,
        approvalNotice,
        rejectionNotice,
        missingDocumentsNotice,
        changeNotice,
        revocationNotice,
        lossNotice,
      ],
    },
    title: "見本手当",
    sign: "見",
    daysToReturn: 14,
  },
  scheme: sampleArea,
  certificate: {
    title: "証書",
    form: childMedicalCertificate,
    statement: { prefix: "SA1", program },
    guardian: (entered) => entered.applicant.name,
  },
});

const sampleChanges = changes<Entered>({
  application: sampleAllowance,
  versions: [
    {
      kind: `${program}/change`,
      version: 1,
      title: "見本手当 変更届",
      machine: changeMachine,
      events: changeEvents,
      checks: changeChecks,
    },
  ],
  subjects: {
    applicant: {
      title: "申請者の変更",
      schema,
      concerns: "all",
      items: (data) => (data.applicant ? applicant.items(data.applicant) : []),
    },
  },
  facts: (shared) => shared,
});

const Fields = ({ known }: { known: Partial<Entered> }) => (
  <ApplicantFields
    prefix={applicant.name}
    title="申請者"
    relation="続柄"
    relations={{ self: "本人", other: "その他" }}
    known={known.applicant}
  />
);
const entry = {
  Fields,
  read: (form: Parameters<typeof readPart>[0]) => ({ applicant: readPart(form, applicant) }),
};

/** 見本手当 with its screens: what one line of a registry has. */
export const sampleScreens: ProgramScreens = {
  id: program,
  title: sampleAllowance.title,
  papers: sampleAllowance.letters.papers,
  ...caseScreens<Entered>({
    shortTitle: "見本手当",
    application: sampleAllowance,
    change: sampleChanges,
    entry: { ...entry, known: async () => ({ known: {} }) },
    changeForms: { applicant: entry },
    items: (entered) =>
      entered.applicant
        ? applicant.items(entered.applicant).map(({ label, value }) => [label, value] as const)
        : [],
    compare: async (_work, entered, { adult }) => [
      {
        label: "申請者の氏名",
        entered: entered.applicant.name,
        register: adult ? shownName(adult) : "記録なし",
        differs: !adult || shownName(adult) !== entered.applicant.name,
      },
    ],
  }),
};
