import type { ApplicationView } from "#src/platform/applications/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Items } from "#src/web/cases/index.ts";
import { Badge, DefinitionList, Disclosure, Panel, Table } from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { householdRoles } from "#workflows/single-parent-medical/household.ts";
import { benefitClassTitles, benefitKinds, type Feature, featuresOf } from "../benefits.ts";
import type { Entered } from "../entered.ts";
import { type TestedIncome, testIncomes } from "../incomes.ts";

type View = ApplicationView<Entered>;

/** What the panels of a household show beside the view of its application. */
export interface HouseholdOwn {
  incomes: Awaited<ReturnType<typeof testIncomes>> | undefined;
  features: readonly Feature[];
}

export async function own(work: Work, view: View): Promise<HouseholdOwn> {
  const { found, entered, entitlements } = view;
  return {
    incomes: entered && (await testIncomes(work, found, entered)),
    features: await featuresOf(
      work,
      entitlements.map(({ id }) => id),
    ),
  };
}

const yen = (amount: number | undefined) =>
  amount === undefined ? "―" : `${amount.toLocaleString("ja-JP")}円`;

export const Panels = ({ view, incomes, features }: HouseholdOwn & { view: View }) => (
  <>
    {incomes && <IncomesPanel {...incomes} />}
    {features.length > 0 && <FeaturesPanel view={view} features={features} />}
  </>
);

/** The incomes of the household against their limits, with the steps of each. */
function IncomesPanel({ year, tested, basis }: NonNullable<HouseholdOwn["incomes"]>) {
  return (
    <Panel title={`所得の判定（${year}年分）`}>
      <Table
        caption="所得の判定"
        rows={tested}
        tone={({ result }) => (result?.within === false ? "warning" : undefined)}
        columns={[
          { title: "氏名", cell: ({ name }) => name },
          { title: "立場", cell: ({ role }) => householdRoles[role], nowrap: true },
          { title: "もと", cell: sourceOf, nowrap: true },
          { title: "判定する所得", cell: ({ result }) => yen(result?.assessed), align: "end" },
          { title: "限度額", cell: ({ result }) => yen(result?.limit), align: "end" },
          { title: "判定", cell: verdictOf, nowrap: true },
        ]}
      />
      <Disclosure title="計算の過程と根拠">
        {tested.map(({ personNumber, name, income, result }) => (
          <div key={personNumber}>
            <h3>{name}</h3>
            <DefinitionList
              items={[
                ...(result?.steps ?? []).map(({ label, amount }) => [label, yen(amount)] as const),
                [`限度額（扶養親族等 ${income?.dependants ?? "―"}人）`, yen(result?.limit)],
              ]}
            />
          </div>
        ))}
        <p class="field-hint">根拠: {basis.join("／")}</p>
      </Disclosure>
    </Panel>
  );
}

function sourceOf({ row, income }: TestedIncome) {
  if (!row) return "―";
  if (row.source === "tax-feed")
    return `税情報${income?.determinedOn ? `（${showDate(income.determinedOn)}決定）` : ""}`;
  return row.confirmedBy === null ? "入力（未確認）" : "入力（確認済）";
}

const verdictOf = ({ result }: TestedIncome) =>
  result ? (
    <Badge tone={result.within ? "success" : "error"}>
      {result.within ? "限度額未満" : "限度額以上"}
    </Badge>
  ) : (
    <Badge tone="warning">未確認</Badge>
  );

/** 給付区分, 児童重度障害医療 and 遠隔地証 with their history. */
function FeaturesPanel({ view, features }: { view: View; features: readonly Feature[] }) {
  const owner = new Map(view.entitlements.map(({ id, personNumber }) => [id, personNumber]));
  const nameOf = (id: string) => {
    const number = owner.get(id);
    const person = (view.current ?? view.entered)?.people.find(
      (one) => one.personNumber === number,
    );
    return person?.name ?? view.entered?.applicant.name ?? "";
  };
  const day = (date: string | null) => showDate(date as IsoDate | null);
  return (
    <Panel title="給付の内容">
      <Table
        caption="給付区分・児童重度障害医療・遠隔地証"
        rows={features.toReversed()}
        columns={[
          { title: "氏名", cell: ({ entitlementId }) => nameOf(entitlementId) },
          { title: "種類", cell: ({ kind }) => benefitKinds[kind].title, nowrap: true },
          {
            title: "内容",
            cell: ({ applies, benefitClass }) =>
              applies ? (benefitClassTitles[benefitClass ?? ""] ?? "該当") : "非該当",
          },
          {
            title: "事由",
            cell: ({ kind, reason }) =>
              (benefitKinds[kind].reasons as Readonly<Record<string, string>>)[reason],
          },
          { title: "該当・非該当日", cell: ({ occursOn }) => day(occursOn), nowrap: true },
          { title: "届出日", cell: ({ reportedOn }) => day(reportedOn), nowrap: true },
          { title: "期限", cell: ({ until }) => day(until), nowrap: true },
        ]}
      />
    </Panel>
  );
}

/** Lines of the incomes for who decides. */
export const outcome = (_view: View, { incomes }: HouseholdOwn): Items => [
  ...(incomes?.tested ?? []).map(
    ({ name, result }) =>
      [
        `${name}の所得`,
        `${yen(result?.assessed)}（限度額 ${yen(result?.limit)}、${incomes?.year}年分）`,
      ] as const,
  ),
  ["支払", "この決裁では支払は生じません"],
];
