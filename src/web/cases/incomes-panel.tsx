import type { ApplicationView, JudgedIncome } from "#src/platform/applications/index.ts";
import { memberRoleTitles } from "#src/platform/cases/index.ts";
import {
  Badge,
  DefinitionList,
  Disclosure,
  Notification,
  Panel,
  Table,
} from "../components/index.ts";
import { showBasis, showDate } from "../dates.ts";
import type { Items } from "./declaration.ts";

type View = Pick<ApplicationView<unknown>, "incomes">;

const yen = (amount: number | undefined) =>
  amount === undefined ? "―" : `${amount.toLocaleString("ja-JP")}円`;

/** The incomes that an application rests on against their limits, with the steps of each; what was corrected since stands above. */
export function IncomesPanel({ incomes }: View) {
  if (!incomes) return null;
  const { year, people, basis } = incomes;
  return (
    <Panel title={`所得の判定（${year}年分）`}>
      <Corrections people={people} />
      <Table
        caption="所得の判定"
        rows={people}
        tone={({ result, corrected }) =>
          corrected || result?.within === false ? "warning" : undefined
        }
        columns={[
          { title: "氏名", cell: ({ name }) => name },
          { title: "立場", cell: ({ role }) => memberRoleTitles[role], nowrap: true },
          { title: "もと", cell: sourceOf, nowrap: true },
          { title: "判定する所得", cell: ({ result }) => yen(result?.assessed), align: "end" },
          { title: "限度額", cell: ({ result }) => yen(result?.limit), align: "end" },
          {
            title: "判定",
            cell: ({ result }) => <Verdict within={result?.within} />,
            nowrap: true,
          },
        ]}
      />
      <Disclosure title="計算の過程と根拠">
        {people.map(({ personNumber, name, income, result }) => (
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
        <p class="field-hint">根拠: {basis.map(showBasis).join("／")}</p>
      </Disclosure>
    </Panel>
  );
}

/** What the tax office tells otherwise than it was recorded; it counts once it is recorded anew. */
function Corrections({ people }: { people: readonly JudgedIncome[] }) {
  const corrected = people.filter((one) => one.corrected);
  if (corrected.length === 0) return null;
  return (
    <Notification tone="warning" title="記録した所得が、今の税情報と違います">
      <ul>
        {corrected.map((one) => (
          <li key={one.personNumber}>{`${one.name}　${differenceOf(one)}`}</li>
        ))}
      </ul>
      <p>税情報のとおりに判定するには、所得を記録し直してください。</p>
    </Notification>
  );
}

function differenceOf({ result, corrected }: JudgedIncome): string {
  const day = corrected?.income.determinedOn;
  const now = corrected?.result;
  return `判定する所得 ${judged(result)} → ${judged(now)}${day ? `、${showDate(day)}決定` : ""}`;
}

const judged = (result: JudgedIncome["result"]) =>
  result ? `${yen(result.assessed)}（${verdictWord(result.within)}）` : "―";

function sourceOf({ row, income }: JudgedIncome) {
  if (!row) return "―";
  if (row.source === "tax-feed")
    return `税情報${income?.determinedOn ? `（${showDate(income.determinedOn)}決定）` : ""}`;
  return row.confirmedBy === null ? "入力（未確認）" : "入力（確認済）";
}

const verdictWord = (within: boolean) => (within ? "限度額未満" : "限度額以上");

const Verdict = ({ within }: { within: boolean | undefined }) =>
  within === undefined ? (
    <Badge tone="warning">未確認</Badge>
  ) : (
    <Badge tone={within ? "success" : "error"}>{verdictWord(within)}</Badge>
  );

/** The same in a line for each person, for who decides. */
export const incomeLines = ({ incomes }: View): Items =>
  (incomes?.people ?? []).flatMap((one) => [
    [
      `${one.name}の所得`,
      `${yen(one.result?.assessed)}（限度額 ${yen(one.result?.limit)}、${incomes?.year}年分）`,
    ] as const,
    ...(one.corrected ? [["今の税情報との違い", differenceOf(one)] as const] : []),
  ]);
