import type { CaseRow } from "#src/platform/cases/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Badge,
  DefinitionList,
  Disclosure,
  EmptyState,
  Notification,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { isPension } from "#workflows/vaccination/relief/benefits.ts";
import { benefitFaults, benefitRefusals } from "#workflows/vaccination/relief/faults.ts";
import { countDays, visitWays, writeDays } from "#workflows/vaccination/relief/visits.ts";
import { openClaimed } from "../../relief-benefits/claimed.ts";
import type { SealedBenefits } from "../../relief-benefits/entry.ts";
import {
  type PensionRow,
  pensionNumber,
  pensionStateMeta,
  pensionsOfCase,
} from "../../relief-benefits/pensions.ts";
import { type ReckonedClaim, reckonBenefits, titleOf } from "../../relief-benefits/reckon.ts";
import type { ReliefPanel } from "../relief/index.ts";
import { monthInWords, pensionPaths } from "./words.ts";

interface Seen {
  claim: ReckonedClaim | undefined;
  sealed: SealedBenefits | undefined;
  pensions: readonly PensionRow[];
  names: ReadonlyMap<string, string>;
}

async function look(work: Work, found: CaseRow): Promise<Seen> {
  const claim = await reckonBenefits(work, found);
  const numbers = [...new Set(claim?.benefits.map(({ row }) => row.payeeNumber) ?? [])];
  const people = await lookAtPeople(work, numbers, ["facts", "name"]);
  return {
    claim,
    sealed: claim && (await openClaimed(work, claim.claimed)),
    pensions: await pensionsOfCase(work, found.id),
    names: new Map(people.map((one) => [one.personNumber, shownName(one)])),
  };
}

/** What is paid at once, all together. */
const totalOf = ({ claim }: Seen): number =>
  (claim?.benefits ?? []).reduce(
    (sum, { row, amount }) => sum + (isPension(row.benefit) ? 0 : amount),
    0,
  );

function Content({ seen }: { seen: Seen }) {
  const { claim, sealed, pensions, names } = seen;
  if (!claim)
    return (
      <Panel title="給付">
        <EmptyState>請求された給付の内容は、まだ入力されていません。</EmptyState>
      </Panel>
    );
  const { visits } = claim.claimed;
  const missing = [...new Set(claim.benefits.flatMap((one) => one.missing ?? []))];
  const months = [...new Set(visits.map(({ month }) => month))].toSorted();
  return (
    <Panel title="給付">
      {missing.length > 0 && (
        <Notification tone="warning" title="額が登録されていない給付があります。">
          <p>
            次の額が登録されるまで、支給を起案できません。制度担当者が「制度の数値」で起案し、別の職員が承認してください。
          </p>
          <ul>
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notification>
      )}
      {claim.findings.length > 0 && (
        <Notification tone="error" title="このままでは支給できないものがあります。">
          <p>入力を直すか、不支給とする理由を選んでください。</p>
          <ul>
            {claim.findings.map(({ of, number, code }) => (
              <li key={`${of}${number}${code}`}>
                {of === "visit" ? `受診 ${number}` : namedBenefit(claim, number)}：
                {benefitFaults[code]}
              </li>
            ))}
          </ul>
        </Notification>
      )}
      <Table
        caption="請求された給付と額"
        rows={claim.benefits}
        columns={[
          { title: "給付", cell: ({ row }) => titleOf(row), nowrap: true },
          { title: "支払う相手", cell: ({ row }) => names.get(row.payeeNumber) ?? "―" },
          {
            title: "計算",
            cell: ({ row, steps, missing: unknown }) =>
              row.refusal
                ? benefitRefusals[row.refusal]
                : (unknown ?? steps.map((one) => `${one.label} ${yen(one.amount)}`).join("、")),
          },
          {
            title: "額",
            cell: ({ row, amount }) =>
              row.refusal ? (
                <Badge tone="error">不支給</Badge>
              ) : (
                `${isPension(row.benefit) ? "年額 " : ""}${yen(amount)}`
              ),
            align: "end",
            nowrap: true,
          },
        ]}
      />
      <DefinitionList items={[["一時に支払う額の合計", yen(totalOf(seen))]]} />
      {visits.length > 0 && (
        <Disclosure title={`受診 ${visits.length}行と月の日数`}>
          <Table
            caption="受診"
            rows={visits}
            columns={[
              { title: "", cell: ({ number }) => String(number), align: "end" },
              { title: "年月", cell: ({ month }) => monthInWords(month), nowrap: true },
              { title: "医療機関", cell: ({ number }) => sealed?.institutions[number] ?? "―" },
              { title: "区分", cell: ({ way }) => visitWays[way], nowrap: true },
              { title: "日", cell: ({ days }) => writeDays(days) },
              { title: "自己負担額", cell: ({ paid }) => yen(paid), align: "end", nowrap: true },
              { title: "食事代", cell: ({ meals }) => yen(meals), align: "end", nowrap: true },
              {
                title: "他で受けた額",
                cell: ({ reimbursed }) => yen(reimbursed),
                align: "end",
                nowrap: true,
              },
            ]}
          />
          <Table
            caption="医療手当の日数"
            rows={months.map((month) => ({
              month,
              ...countDays(visits.filter((one) => one.month === month && one.refusal === null)),
            }))}
            columns={[
              { title: "年月", cell: ({ month }) => monthInWords(month), nowrap: true },
              { title: "通院", cell: ({ outpatient }) => `${outpatient}日`, align: "end" },
              { title: "入院", cell: ({ inpatient }) => `${inpatient}日`, align: "end" },
            ]}
          />
        </Disclosure>
      )}
      {sealed?.remark && <DefinitionList items={[["備考", sealed.remark]]} />}
      {pensions.length > 0 && (
        <Table
          caption="支給が始まった年金"
          rows={pensions}
          href={({ id }) => pensionPaths.one(id)}
          columns={[
            { title: "年金証書の番号", cell: pensionNumber, nowrap: true },
            { title: "受給者", cell: (row) => names.get(row.payeeNumber) ?? "―" },
            { title: "支給の始まり", cell: (row) => monthInWords(row.fromMonth), nowrap: true },
            { title: "状態", cell: (row) => pensionStateMeta(row.state).title, nowrap: true },
          ]}
        />
      )}
    </Panel>
  );
}

const namedBenefit = ({ benefits }: ReckonedClaim, number: number): string => {
  const found = benefits.find(({ row }) => row.number === number);
  return found ? titleOf(found.row) : `給付 ${number}`;
};

/** What is claimed, what it comes to and what speaks against it, on the page of a claim and of its decision. */
export const benefitsPanel: ReliefPanel<Seen> = {
  look,
  Panel: Content,
  outcome: (seen) => [
    ["一時に支払う額", yen(totalOf(seen))],
    ...(seen.claim?.benefits ?? []).flatMap(({ row, amount }) =>
      isPension(row.benefit) && amount > 0
        ? ([[`${titleOf(row)}の年額`, yen(amount)]] as const)
        : [],
    ),
  ],
  moved: ({ claim }) =>
    claim && claim.findings.length > 0
      ? ["起案の後に、確かめる必要のあるものが見つかりました。差し戻してください。"]
      : [],
  summary: (seen) => `支給 ${yen(totalOf(seen))}`,
};
