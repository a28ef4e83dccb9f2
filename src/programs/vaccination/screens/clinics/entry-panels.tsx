import type { FlowAction } from "#src/platform/flow.ts";
import type { Work } from "#src/platform/work.ts";
import { useSent } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  DisabledAction,
  Disclosure,
  FieldRow,
  Form,
  Panel,
  RadioGroup,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ClinicBody } from "../../clinics/bodies.ts";
import {
  type ClinicClosure,
  type ClinicContract,
  counts,
  entryActions,
} from "../../clinics/entries.ts";
import {
  closureGrounds,
  closureKinds,
  closureReasons,
  contractReasons,
  paidToTitles,
  refusals,
} from "../../clinics/words.ts";
import { contractChoices, contractTitle, day, EntryBadge, period, whatTitles } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

interface PanelProps<Row> {
  work: Work;
  code: string;
  rows: readonly Row[];
  enters: boolean;
  today: IsoDate;
}

/** Contracts of a clinic, what waits of them, and what changes them. */
export function ContractPanel({
  work,
  code,
  rows,
  bodies,
  enters,
  today,
}: PanelProps<ClinicContract> & { bodies: readonly ClinicBody[] }) {
  const address = `${clinicPaths.clinic(code)}/contracts`;
  const bodyName = (one: string | null) =>
    one === null ? "" : (bodies.find(({ code: known }) => known === one)?.name ?? one);
  const standing = rows.filter(counts);
  return (
    <div>
      <Panel title="契約">
        <Table
          caption="契約"
          columns={[
            { title: "種類", cell: ({ kind }) => contractTitle(kind), nowrap: true },
            {
              title: "期間",
              cell: ({ validFrom, validTo }) => period(validFrom, validTo),
              nowrap: true,
            },
            { title: "契約番号", cell: ({ number }) => number || "―" },
            {
              title: "取りまとめ団体",
              cell: ({ bodyCode, memberNumber, paidTo }) =>
                bodyCode
                  ? `${bodyName(bodyCode)}${memberNumber && `（番号 ${memberNumber}）`}${paidTo === "body" ? "・団体に支払う" : ""}`
                  : "―",
            },
            {
              title: "登録",
              cell: ({ what, reason }) =>
                reason ? `${whatTitles[what]}（${contractReasons[reason]}）` : whatTitles[what],
            },
            { title: "状態", cell: ({ state }) => <EntryBadge state={state} />, nowrap: true },
          ]}
          rows={rows}
          tone={(row) =>
            row.state === "waiting"
              ? "warning"
              : !counts(row) || (row.validTo ?? today) < today
                ? "muted"
                : undefined
          }
          empty="契約は登録されていません。"
        />
        <Waiting
          work={work}
          address={address}
          rows={rows}
          title={(row) => contractTitle(row.kind)}
        />
      </Panel>
      {enters && (
        <Panel title="契約を入力する">
          <Folded title="新しい契約" event="contract" action={address} open={rows.length === 0}>
            {(own) => <ContractFields own={own} bodies={bodies} />}
          </Folded>
          {standing.map((row) => (
            <Folded
              key={row.id}
              title={`${contractTitle(row.kind)}（${period(row.validFrom, row.validTo)}）を変更する・終える`}
              event={`change-${row.id}`}
              action={`${address}/${row.id}/change`}
            >
              {(own) => (
                <>
                  <SelectField
                    {...own}
                    name="reason"
                    label="理由"
                    required
                    empty="選んでください"
                    options={choicesOf(contractReasons)}
                    hint="「登録の誤り」は、初めから契約がなかったことにします。"
                  />
                  <ContractFields own={own} bodies={bodies} known={row} />
                </>
              )}
            </Folded>
          ))}
        </Panel>
      )}
    </div>
  );
}

