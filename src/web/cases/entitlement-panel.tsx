import { certificatesOfKind, titleOfSorts } from "#src/platform/applications/index.ts";
import {
  type Certificate,
  certificateEndingTitles,
  type Entitlement,
  entitlementStatusTitles,
  issueReasonTitles,
  type Movement,
  movementTitles,
} from "#src/platform/entitlements/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, DefinitionList, Panel, Table } from "../components/index.ts";
import { showDate, showDateShort, showMoment } from "../dates.ts";
import { ChangeOpening } from "./change-open.tsx";
import { showPeriod } from "./parts.tsx";
import { grantReason, movementReason } from "./reasons.ts";
import {
  type ApplicationShown,
  isHousehold,
  liveEntitlements,
  mayEnter,
  nameIn,
  type Shown,
} from "./shown.ts";

const day = (date: string | null) => showDateShort(date as IsoDate | null);

/** Entitlements with their movements and certificates, each person's; and where a change or a loss is reported. */
export function EntitlementPanel(shown: ApplicationShown) {
  const { view } = shown;
  if (view.entitlements.length === 0) return null;
  const title = issuedTitle(shown);
  return (
    <Panel title={`受給資格と${title}`}>
      <Entitlements {...shown} />
      <Movements {...shown} />
      <Certificates {...shown} />
      {liveEntitlements(view).length > 0 && mayEnter(shown) && <ChangeOpening {...shown} />}
    </Panel>
  );
}

/** What the certificates of the case are called in one word. */
const issuedTitle = ({ screens, view }: Shown): string =>
  titleOfSorts(screens.application, ["card", ...view.certificates.map(({ kind }) => kind)]);

/** Whose a row is, where it could be somebody else's. */
function whose<Row extends { entitlementId: string }>({ view }: Shown) {
  if (!isHousehold(view)) return [];
  const personOf = new Map(view.entitlements.map(({ id, personNumber }) => [id, personNumber]));
  return [
    {
      title: "氏名",
      cell: ({ entitlementId }: Row) => nameIn(view, personOf.get(entitlementId) ?? ""),
    },
  ];
}

const StatusBadge = ({ status }: Pick<Entitlement, "status">) => (
  <Badge tone={status === "granted" ? "success" : status === "suspended" ? "warning" : "neutral"}>
    {entitlementStatusTitles[status]}
  </Badge>
);

function Entitlements({ view }: Shown) {
  const [only, another] = view.entitlements;
  if (only && !another && !isHousehold(view)) {
    return (
      <DefinitionList
        columns={2}
        items={[
          ["受給者番号", only.recipientNumber],
          ["状態", <StatusBadge status={only.status} />],
          ["有効期間", showPeriod(only.validFrom, only.validTo)],
          ["認定日", showDate(only.grantedOn as IsoDate)],
        ]}
      />
    );
  }
  return (
    <Table
      caption="受給資格"
      rows={view.entitlements}
      columns={[
        { title: "氏名", cell: (row) => nameIn(view, row.personNumber) },
        { title: "受給者番号", cell: (row) => row.recipientNumber, nowrap: true },
        {
          title: "有効期間",
          cell: (row) => `${day(row.validFrom)}〜${day(row.validTo)}`,
          nowrap: true,
        },
        { title: "認定日", cell: (row) => day(row.grantedOn), nowrap: true },
        { title: "状態", cell: (row) => <StatusBadge status={row.status} />, nowrap: true },
      ]}
    />
  );
}

/** 資格異動: what changed the entitlements, and who recorded it. */
function Movements(shown: Shown) {
  const { screens, view } = shown;
  return (
    <Table
      caption="資格異動"
      captionShown
      rows={view.movements}
      columns={[
        ...whose<Movement>(shown),
        { title: "種別", cell: (row) => movementTitles[row.type], nowrap: true },
        { title: "異動日", cell: (row) => day(row.occursOn), nowrap: true },
        { title: "届出日", cell: (row) => day(row.reportedOn), nowrap: true },
        {
          title: "理由",
          cell: ({ type, reason }) =>
            (type === "acquired"
              ? grantReason(screens.change, reason)
              : movementReason(screens.change, reason)) ?? "―",
        },
        {
          title: "記録",
          cell: (row) =>
            `${showMoment(row.recordedAt)} ${view.staffNames.get(row.recordedBy) ?? ""}`,
        },
      ]}
    />
  );
}

function Certificates(shown: Shown) {
  const { screens, view } = shown;
  const title = issuedTitle(shown);
  const sorts = certificatesOfKind(screens.application);
  const sort = Object.keys(sorts).length > 1;
  return (
    <Table
      caption={`${title}の発行履歴`}
      captionShown
      rows={view.certificates}
      empty={`${title}はまだ交付していません。`}
      columns={[
        ...whose<Certificate>(shown),
        ...(sort
          ? [{ title: "証", cell: (row: Certificate) => sorts[row.kind]?.title ?? row.kind }]
          : []),
        { title: "回", cell: (row) => row.issue, align: "end" },
        { title: "事由", cell: (row) => issueReasonTitles[row.reason] },
        { title: "発行日", cell: (row) => day(row.issuedOn), nowrap: true },
        {
          title: "状態",
          cell: (row) =>
            row.ending ? (
              `${certificateEndingTitles[row.ending]}（${day(row.endedOn)}）`
            ) : (
              <Badge tone="success">有効</Badge>
            ),
        },
      ]}
    />
  );
}
