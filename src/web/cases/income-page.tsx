import { type CaseHead, headOf, incomesAsked } from "#src/platform/applications/index.ts";
import { type CaseRow, memberRoleTitles, membersOf } from "#src/platform/cases/index.ts";
import {
  determinedIncome,
  type Income,
  incomeRows,
  incomesSchema,
  isSameIncome,
  openIncomes,
  taxesOf,
} from "#src/platform/intake/index.ts";
import { type KnownIncome, lookAtHousehold, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { assessmentTitles, deductionLabels } from "#workflows/taxes/income.ts";
import {
  AskedBy,
  Columns,
  DefinitionList,
  FieldGroup,
  NumberField,
  RadioGroup,
} from "../components/index.ts";
import { showDate } from "../dates.ts";
import type { AnyRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import type { CaseMoment } from "./step-kind.ts";
import { stepFormScreens } from "./step-screens.ts";

/** The incomes that a decision rests on: taken from the tax office or keyed, person by person. */
export const incomeScreens = (screens: AnyCaseScreens): AnyRoute[] =>
  screens.application.incomes
    ? stepFormScreens(screens, {
        page: "income",
        right: "case.examine",
        purpose: "case",
        audit: { opened: "income.opened", sent: "income.recorded" },
        look: (work, moment) => look(work, screens, moment),
        title: ({ year }) => `所得の記録（${year}年分）`,
        Fields: IncomeFields,
        read: (form) => incomesSchema.safeParse({ people: readPeople(form) }),
        button: "記録する",
        said: "所得を記録しました。",
      })
    : [];

/** Somebody whose income counts, with what is known of it. */
interface Counted {
  personNumber: string;
  name: string;
  role: string;
  told: KnownIncome | undefined;
  recorded: Income | undefined;
}

interface Seen {
  found: CaseRow;
  head: CaseHead;
  year: number;
  people: Counted[];
}

/** Looks at what the tax office tells and what was recorded; every look is logged. */
async function look(
  work: Work,
  screens: AnyCaseScreens,
  { caseId, at }: CaseMoment,
): Promise<Seen> {
  const { found } = await findCase(work, screens, caseId);
  const asked = await incomesAsked(work, screens.application, found);
  const { year, personNumbers } = asked;
  const told = await taxesOf(work, found, asked);
  const recorded = await openIncomes(work, (await incomeRows(work, caseId, year, at)).values());
  const roles = await membersOf(work, caseId);
  const members = roles.map(({ personNumber }) => personNumber);
  const { people } = await lookAtHousehold(work, found.personNumber, [
    ...personNumbers,
    ...members,
  ]);
  const counted = personNumbers.map((personNumber): Counted => {
    const person = people.get(personNumber);
    const own = roles.filter((one) => one.personNumber === personNumber && one.role !== "subject");
    return {
      personNumber,
      name: person ? shownName(person) : "",
      role: own.map(({ role }) => memberRoleTitles[role]).join("・"),
      told: told.get(personNumber),
      recorded: recorded.get(personNumber),
    };
  });
  const head = await headOf(work, found, people);
  return { found, head, year, people: counted };
}

const IncomeFields = ({ seen: { people } }: { seen: Seen }) => (
  <>
    {people.length === 0 && <p>申請内容を入力すると、所得を見る方が並びます。</p>}
    {people.map((person, n) => (
      <PersonIncome key={n} {...person} prefix={`people.${n}`} />
    ))}
  </>
);

function PersonIncome(props: Counted & { prefix: string }) {
  const { prefix, personNumber, name, role, told, recorded } = props;
  const determined = determinedIncome(told?.facts);
  const keyed = recorded && !recorded.determinedOn ? recorded : undefined;
  const isCorrected = recorded && determined && !isSameIncome(determined, recorded);
  const source = recorded && !isCorrected ? "none" : determined ? "tax-feed" : "keyed";
  const count = (
    field: "dependants" | "elderlyDependants" | "studentDependants",
    label: string,
  ) => (
    <NumberField
      name={`${prefix}.${field}`}
      label={label}
      width={4}
      value={String(keyed?.[field] ?? 0)}
    />
  );
  const amount = (field: "salary" | "pension" | "business" | "other", label: string) => (
    <NumberField
      name={`${prefix}.items.${field}`}
      label={label}
      width={12}
      value={String(keyed?.items[field] ?? 0)}
    />
  );
  return (
    <FieldGroup title={`${name}（${role}）`}>
      <input type="hidden" name={`${prefix}.personNumber`} value={personNumber} />
      <DefinitionList items={toldItems(told)} />
      <RadioGroup
        name={`${prefix}.source`}
        label="記録する所得"
        value={source}
        options={[
          {
            value: "tax-feed",
            label: "税情報のとおり",
            ...(determined ? {} : { offBecause: "税情報に決定された所得がありません" }),
          },
          { value: "keyed", label: "書類から入力する（別の職員が確認します）" },
          { value: "none", label: recorded ? "記録したままにする" : "今は記録しない" },
        ]}
      />
      <AskedBy name={`${prefix}.source`} values={["keyed"]}>
        <Columns>
          <div>
            {amount("salary", "給与所得（円）")}
            {amount("pension", "公的年金等に係る所得（円）")}
            {amount("business", "事業所得（円）")}
            {amount("other", "その他の所得（円）")}
            {count("dependants", "扶養親族等の数")}
            {count("elderlyDependants", "うち70歳以上")}
            {count("studentDependants", "うち16歳から22歳")}
          </div>
          <div>
            {Object.entries(deductionLabels).map(([name, label]) => (
              <NumberField
                key={name}
                name={`${prefix}.items.deductions.${name}`}
                label={`${label}（円）`}
                width={12}
                value={String(keyed?.items.deductions[name as keyof typeof deductionLabels] ?? 0)}
              />
            ))}
          </div>
        </Columns>
      </AskedBy>
    </FieldGroup>
  );
}

/** What the tax office tells, in a few lines. */
function toldItems(told: KnownIncome | undefined): (readonly [string, string])[] {
  const { facts, coveredOn } = told ?? {};
  if (!facts) {
    const since = coveredOn ? `（${showDate(coveredOn)}現在）` : "";
    return [["税情報", coveredOn ? `記録なし${since}` : "まだ届いていません"]];
  }
  const { salary, pension, business, other } = facts.income;
  const yen = (value: number) => `${value.toLocaleString("ja-JP")}円`;
  return [
    ["税情報", `${assessmentTitles[facts.assessment]}（${showDate(facts.determinedOn)}決定）`],
    ["給与所得・公的年金等", `${yen(salary)}・${yen(pension)}`],
    ["事業所得・その他", `${yen(business)}・${yen(other)}`],
  ];
}

/** The lines as they were sent; what is no number is told as such. */
function readPeople(form: Values): object[] {
  const lines: object[] = [];
  for (let n = 0; form.has(`people.${n}.source`); n++) {
    const prefix = `people.${n}`;
    const number = (field: string) =>
      form.text(`${prefix}.${field}`) === ""
        ? 0
        : (form.integer(`${prefix}.${field}`) ?? Number.NaN);
    const source = form.text(`${prefix}.source`);
    const personNumber = form.text(`${prefix}.personNumber`);
    const deductions = Object.keys(deductionLabels)
      .map((name) => [name, number(`items.deductions.${name}`)] as const)
      .filter(([, value]) => value !== 0);
    const keyed = {
      items: {
        salary: number("items.salary"),
        pension: number("items.pension"),
        business: number("items.business"),
        other: number("items.other"),
        deductions: Object.fromEntries(deductions),
      },
      dependants: number("dependants"),
      elderlyDependants: number("elderlyDependants"),
      studentDependants: number("studentDependants"),
    };
    lines.push({ source, personNumber, ...(source === "keyed" ? keyed : {}) });
  }
  return lines;
}
