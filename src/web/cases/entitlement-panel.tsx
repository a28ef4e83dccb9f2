import { holds } from "#src/platform/access/index.ts";
import { certificatesOfKind, titleOfSorts } from "#src/platform/applications/index.ts";
import {
  type Certificate,
  certificateEndingTitles,
  type Entitlement,
  entitlementStatusTitles,
  isPrintedAgain,
  issueReasonTitles,
  type Movement,
  movementTitles,
  returnStateMeta,
} from "#src/platform/entitlements/index.ts";
import { certificateReturnV1 } from "#workflows/cases/certificate-return.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, Button, DefinitionList, Form, Panel, Table } from "../components/index.ts";
import { showDate, showDateShort, showMoment } from "../dates.ts";
import { ChangeOpening } from "./change-open.tsx";
import { showPeriod } from "./parts.tsx";
import { certificatePath, documentPath, returnEntryPath } from "./paths.ts";
import { grantReason, movementReason } from "./reasons.ts";
import { type ApplicationShown, isHousehold, mayEnter, nameIn, type Shown } from "./shown.ts";

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
      {mayEnter(shown) && <ChangeOpening {...shown} />}
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
          ...suspended(view, only.id),
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

/** The days of 停止, where there were any. */
const suspended = ({ suspensions }: Shown["view"], id: string) => {
  const days = suspensions.filter(({ entitlementId }) => entitlementId === id);
  if (days.length === 0) return [];
  const words = days.map(({ fromOn, toOn }) => `${day(fromOn)}〜${toOn ? day(toOn) : ""}`);
  return [["停止した期間", words.join("、")] as const];
};

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
        { title: "印刷", cell: (row) => <PrintAgain shown={shown} certificate={row} /> },
        { title: "回収", cell: (row) => <Returned shown={shown} certificate={row} /> },
      ]}
    />
  );
}

/** Where a certificate is printed again as it was issued. */
function PrintAgain({ shown, certificate }: { shown: Shown; certificate: Certificate }) {
  const { program, officeCode: office } = shown.view.found;
  const { id, documentId } = certificate;
  if (!holds(shown.actor, "document.print", { program, office })) return <>―</>;
  if (documentId) return <a href={documentPath(program, documentId)}>開く</a>;
  return isPrintedAgain(certificate) ? <a href={certificatePath(program, id)}>開く</a> : <>―</>;
}

/** Whether a certificate that is not valid any more came back, with what can be recorded of it. */
function Returned({ shown, certificate }: { shown: Shown; certificate: Certificate }) {
  const { view, actor } = shown;
  const row = view.returns.get(certificate.id);
  if (!row) return <>―</>;
  const { program, officeCode: office } = view.found;
  const { title, tone = "info" } = returnStateMeta(row.state);
  const entitled = view.entitlements.find(({ id }) => id === certificate.entitlementId);
  const givesAgain =
    row.state === "returned" &&
    certificate.ending === "suspended" &&
    entitled?.status === "granted";
  const type = row.state === "outstanding" ? "return" : givesAgain ? "give-again" : undefined;
  return (
    <>
      <Badge tone={tone}>{title}</Badge>
      {type && holds(actor, "certificate.issue", { program, office }) && (
        <Form action={`${returnEntryPath(program)}/${certificate.id}/${type}`} class="form stacked">
          <input type="hidden" name="revision" value={row.revision} />
          <input type="hidden" name="case" value="yes" />
          <Button look="secondary">{certificateReturnV1.events[type].title}</Button>
        </Form>
      )}
    </>
  );
}
