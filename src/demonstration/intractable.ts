import { addressLine, lookAtHousehold, shownKana, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type Entered, intractable } from "#src/programs/intractable-disease/index.ts";
import { addDays, type IsoDate, partsOf } from "#workflows/dates/iso-date.ts";
import type { PlayedKind } from "./counter.ts";

/** What a patient applies for, where it differs from what everybody does. */
export interface InventedPatient {
  sort: Entered["sort"];
  /** The day of the application, where it isn't today. */
  receivedOn?: IsoDate;
  /** 臨床調査個人票. */
  record?: Partial<Entered["records"][number]>;
  tax?: Partial<NonNullable<Entered["tax"]>>;
  institutions?: Entered["institutions"];
}

/** The year whose 市町村民税 counts: from July on that of the new 年度. */
export const taxYear = (on: IsoDate): number => {
  const { year, month } = partsOf(on);
  return month < 7 ? year - 1 : year;
};

/** What a patient applies for at the head office. */
async function inventedApplication(
  work: Work,
  personNumber: string,
  { sort, receivedOn, record, tax, institutions = [] }: InventedPatient,
): Promise<Entered> {
  const { subject } = await lookAtHousehold(work, personNumber);
  const on = receivedOn ?? work.platform.clock.today();
  const name = shownName(subject);
  return {
    sort,
    reception: "head",
    method: "self",
    applicant: {
      name,
      kana: shownKana(subject),
      relation: "self",
      postalCode: subject.address?.postalCode ?? "",
      address: addressLine(subject),
      building: subject.address?.building ?? "",
      telephone: "096-000-0003",
    },
    agent: null,
    insurance: {
      insurerNumber: "430017",
      insurerName: "熊本市国民健康保険",
      kind: "national",
      symbol: "熊01",
      number: "1234",
      branchNumber: "01",
      insuredName: name,
      relation: "insured",
      since: "2020-04-01",
    },
    insurerConsent: true,
    limitCategory: "エ",
    insurerNote: "",
    records: [
      {
        disease: 6,
        nameOnPaper: "",
        main: true,
        denied: false,
        doctor: "D0001",
        writtenOn: addDays(on, -10),
        severeOn: addDays(on, -20),
        source: "paper",
        accessKey: "",
        note: "",
        ...record,
      },
    ],
    researchConsent: true,
    costs: [],
    onset: "",
    mildHighCost: false,
    mildHighCostMetOn: "",
    longHighCost: false,
    ventilator: false,
    hindered: false,
    certifiedBefore: false,
    severeBefore: false,
    welfare: false,
    welfarePrevention: null,
    incomeUnconfirmed: false,
    pediatric: null,
    tax: {
      fiscalYear: taxYear(on),
      assessment: "taxed",
      incomeLevy: 70_000,
      perCapitaLevy: 5_000,
      totalIncome: 2_500_000,
      pensionReceipts: 0,
      otherBenefits: 0,
      ...tax,
    },
    people: [],
    institutions,
    anyInstitution: true,
    former: null,
    account: null,
    mailing: null,
    note: "",
  };
}

/** 指定難病医療給付 as it is played. */
export const playedIntractable = (patient: InventedPatient): PlayedKind => ({
  kind: intractable,
  documents: (proof) => ({
    "application-form": "seen",
    "clinical-record": "seen",
    "insurance-proof": proof,
    "insurer-consent": "seen",
    "number-declaration": "seen",
  }),
  invent: (work, personNumber) => inventedApplication(work, personNumber, patient),
});
