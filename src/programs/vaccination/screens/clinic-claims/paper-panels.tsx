import { Actions, Button, ButtonLink, Form, Panel, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import { correctionReasons } from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  type ClinicClaim,
  clinicClaimNumber,
  clinicCorrectionNumber,
  type recordOfClinicClaim,
} from "../../clinic-claims/claims.ts";
import { type ClinicPaperKind, clinicPaperTitles } from "../../clinic-claims/papers.ts";
import { signed } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

/** Papers of a claim: previewed, issued, printed again. */
export function Papers(props: {
  row: ClinicClaim;
  papers: readonly ClinicPaperKind[];
  issued: Awaited<ReturnType<typeof recordOfClinicClaim>>["papers"];
  prints: boolean;
}) {
  const { row, papers, issued, prints } = props;
  return (
    <Panel title="書類">
      <Actions>
        {papers.map((kind) => (
          <ButtonLink key={kind} href={`${paths.claim(row.id)}/preview-${kind}`} newTab>
            {clinicPaperTitles[kind]}の見本
          </ButtonLink>
        ))}
      </Actions>
      {prints &&
        papers.map((kind) => (
          <Form key={kind} action={`${paths.claim(row.id)}/issue-${kind}`} class="inline-buttons">
            <Button look="secondary">{clinicPaperTitles[kind]}を発行する</Button>
          </Form>
        ))}
      <Table
        caption="発行した書類"
        columns={[
          { title: "文書番号", cell: ({ paper }) => paper.documentNumber },
          { title: "書類", cell: ({ paper }) => clinicPaperTitles[paper.kind] },
          {
            title: "発行日",
            cell: ({ paper }) => showDateShort(paper.issuedOn as IsoDate),
            nowrap: true,
          },
          { title: "職員", cell: ({ issuer }) => issuer },
        ]}
        rows={issued}
        href={({ paper }) => paths.paper(paper.id)}
        empty="まだ発行していません。"
      />
    </Panel>
  );
}

/** 過誤 of the claim and what was set off. */
export function Corrections({
  record,
}: {
  record: Awaited<ReturnType<typeof recordOfClinicClaim>>;
}) {
  const rows = [
    ...record.corrections.map((one) => ({ one, what: "この請求の過誤" })),
    ...record.applied.map((one) => ({ one, what: "この支払で調整" })),
  ];
  return (
    <Panel title="過誤">
      <Table
        caption="過誤"
        columns={[
          { title: "番号", cell: ({ one }) => clinicCorrectionNumber(one), nowrap: true },
          { title: "区分", cell: ({ what }) => what },
          { title: "支払済み", cell: ({ one }) => yen(one.before), align: "end" },
          { title: "正しい額", cell: ({ one }) => yen(one.after), align: "end" },
          { title: "調整", cell: ({ one }) => signed(one.after - one.before), align: "end" },
          { title: "理由", cell: ({ one }) => correctionReasons[one.reason] },
        ]}
        rows={rows}
        href={({ one }) => paths.correction(one.id)}
        empty="過誤はありません。"
      />
      {record.carried.map((one) => (
        <p key={one.id}>
          {clinicClaimNumber(one)}からの繰越し {signed(one.carry ?? 0)}円
        </p>
      ))}
    </Panel>
  );
}
