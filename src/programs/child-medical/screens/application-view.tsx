import {
  Badge,
  Button,
  Columns,
  DateField,
  DefinitionList,
  DiffTable,
  Disclosure,
  EmptyState,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Application } from "../application.ts";
import { changeSubjectTitles } from "../change.ts";
import { certificateEndingTitles, issueReasonTitles, lossReasonTitles } from "../reasons.ts";
import { documentStatusTitles, requiredDocuments } from "../required-documents.ts";
import type { ApplicationView } from "../view.ts";
import { ActionsPanel, NextAction } from "./actions-panel.tsx";
import {
  Banners,
  ChildPanel,
  CommentsPanel,
  enteredItems,
  HistoryPanel,
  IdentityPanel,
  PapersPanel,
} from "./panels.tsx";
import { casePath, FlowPicture, StateBadge, StepFields, showPeriod } from "./parts.tsx";
import { useSent } from "./sent.tsx";

/** The page of an application: flow, next steps, what was applied for beside the register, evidence, history. */
export function ApplicationPage({ view, today }: { view: ApplicationView; today: IsoDate }) {
  const { found, actions } = view;
  return (
    <>
      <PageTitle
        badge={<StateBadge state={found.state} title={view.stateTitle} />}
        actions={
          <NextAction
            found={found}
            actions={actions}
            done={{ identified: view.identityChecks.length > 0, entered: view.entry !== undefined }}
          />
        }
      >
        こども医療費助成 申請 {found.number}
      </PageTitle>
      <FlowPicture picture={view.picture} history={view.history} />
      <Banners view={view} />
      {view.deadline && (
        <p class="deadline">
          補正期限 <strong>{showDate(view.deadline as IsoDate)}</strong>
          {view.deadline < today && <Badge tone="error">期限超過</Badge>}
        </p>
      )}
      <Columns wide="first">
        <div>
          <ChildPanel view={view} today={today} />
          <AppliedPanel view={view} />
          {view.entitlement && <EntitlementPanel view={view} />}
          {view.current && <CurrentPanel current={view.current} records={view.records} />}
          <HistoryPanel view={view} />
        </div>
        <div>
          <ActionsPanel found={found} actions={actions} />
          <PeriodPanel view={view} />
          <DocumentsPanel view={view} />
          <IdentityPanel view={view} />
          <CommentsPanel history={view.history} />
          <PapersPanel view={view} />
        </div>
      </Columns>
    </>
  );
}

function AppliedPanel({ view }: { view: ApplicationView }) {
  const { application, differences, entry } = view;
  const state =
    entry &&
    (entry.confirmedBy === null ? (
      <Badge tone="warning">仮</Badge>
    ) : (
      <Badge tone="success">確認済</Badge>
    ));
  return (
    <Panel title="申請内容と住民記録" actions={state}>
      {application ? (
        <>
          <DiffTable caption="申請内容と住民記録の照合" rows={differences} />
          <DefinitionList items={enteredItems(application)} />
          {entry && (
            <p class="field-hint">
              入力 {view.staffNames.get(entry.enteredBy)}
              {entry.confirmedBy !== null && `　確認 ${view.staffNames.get(entry.confirmedBy)}`}
            </p>
          )}
        </>
      ) : (
        <EmptyState>申請内容はまだ入力されていません。</EmptyState>
      )}
    </Panel>
  );
}

/** The calculation with its steps and its legal basis. */
export function PeriodPanel({ view }: { view: ApplicationView }) {
  const { period } = view;
  return (
    <Panel title="有効期間の計算">
      <p class="result">{period.granted ? showPeriod(period.from, period.to) : period.reason}</p>
      <Disclosure title="計算の過程と根拠">
        <DefinitionList items={period.steps.map(({ label, value }) => [label, value] as const)} />
        <p class="field-hint">根拠: {period.basis.join("／")}</p>
      </Disclosure>
    </Panel>
  );
}

