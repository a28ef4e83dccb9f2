import type { MailingPeriod } from "#src/platform/applications/index.ts";
import { mailingReasonTitles } from "#src/platform/entry-parts/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, Panel, Table } from "../components/index.ts";
import { showDate } from "../dates.ts";
import { casePath } from "./paths.ts";
import type { ApplicationShown } from "./shown.ts";

/** 送付先 of an application with the days, the reason and the report of each. */
export function MailingsPanel({ view, today }: ApplicationShown) {
  const { mailings, found } = view;
  if (mailings.length === 0) return null;
  return (
    <Panel title="送付先">
      <MailingTable rows={mailings} program={found.program} today={today} places />
    </Panel>
  );
}

const placeColumns = [
  { title: "宛名", cell: ({ mailing }: MailingPeriod) => mailing.name },
  {
    title: "住所",
    cell: ({ mailing }: MailingPeriod) => `${mailing.address}　${mailing.building}`.trim(),
  },
];

/** The same as a table: on the page of an application, and on that of a person. */
export function MailingTable(props: {
  rows: readonly MailingPeriod[];
  program: string;
  today: IsoDate;
  /** Name and address too; on the page of a person nobody has said yet why they look. */
  places?: true;
}) {
  const { rows, program, today, places } = props;
  return (
    <Table
      caption="送付先の履歴"
      rows={rows}
      tone={({ to }) => (to !== undefined && to < today ? "muted" : undefined)}
      columns={[
        {
          title: "期間",
          cell: ({ from, to }) => `${showDate(from)}から${to ? `${showDate(to)}まで` : ""}`,
        },
        ...(places ? placeColumns : []),
        {
          title: "理由",
          cell: ({ mailing }) => (mailing.reason ? mailingReasonTitles[mailing.reason] : "―"),
        },
        {
          title: "状態",
          cell: ({ from, to }) =>
            to !== undefined && to < today ? (
              <Badge tone="neutral">終了</Badge>
            ) : from > today ? (
              <Badge tone="info">予定</Badge>
            ) : (
              <Badge tone="success">使用中</Badge>
            ),
          nowrap: true,
        },
        {
          title: "申請・届出",
          cell: ({ caseId, number }) => <a href={casePath({ program, id: caseId })}>{number}</a>,
          nowrap: true,
        },
      ]}
    />
  );
}
