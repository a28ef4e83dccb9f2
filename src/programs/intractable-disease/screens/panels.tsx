import type { ApplicationView } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Items } from "#src/web/cases/index.ts";
import { Badge, DefinitionList, Panel, Table } from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Arrival, arrivalOf } from "../arrival.ts";
import { capOf } from "../cap.ts";
import { type CostTest, costTests } from "../cost-tests.ts";
import type { Entered } from "../entered.ts";
import { faultsOfRecords } from "../entry-codes.ts";
import { type Terms, termsOf } from "../terms.ts";
import { ReviewPanel, reviewOf } from "./review-panel.tsx";

type View = ApplicationView<Entered>;

/** What the page of an application shows beside what all have. */
export interface Own {
  terms: readonly Terms[];
  arrival: Arrival | undefined;
  /** What of 臨床調査個人票 does not hold up, and why the cap isn't known. */
  faults: readonly string[];
  costs: readonly CostTest[];
  cap: Awaited<ReturnType<typeof capOf>> | undefined;
  review: Awaited<ReturnType<typeof reviewOf>>;
}

export async function own(work: Work, view: View): Promise<Own> {
  const found = view.found as CaseRow;
  const entered = view.entered;
  const cap = entered ? await capOf(work, found, entered) : undefined;
  const records = entered ? await faultsOfRecords(work, found.receivedOn as IsoDate, entered) : [];
  return {
    terms: await termsOf(
      work,
      view.entitlements.map(({ id }) => id),
    ),
    arrival: await arrivalOf(work, found.id),
    faults: view.entitlements.length > 0 ? [] : records,
    costs: entered ? costTests(entered, found.receivedOn as IsoDate) : [],
    cap,
    review: await reviewOf(work, found),
  };
}

const marksOf = (row: Terms): string =>
  [
    ...(row.longHighCost ? ["高額かつ長期"] : []),
    ...(row.ventilator ? ["人工呼吸器等"] : []),
    ...(row.mildHighCost ? ["軽症高額"] : []),
    ...(row.apportioned ? ["按分"] : []),
    ...(row.tierBefore ? [`移行防止（前 ${row.tierBefore}）`] : []),
    ...(row.incomeUnconfirmed ? ["所得確認不能"] : []),
  ].join("、") || "―";

/** 進達, what stands in the way, and the terms with their history. */
export function IntractablePanels({ own }: { own: Own }) {
  const { terms, arrival, faults, costs, cap, review } = own;
  return (
    <>
      {faults.length > 0 && (
        <Panel title="個人票の確認">
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Panel>
      )}
      <ReviewPanel review={review} />
      {cap && terms.length === 0 && (
        <Panel title="自己負担上限月額の計算">
          <DefinitionList
            items={[
              ...cap.steps.map(({ label, value }) => [label, value] as const),
              ...(cap.known ? [] : [["決まらない理由", cap.reason] as const]),
            ]}
          />
        </Panel>
      )}
      {costs.length > 0 && (
        <Panel title="月ごとの医療費の判定">
          <Table
            caption="申請月以前12か月の医療費総額による判定"
            rows={costs}
            columns={[
              { title: "区分", cell: ({ title }) => title, nowrap: true },
              { title: "入力", cell: ({ entered }) => (entered ? "該当" : "非該当"), nowrap: true },
              { title: "判定", cell: ({ met, words }) => `${met ? "該当" : "非該当"}　${words}` },
              {
                title: "",
                cell: ({ met, entered }) =>
                  met === entered ? "" : <Badge tone="warning">入力と違います</Badge>,
              },
            ]}
          />
        </Panel>
      )}
      {arrival && (
        <Panel title="進達">
          <DefinitionList
            items={[
              ["進達日", showDate(arrival.forwardedOn as IsoDate)],
              ["本庁受領日", showDate(arrival.arrivedOn as IsoDate)],
            ]}
          />
        </Panel>
      )}
      {terms.length > 0 && (
        <Panel title="支給認定の内容">
          <Table
            caption="階層と自己負担上限月額の履歴（新しい順）"
            rows={terms.toReversed()}
            columns={[
              {
                title: "適用",
                cell: ({ validFrom }) => `${showDateShort(validFrom as IsoDate)}から`,
                nowrap: true,
              },
              { title: "階層", cell: ({ tier }) => tier, nowrap: true },
              { title: "上限月額", cell: ({ cap }) => yen(cap), nowrap: true },
              { title: "区分", cell: marksOf },
              { title: "適用区分", cell: ({ limitCategory }) => limitCategory ?? "照会中" },
              { title: "公費負担者番号", cell: ({ payerNumber }) => payerNumber, nowrap: true },
              {
                title: "病名",
                cell: ({ diseases, validFrom }) =>
                  diseases.map((number) => diseaseTitle(number, validFrom as IsoDate)).join("、"),
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

/** What the decision sets beside the period. */
export const outcome = (_view: View, { cap }: Own): Items =>
  cap?.known
    ? [
        ["階層", cap.tier],
        ["自己負担上限月額", yen(cap.cap)],
        ["支払", "この決裁では支払は生じません"],
      ]
    : [["自己負担上限月額", cap?.reason ?? "―"]];
