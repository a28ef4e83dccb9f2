import { type StatusReportData, statusReport } from "#forms/letters/status-report.ts";
import {
  declareMailingKind,
  type MailingKind,
  type PreparedPiece,
} from "#src/platform/mailings/index.ts";
import {
  householdOf,
  lookAtPeople,
  type Person,
  type PersonRecord,
  selectPeople,
  yearsOn,
} from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { FieldGroup, NumberField } from "#src/web/components/index.ts";
import { mailingScreens } from "#src/web/mailings/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { invented } from "./people.ts";

const papers = { program: "renewal", forms: [statusReport] };

interface Facts {
  children: Person[];
  insurance: string;
}

/** How often the kind was asked, and what it entered in its issue history. */
export const asked: { prepared: number; recorded: PreparedPiece<Facts>[]; withdrawn: string[] } = {
  prepared: 0,
  recorded: [],
  withdrawn: [],
};

let next = 1;

/** 現況届 of parents: a mailing that only tests have, two pages a piece, declared as any 事務 would. */
export const renewalMailing: MailingKind<Facts, "no-child"> = {
  id: "renewal-report",
  title: "現況届",
  papers,
  form: statusReport,
  subjects: "年度",
  subjectTitle: (year) => `令和${year}年度`,
  number: {
    title: "整理番号",
    sample: "見本",
    read: (code) => /^R8-\d+$/.exec(code.normalize("NFKC").trim().toUpperCase())?.[0],
    take: async (_work, count) => Array.from({ length: count }, () => `R8-${next++}`),
  },
  reasons: { "no-child": "18歳までの子がいない" },
  describe: (parameters) => [{ label: "年度", value: `令和${yearOf(parameters)}年度` }],
  overlap: (parameters, others) =>
    yearOf(parameters) === yearOf(others) ? { subjects: [yearOf(parameters)] } : null,
  async select(work, { parameters }) {
    const parents = await selectPeople(work, {
      births: [{ from: "1980-01-01", to: "1999-12-31" }],
      residentOn: work.platform.clock.today(),
    });
    return parents.map(({ personNumber }) => ({ personNumber, subject: yearOf(parameters) }));
  },
  async prepare(work, { datedOn }, pieces) {
    asked.prepared++;
    const answers = [];
    for (const { person } of pieces) {
      const children = (await membersOf(work, person)).filter(
        (member) => (yearsOn(member, datedOn) ?? 99) <= 18,
      );
      if (children.length === 0) answers.push({ leftOut: "no-child" } as const);
      else {
        const { postalCode, town, block } = person.address;
        answers.push({
          facts: { children, insurance: insuranceOf(person.name.kanji) },
          to: { postalCode, address: `${town}${block}`, name: person.name.kanji },
          isProtected: children.some(({ isProtected }) => isProtected),
        });
      }
    }
    return answers;
  },
  data: ({ person, facts, to, pieceNumber, subject }, by): StatusReportData => ({
    ...by,
    to,
    program: "見本手当",
    year: `令和${subject}年度`,
    recipientNumber: pieceNumber,
    number: "000000000",
    person: { name: person.name.kanji, kana: person.name.kana, birthDate: person.birthDate },
    address: to.address,
    telephone: "",
    insurance: facts.insurance,
    household: facts.children.map(({ name, birthDate }) => ({
      name: name?.kanji ?? "",
      relation: "子",
      birthDate,
    })),
    enclosures: ["健康保険の資格が分かるものの写し"],
    deadline: "2026-12-18",
    date: "2026-11-20",
  }),
  record: async (_work, _run, pieces) => {
    asked.recorded.push(...pieces);
  },
  withdraw: async (_work, runId) => {
    asked.withdrawn.push(runId);
  },
};
declareMailingKind(renewalMailing);

const yearOf = (parameters: unknown) => String((parameters as { year: number }).year);

async function membersOf(work: Work, { householdNumber, personNumber }: Person) {
  const numbers = await householdOf(work, personNumber);
  const others = numbers.filter((number) => number !== personNumber);
  const people = await lookAtPeople(work, others, ["name"]);
  return people.filter((one) => one.householdNumber === householdNumber);
}

/** Too long for its place where the name says so. */
const insuranceOf = (name: string) =>
  name.includes("長") ? "見本市国民健康保険組合連合会".repeat(20) : "見本市国民健康保険";

/** A parent with children. */
export function parentWith(given: string, children: readonly Partial<PersonRecord>[]) {
  const householdNumber = `H-RENEWAL-${given}`;
  return [
    invented({
      householdNumber,
      name: { kanji: `例示　${given}`, kana: "レイジ　タロウ" },
      birthDate: "1990-05-06",
      isHead: true,
      relationship: "02",
    }),
    ...children.map((child) => invented({ householdNumber, birthDate: "2020-05-10", ...child })),
  ];
}

/** The screens of that 事務. */
export const renewalScreens: ProgramScreens = {
  ...mailingScreens({
    title: "見本手当",
    papers,
    orders: [
      {
        kind: renewalMailing,
        path: "mailings/new",
        title: "現況届を送る",
        button: "対象者を抽出する",
        audit: "mailing.started",
        Fields: () => (
          <FieldGroup title="いつの分か">
            <NumberField name="year" label="年度" required value="" />
          </FieldGroup>
        ),
        read(form, errors) {
          const year = form.integer("year");
          if (!year) errors.year = "年度を入力してください。";
          return year ? { title: `現況届 令和${year}年度`, parameters: { year } } : undefined;
        },
      },
    ],
  }),
  id: papers.program,
  title: "見本手当",
  papers,
};