function ContractFields(props: {
  own: Own;
  bodies: readonly ClinicBody[];
  known?: ClinicContract;
}) {
  const { own, bodies, known } = props;
  return (
    <>
      {!known && (
        <SelectField
          {...own}
          name="kind"
          label="契約の種類"
          required
          empty="選んでください"
          options={contractChoices}
        />
      )}
      <FieldRow>
        <DateField
          {...own}
          name="from"
          label="始まり"
          required
          value={known ? day(known.validFrom) : ""}
        />
        <DateField
          {...own}
          name="to"
          label="終わり（最後の日）"
          value={known?.validTo ? day(known.validTo) : ""}
          hint="決まっていなければ空欄"
        />
      </FieldRow>
      <TextField {...own} name="number" label="契約番号" width={20} value={known?.number} />
      <FieldRow>
        <SelectField
          {...own}
          name="bodyCode"
          label="取りまとめ団体"
          empty="なし"
          options={bodies.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
          value={known?.bodyCode ?? ""}
        />
        <TextField
          {...own}
          name="memberNumber"
          label="団体での番号"
          width={12}
          value={known?.memberNumber}
        />
      </FieldRow>
      <RadioGroup
        {...own}
        name="paidTo"
        label="委託料の支払先"
        options={choicesOf(paidToTitles)}
        value={known?.paidTo ?? "clinic"}
      />
    </>
  );
}

/** 休止 and 廃止 of a clinic, what waits of them, and what changes them. */
export function ClosurePanel({ work, code, rows, enters, today }: PanelProps<ClinicClosure>) {
  const address = `${clinicPaths.clinic(code)}/closures`;
  const standing = rows.filter(counts);
  return (
    <div>
      <Panel title="休止・廃止">
        <Table
          caption="休止・廃止"
          columns={[
            { title: "区分", cell: ({ kind }) => closureKinds[kind], nowrap: true },
            {
              title: "期間",
              cell: ({ kind, validFrom, validTo }) =>
                kind === "closed" ? `${day(validFrom)}から` : period(validFrom, validTo),
              nowrap: true,
            },
            {
              title: "理由",
              cell: ({ what, reason }) =>
                `${closureReasons[reason]}${what === "cancel" ? "（取消）" : ""}`,
            },
            { title: "状態", cell: ({ state }) => <EntryBadge state={state} />, nowrap: true },
          ]}
          rows={rows}
          tone={(row) =>
            row.state === "waiting"
              ? "warning"
              : !counts(row) || (row.validTo ?? today) < today
                ? "muted"
                : undefined
          }
          empty="休止・廃止の登録はありません。"
        />
        <Waiting
          work={work}
          address={address}
          rows={rows}
          title={(row) => closureKinds[row.kind]}
        />
      </Panel>
      {enters && (
        <Panel title="休止・廃止を入力する">
          <Folded title="新しい休止・廃止" event="closure" action={address}>
            {(own) => (
              <>
                <SelectField
                  {...own}
                  name="kind"
                  label="区分"
                  required
                  empty="選んでください"
                  options={choicesOf(closureKinds)}
                />
                <ClosureDays own={own} />
                <SelectField
                  {...own}
                  name="reason"
                  label="理由"
                  required
                  empty="選んでください"
                  options={grounds}
                />
              </>
            )}
          </Folded>
          {standing.map((row) => (
            <Folded
              key={row.id}
              title={`${closureKinds[row.kind]}（${day(row.validFrom)}から）を変更する${row.kind === "suspended" ? "・再開する" : ""}`}
              event={`change-${row.id}`}
              action={`${address}/${row.id}/change`}
            >
              {(own) => (
                <>
                  <SelectField
                    {...own}
                    name="reason"
                    label="理由"
                    required
                    empty="選んでください"
                    options={[
                      ...(row.kind === "suspended"
                        ? [{ value: "resumed", label: closureReasons.resumed }]
                        : []),
                      { value: "corrected", label: closureReasons.corrected },
                      { value: "mistake", label: closureReasons.mistake },
                    ]}
                  />
                  <ClosureDays own={own} known={row} />
                </>
              )}
            </Folded>
          ))}
        </Panel>
      )}
    </div>
  );
}

const grounds = (["suspended", "closed"] as const).flatMap((kind) =>
  choicesOf(closureGrounds[kind])
    .filter(({ value }) => kind === "suspended" || value !== "other")
    .map((one) => ({
      ...one,
      group: one.value === "other" ? "どちらにも" : `${closureKinds[kind]}の理由`,
    })),
);

const ClosureDays = ({ own, known }: { own: Own; known?: ClinicClosure }) => (
  <FieldRow>
    <DateField
      {...own}
      name="from"
      label="始まり"
      required
      value={known ? day(known.validFrom) : ""}
    />
    {known?.kind !== "closed" && (
      <DateField
        {...own}
        name="to"
        label="休止の最後の日"
        value={known?.validTo ? day(known.validTo) : ""}
        hint="廃止と、決まっていない休止は空欄"
      />
    )}
  </FieldRow>
);

/** Tells the fields of a form from those of the others of the page; those of one that comes back have the ids of its mistakes. */
type Own = { idPrefix?: string };

/** A form of its own below its title; open where it comes back. */
function Folded(props: {
  title: string;
  event: string;
  action: string;
  open?: boolean;
  children: (own: Own) => preact.ComponentChildren;
}) {
  const { sent } = useSent(props.event);
  return (
    <Disclosure title={props.title} open={sent || props.open === true}>
      <SentForm event={props.event} action={props.action}>
        {props.children(sent ? {} : { idPrefix: props.event })}
        <Actions>
          <Button>確認に回す</Button>
        </Actions>
      </SentForm>
    </Disclosure>
  );
}

interface Entered {
  id: string;
  state: ClinicContract["state"];
  what: ClinicContract["what"];
  proposedBy: number;
  proposedAt: Date;
}

/** What waits, with the buttons of whoever looks. */
function Waiting<Row extends Entered>(props: {
  work: Work;
  address: string;
  rows: readonly Row[];
  title: (row: Row) => string;
}) {
  return (
    <>
      {props.rows
        .filter(({ state }) => state === "waiting")
        .map((row) => (
          <section key={row.id} aria-label="確認を待つ登録">
            <p>
              確認待ち: {props.title(row)}の{whatTitles[row.what]}（{showMoment(row.proposedAt)}
              登録）
            </p>
            {entryActions(props.work, row).map((action) => (
              <EntryStep key={action.type} row={row} address={props.address} action={action} />
            ))}
          </section>
        ))}
    </>
  );
}

function EntryStep(props: { row: Entered; address: string; action: FlowAction }) {
  const { row, address, action } = props;
  const { values, errors, sent } = useSent(`${action.type}-${row.id}`);
  if (action.reasons.length > 0)
    return (
      <Actions>
        <DisabledAction reasons={[...action.reasons]}>{action.title}</DisabledAction>
      </Actions>
    );
  const form = (
    <Form
      action={`${address}/${row.id}/${action.type}`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      {action.type === "refuse" && (
        <SelectField
          {...(sent ? {} : { idPrefix: row.id })}
          name="refusal"
          label="差し戻す理由"
          required
          empty="選んでください"
          options={choicesOf(refusals)}
        />
      )}
      <Actions>
        <Button look={action.type === "confirm" ? "primary" : "secondary"}>{action.title}</Button>
      </Actions>
    </Form>
  );
  return action.type === "confirm" ? (
    form
  ) : (
    <Disclosure title={action.title} open={sent}>
      {form}
    </Disclosure>
  );
}
