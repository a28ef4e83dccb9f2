import type { HighCostClaimPaper, HighCostClaimRow } from "#src/platform/high-cost/index.ts";
import { highCostAccount, highCostInsurers } from "#workflows/medical/city-parameters.ts";
import { Panel, Table } from "../components/index.ts";
import { day, StepForm } from "../payments/parts.tsx";
import type { HighCosts } from "./set.ts";

/** 支給申請書兼請求書 of a claim: looked at, issued until it is sent, printed again as it was issued. */
export function PaperPanel(props: {
  of: HighCosts;
  claim: HighCostClaimRow;
  papers: readonly HighCostClaimPaper[];
  /** Why none can be issued, in words. */
  obstacles: readonly string[];
  prepares: boolean;
}) {
  const { of, claim, papers, obstacles, prepares } = props;
  const path = of.paths.claim(claim.id);
  return (
    <Panel title="保険者に送る請求書">
      {prepares && claim.state === "approved" && (
        <>
          <p>
            振込先と宛先は、「制度の数値」の「{highCostAccount.title}」と「{highCostInsurers.title}
            」のとおりに印字します。
            {papers.length > 0 && "もう一度発行すると、新しい番号の請求書が有効になります。"}
          </p>
          <StepForm
            action={`${path}/paper`}
            revision={claim.revision}
            type="paper"
            title={papers.length > 0 ? "請求書をもう一度発行する" : "請求書を発行する"}
            reasons={obstacles}
            confirm="請求書を発行します。発行した請求書は保存されます。よろしいですか。"
            preview={`${path}/paper/preview`}
          />
        </>
      )}
      {papers.length > 0 && (
        <Table
          caption="発行した請求書"
          columns={[
            { title: "番号", cell: (one) => one.number, nowrap: true },
            { title: "発行", cell: (one) => day(one.issuedOn), nowrap: true },
            {
              title: "扱い",
              cell: (one) => (one === papers[0] ? "有効" : "差し替え済"),
              nowrap: true,
            },
            {
              title: "印刷",
              cell: (one) =>
                prepares ? (
                  <a href={`${path}/papers/${one.id}`} target="_blank" rel="noopener">
                    請求書 {one.number} を印刷
                  </a>
                ) : (
                  "―"
                ),
            },
          ]}
          rows={papers}
        />
      )}
    </Panel>
  );
}
