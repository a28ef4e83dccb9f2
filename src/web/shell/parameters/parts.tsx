import {
  cityParameterOf,
  type DifferingCase,
  type ParameterProposal,
} from "#src/platform/parameters/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { valueLines } from "#workflows/rules/value-lines.ts";
import {
  Badge,
  DefinitionList,
  DiffTable,
  Pagination,
  Panel,
  Table,
  type Tone,
} from "../../components/index.ts";
import { showDateShort, showMoment } from "../../dates.ts";

export const title = "制度の数値";
export const certaintyTitles = {
  established: "条例・規則・公式の案内で確かめた",
  probable: "おおむね確か（要確認）",
} as const;

/** The days for which a row is meant. */
export const daysOf = ({ validFrom, validTo }: Pick<ParameterProposal, "validFrom" | "validTo">) =>
  `${showDateShort(validFrom)}～${validTo ? showDateShort(validTo) : ""}`;

/** Where a row stands today. `next` is the first day of the approved row that follows it. */
export function standingOf(
  row: ParameterProposal,
  today: IsoDate,
  next: IsoDate | undefined,
): { word: string; tone: Tone } {
  if (row.decision === null) return { word: row.triedAt ? "承認待ち" : "試算中", tone: "warning" };
  if (row.decision === "refused") return { word: "却下", tone: "error" };
  if (row.validFrom > today) return { word: "開始前", tone: "info" };
  const over =
    (row.validTo !== null && row.validTo < today) || (next !== undefined && next <= today);
  return over ? { word: "終了", tone: "info" } : { word: "有効", tone: "success" };
}

/** What a proposal would set, beside what holds before it. */
export function Proposed({
  one,
  before,
}: {
  one: ParameterProposal;
  before: ParameterProposal | undefined;
}) {
  const { fields } = cityParameterOf(one.key);
  const [entered, known] = [linesOf(fields, one.value), linesOf(fields, before?.value)];
  const labels = [...new Set([...entered.keys(), ...known.keys()])];
  return (
    <Panel title="値">
      <DiffTable
        caption="起案された値と、その前の値"
        enteredTitle="起案"
        registerTitle={before ? `前の値（${daysOf(before)}）` : "前の値（なし）"}
        differsWord="変わる"
        sameWord="同じ"
        rows={labels.map((label) => ({
          label,
          entered: entered.get(label) ?? "―",
          register: known.get(label) ?? "―",
          differs: entered.get(label) !== known.get(label),
        }))}
      />
    </Panel>
  );
}

const linesOf = (fields: CityParameter["fields"], value: unknown) =>
  new Map(valueLines(fields, value).map(({ label, text }) => [label, text]));

/** Who proposed and decided, from when, and where it is written. */
export function ProposalFacts({ one, today }: { one: ParameterProposal; today: IsoDate }) {
  const { word, tone } = standingOf(one, today, undefined);
  return (
    <DefinitionList
      columns={2}
      items={[
        ["状態", <Badge tone={tone}>{word}</Badge>],
        ["期間", daysOf(one)],
        ["出典", one.source, "wide"],
        ["確かさ", certaintyTitles[one.certainty]],
        ["起案", `${one.proposer}（${showMoment(one.proposedAt)}）`],
        ["決定", one.decidedAt ? `${one.decider}（${showMoment(one.decidedAt)}）` : "―"],
      ]}
    />
  );
}

/** Which cases it would change, once they were reckoned. */
export function Trial(props: {
  one: ParameterProposal;
  found: { total: number; cases: readonly DifferingCase[] };
  page: number;
  perPage: number;
  path: string;
}) {
  const { one, found, page, perPage } = props;
  if (one.triedAt === null)
    return (
      <Panel title="実際の案件での試算">
        <p class="empty-state">
          試算を待っています。終わると、結果の変わる案件がここに出ます（ふつう数分以内）。
        </p>
      </Panel>
    );
  const tried = one.triedCases ?? 0;
  return (
    <Panel title={`結果の変わる案件 ${found.total.toLocaleString("ja-JP")}件`}>
      <p>
        {tried === 0
          ? "この数値で計算し直す案件は、ありません。"
          : `${cityParameterOf(one.key).triedOn ?? "この期間に受け付けた申請"} ${tried.toLocaleString("ja-JP")}件を計算し直しました（${showMoment(one.triedAt)}）。決定済みの案件は、承認しても自動では変わりません。`}
      </p>
      {found.total > 0 && (
        <>
          <Table
            caption="結果の変わる案件"
            columns={[
              { title: "案件", cell: ({ number }: DifferingCase) => number, nowrap: true },
              { title: "状態", cell: ({ state }) => state, nowrap: true },
              {
                title: "決定",
                cell: ({ decided }) => (decided ? "決定済み" : "処理中"),
                nowrap: true,
              },
              { title: "変わるもの", cell: ({ parts }) => parts.join("、") },
            ]}
            rows={found.cases}
          />
          <Pagination
            page={page}
            pages={Math.ceil(found.total / perPage)}
            href={(next) => `${props.path}?page=${next}`}
          />
        </>
      )}
    </Panel>
  );
}