function DocumentsPanel({ view }: { view: ApplicationView }) {
  const action = view.actions.find((one) => one.type === "recordDocuments");
  const statusOf = new Map(view.documentChecks.map((row) => [row.code, row.status]));
  const rows = Object.entries(requiredDocuments) as [
    keyof typeof requiredDocuments,
    { title: string; hint: string },
  ][];
  if (!action || action.reasons.length > 0) {
    return (
      <Panel title="書類">
        <DefinitionList
          items={rows.map(
            ([code, { title }]) =>
              [title, documentStatusTitles[statusOf.get(code) ?? "not-needed"]] as const,
          )}
        />
      </Panel>
    );
  }
  return (
    <Panel title="書類">
      <Form action={`${casePath(view.found.id)}/documents`}>
        <StepFields found={view.found} />
        {rows.map(([code, { title, hint }]) => (
          <RadioGroup
            key={code}
            name={code}
            label={title}
            hint={hint}
            value={statusOf.get(code) ?? "not-needed"}
            options={Object.entries(documentStatusTitles).map(([value, label]) => ({
              value,
              label,
            }))}
          />
        ))}
        <Button look="secondary">書類の確認を記録する</Button>
      </Form>
    </Panel>
  );
}

function EntitlementPanel({ view }: { view: ApplicationView }) {
  const { entitlement, certificates } = view;
  if (!entitlement) return null;
  const word = { granted: "有効", lost: "喪失", revoked: "取消" }[entitlement.status];
  return (
    <Panel title="受給資格と受給者証">
      <DefinitionList
        columns={2}
        items={[
          ["受給者番号", entitlement.recipientNumber],
          ["状態", word],
          ["有効期間", showPeriod(entitlement.validFrom, entitlement.validTo)],
          ["認定日", showDate(entitlement.grantedOn as IsoDate)],
        ]}
      />
      <Table
        caption="受給者証の発行履歴"
        captionShown
        rows={certificates}
        empty="受給者証はまだ交付していません。"
        columns={[
          { title: "回", cell: (row) => row.issue, align: "end" },
          { title: "事由", cell: (row) => issueReasonTitles[row.reason] },
          { title: "発行日", cell: (row) => showDate(row.issuedOn as IsoDate), nowrap: true },
          {
            title: "状態",
            cell: (row) =>
              row.ending ? (
                `${certificateEndingTitles[row.ending]}（${showDate(row.endedOn as IsoDate)}）`
              ) : (
                <Badge tone="success">有効</Badge>
              ),
          },
        ]}
      />
      {entitlement.status === "granted" && <ChangeForm view={view} />}
    </Panel>
  );
}

/** The data as reports of change left them, and since when. */
function CurrentPanel({
  current,
  records,
}: {
  current: Application;
  records: ApplicationView["records"];
}) {
  return (
    <Panel title="今の登録">
      <DefinitionList items={enteredItems(current)} />
      <Table
        caption="登録の履歴"
        captionShown
        rows={records}
        href={(row) => casePath(row.caseId)}
        columns={[
          { title: "申請・届出", cell: (row) => row.number, nowrap: true },
          {
            title: "この日から",
            cell: (row) => showDate(row.effectiveFrom as IsoDate),
            nowrap: true,
          },
        ]}
      />
    </Panel>
  );
}

function ChangeForm({ view }: { view: ApplicationView }) {
  const { values, errors, sent } = useSent("change");
  const options = (titles: Record<string, string>) =>
    Object.entries(titles).map(([value, label]) => ({ value, label }));
  return (
    <Disclosure title="変更・喪失の届出を受け付ける…" open={sent}>
      <Form action={`${casePath(view.found.id)}/changes`} values={values} errors={errors}>
        <StepFields found={view.found} />
        <SelectField
          name="subject"
          label="届出の種類"
          required
          options={options(changeSubjectTitles)}
        />
        <DateField name="occursOn" label="変更日（喪失の場合は資格がなくなる日）" required />
        <SelectField
          name="lossReason"
          label="喪失の理由"
          empty="喪失のときだけ選ぶ"
          options={options(lossReasonTitles)}
        />
        <Button look="secondary">届出を受け付ける</Button>
      </Form>
    </Disclosure>
  );
}
