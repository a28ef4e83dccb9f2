import { entitlementStatusTitles, entitlementsOf } from "#src/platform/entitlements/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  decisionsOf,
  findReceipt,
  getFile,
  type ListedReceipt,
  patientOf,
  receiptProgramTitle,
} from "#src/platform/receipts/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { decisionTitles, reasonsOf } from "#workflows/receipts/decisions.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Badge,
  ButtonLink,
  Columns,
  DefinitionList,
  PageTitle,
  Panel,
  Table,
} from "../components/index.ts";
import { showDate, showDateShort, showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { maskedName } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { page } from "../reply.ts";
import { defineRoute } from "../route.ts";
import { faultWords, fileTitle, showMonth } from "./words.ts";

const outcomes = {
  clear: ["支払える", "success"],
  doubtful: ["決定が要る", "warning"],
  blocked: ["支払えない", "error"],
} as const;

/** One receipt beside what the register says of the person of its number. */
export const receiptPage = defineRoute({
  method: "get",
  path: "/receipts/files/:fileId/receipts/:row",
  right: "receipt.read",
  purpose: "feed",
  audit: "receipt.opened",
  async handle({ params, work, platform }) {
    const row = numberOf(params.row);
    const { file, found } = await work(async (unit) => ({
      file: await getFile(unit, params.fileId),
      found: await findReceipt(unit, params.fileId, row),
    }));
    if (!found) throw notFound();
    const { receipt, faults } = found;
    const beside = await work(
      async (unit) => {
        const number = receipt.personNumber;
        const [person] = number ? await lookAtPeople(unit, [number], ["facts", "name"]) : [];
        const { program } = receipt;
        const periods = number && program ? await entitlementsOf(unit, program, number) : [];
        return {
          person,
          periods,
          decisions: await decisionsOf(unit, file.id, row),
        };
      },
      receipt.program ? { program: receipt.program } : {},
    );
    const patient = await work((unit) => patientOf(unit, file, row), { program: "receipts" });
    const [outcome, tone] = outcomes[receipt.outcome];
    const { person, periods, decisions } = beside;
    const title = `レセプト ${row}件目`;
    return page({
      title: `${fileTitle(file)} ${title}`,
      breadcrumb: [
        { title: "レセプト", path: "/receipts" },
        { title: fileTitle(file), path: `/receipts/files/${file.id}` },
        { title },
      ],
      content: (
        <>
          <PageTitle badge={<Badge tone={tone}>{outcome}</Badge>}>{title}</PageTitle>
          {faults.length > 0 && (
            <Panel title="点検の結果">
              <ul>
                {faults.map((fault) => (
                  <li key={`${fault.code}${fault.line}${fault.field}`}>{faultWords(fault)}</li>
                ))}
              </ul>
            </Panel>
          )}
          <Columns>
            <Panel title="レセプトの記載">
              <DefinitionList
                items={[
                  ...statedOf(found),
                  ...(patient
                    ? ([
                        ["氏名", patient.name],
                        ["生年月日", patient.birth ? showDate(patient.birth) : "―"],
                      ] as const)
                    : []),
                ]}
              />
            </Panel>
            <Panel
              title="受給者の登録"
              actions={
                person && (
                  <ButtonLink href={personPath(platform, person.personNumber)} look="quiet">
                    住民の画面を開く
                  </ButtonLink>
                )
              }
            >
              {person ? (
                <>
                  <DefinitionList
                    items={[
                      ["氏名", person.addressMasked ? maskedName : shownName(person)],
                      ["生年月日", showDate(person.birthDate)],
                      ["登録の受給者番号", receipt.registeredNumber ?? "―"],
                    ]}
                  />
                  <Table
                    caption="受給資格"
                    rows={periods}
                    empty="受給資格がありません。"
                    columns={[
                      {
                        title: "期間",
                        cell: (one) =>
                          `${showDateShort(one.validFrom as IsoDate)}〜${showDateShort(one.validTo as IsoDate)}`,
                      },
                      { title: "状態", cell: (one) => entitlementStatusTitles[one.status] },
                    ]}
                  />
                </>
              ) : (
                <p>受給者番号に当たる方は、見られる範囲にいません。</p>
              )}
            </Panel>
          </Columns>
          <Panel title="計算">
            <DefinitionList columns={3} items={amountsOf(found)} />
          </Panel>
          <Panel title="決定の記録">
            <Table
              caption="決定の記録"
              rows={decisions}
              empty="まだ何も決めていません。"
              columns={[
                { title: "扱い", cell: (one) => decisionTitles[one.action], nowrap: true },
                { title: "理由", cell: (one) => reasonsOf(one.action)[one.reason] ?? one.reason },
                { title: "決めた時", cell: (one) => showMoment(one.askedAt), nowrap: true },
                {
                  title: "承認",
                  cell: (one) =>
                    !one.needsSecond
                      ? "要らない"
                      : one.decision === null
                        ? "承認待ち"
                        : one.decision === "approved"
                          ? "承認"
                          : "差戻し",
                },
              ]}
            />
          </Panel>
        </>
      ),
    });
  },
});

const statedOf = ({ receipt, institutionName }: ListedReceipt) =>
  [
    ["事業", receipt.program ? receiptProgramTitle(receipt.program) : "―"],
    ["公費負担者番号", receipt.payerNumber ?? "―"],
    ["受給者番号", receipt.recipientNumber ?? "―"],
    ["医療機関", `${institutionName ?? ""} ${receipt.institution ?? "―"}`],
    ["診療年月", showMonth(receipt.treatmentMonth)],
    ["種類", receipt.care ? receiptCares[receipt.care] : "―"],
    ["保険者番号", receipt.insurerNumber ?? "―"],
    ["他の公費", receipt.otherFunds.join("、") || "―"],
    ["レセプト番号", receipt.number ?? "―"],
    ["検索番号", receipt.searchNumber ?? "―"],
    ["日数・回数", `${receipt.days ?? "―"}日 ${receipt.times ?? "―"}回`],
    ["レセプト区分・件数", `${receipt.receiptClass ?? "―"} ${receipt.receiptCount}件`],
    ...(receipt.serviceCode ? [["介護サービス種類", receipt.serviceCode] as const] : []),
  ] as const;

const amountsOf = ({ receipt }: ListedReceipt) =>
  [
    [
      receipt.care === "long-term-care" ? "単位数" : "点数",
      `${receipt.points.toLocaleString("ja-JP")}${receipt.care === "long-term-care" ? "単位" : "点"}`,
    ],
    ["総医療費", yen(receipt.totalCost)],
    ["保険の給付", yen(receipt.insured)],
    ["高額療養費", yen(receipt.highCost)],
    ["他の公費の負担", yen(receipt.otherPublic)],
    ["助成額", yen(receipt.subsidy)],
    ["市区町村の補助額", yen(receipt.municipalSubsidy)],
    ["一部負担金（レセプト）", yen(receipt.copayStated)],
    ["一部負担金（市の定め）", receipt.copayExpected === null ? "―" : yen(receipt.copayExpected)],
  ] as const;
