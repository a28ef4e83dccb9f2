import { type Actor, holds } from "#src/platform/access/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import {
  type KnownBirth,
  type Person,
  type ReckonedBirth,
  reckonedBirthActions,
  reckonedBirthsOf,
  reckoningBases,
} from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { birthRange, type DayRange, gapOf } from "#workflows/dates/birth-date.ts";
import { useSent } from "../../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  DisabledAction,
  Disclosure,
  FieldRow,
  Form,
  Notification,
  Panel,
  ReasonField,
  SelectField,
  Table,
  TextField,
} from "../../components/index.ts";
import { showDate, showMoment } from "../../dates.ts";

/** One that was set or proposed, and what this person can do with it. */
export type ReckonedBirthRow = ReckonedBirth & { actions: readonly FlowAction[] };

/** All that were set or proposed for a person. */
export const reckonedBirthRows = async (work: Work, number: string): Promise<ReckonedBirthRow[]> =>
  (await reckonedBirthsOf(work, number)).map((one) => ({
    ...one,
    actions: reckonedBirthActions(work, one),
  }));

interface Props {
  person: Person;
  rows: readonly ReckonedBirthRow[];
  actor: Actor;
  path: string;
  /** Whether the 4情報 are open: only then birth dates are shown, and something is set or confirmed. */
  open: boolean;
}

/** みなし生年月日 on the page of a person whose day of birth the register does not know, or did not when something was set. */
export function ReckonedBirthPanel(props: Props) {
  const { person, rows, open } = props;
  const unknown = gapOf(person.birthDate) !== undefined;
  if (!unknown && rows.length === 0) return null;
  return (
    <Panel title="みなし生年月日" id="reckoned-birth" actions={<StateBadge {...props} />}>
      {rows.filter(toReview).map((row) => (
        <Review key={row.id} {...props} row={row} />
      ))}
      {open ? (
        <Opened {...props} unknown={unknown} />
      ) : (
        <p>4情報を開くと、みなし生年月日を確かめ、設定し、確認できます。</p>
      )}
    </Panel>
  );
}

const inForce = ({ decision, ended }: ReckonedBirth) => decision === "approved" && !ended;
const waiting = ({ decision, ended }: ReckonedBirth) => decision === null && !ended;
const toReview = ({ decision, ended, reviewedAt }: ReckonedBirth) =>
  decision === "approved" && ended === "register" && reviewedAt === null;

function StateBadge({ person, rows }: Props) {
  if (!gapOf(person.birthDate)) return <Badge>住民記録で分かった</Badge>;
  if (rows.some(waiting)) return <Badge tone="warning">確認待ち</Badge>;
  return rows.some(inForce) ? (
    <Badge tone="success">設定済</Badge>
  ) : (
    <Badge tone="warning">未設定</Badge>
  );
}

function Opened(props: Props & { unknown: boolean }) {
  const { person, rows, actor, path, unknown } = props;
  const own = rows.find(waiting);
  // What waits stands in full above.
  const past = rows.filter((row) => row !== own);
  const present: KnownBirth = person;
  return (
    <>
      <DefinitionList
        columns={2}
        items={[
          // Both eras of a year in which one ended take a line of their own.
          ["住民記録の生年月日", showDate(person.birthDate), "wide"],
          ["みなし生年月日", unknown ? showDate(present.bornOn) : "―", "wide"],
        ]}
      />
      {unknown && !present.bornOn && (
        <p>年齢・対象期間・資格は、みなし生年月日を起案し、別の職員が確認するまで判定しません。</p>
      )}
      {own && <Waiting row={own} path={path} />}
      {unknown && !own && holds(actor, "birth-date.set") && (
        <Proposal path={path} days={birthRange(person.birthDate)} />
      )}
      {past.length > 0 && <History rows={past} />}
    </>
  );
}

/** What one person proposed and another confirms. */
function Waiting({ row, path }: { row: ReckonedBirthRow; path: string }) {
  return (
    <>
      <h3>確認を待つ起案</h3>
      <DefinitionList
        columns={2}
        items={[
          ["みなし生年月日", showDate(row.reckonedOn)],
          ["根拠", reckoningBases[row.basis]],
          ["出典", row.source],
          ["理由", row.reason, "wide"],
          ["起案", `${row.proposer} ${showMoment(row.proposedAt)}`, "wide"],
        ]}
      />
      <Form action={`${path}/reckoned-birth/${row.id}/decision`} class="inline-buttons">
        {row.actions.map(({ type, title, reasons }) =>
          reasons.length > 0 ? (
            <DisabledAction key={type} reasons={[...reasons]}>
              {title}
            </DisabledAction>
          ) : (
            <Button
              key={type}
              name="event"
              value={type}
              {...(type === "approve" ? {} : { look: "secondary" as const })}
            >
              {title}
            </Button>
          ),
        )}
      </Form>
    </>
  );
}

function Proposal({ path, days }: { path: string; days: DayRange }) {
  const { values, errors, sent } = useSent("reckoned-birth");
  return (
    <Disclosure title="みなし生年月日を起案する" open={sent}>
      <Form action={`${path}/reckoned-birth`} values={values} errors={errors} class="form stacked">
        <FieldRow>
          <DateField
            name="day"
            label="みなし生年月日"
            required
            hint={`${showDate(days.from)}から${showDate(days.to)}まで`}
          />
          <SelectField
            name="basis"
            label="根拠"
            required
            empty="選んでください"
            options={choicesOf(reckoningBases)}
          />
        </FieldRow>
        <TextField
          name="source"
          label="出典（文書の名と番号・日付）"
          required
          width={40}
          hint="例: 令和8年4月1日 ○○第12号通知"
        />
        <ReasonField name="reason" label="理由" required rows={2} />
        <Actions>
          <Button shortcut="Ctrl+Enter">起案する</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}

/** What may have been decided by a day that the register has ended is gone through by a person. */
function Review({ row, actor, path, open }: Props & { row: ReckonedBirthRow }) {
  return (
    <Notification tone="warning" title="住民記録の生年月日が変わり、みなし生年月日が終わりました。">
      <p>
        {open ? `みなし生年月日 ${showDate(row.reckonedOn)} で` : "終わったみなし生年月日で"}
        決定した資格・期間・送付物を、この画面と経過で確かめてください。直すものは、それぞれの手続きで直します。
      </p>
      {holds(actor, "birth-date.set") && (
        <Form action={`${path}/reckoned-birth/${row.id}/review`} class="inline-buttons">
          <Button look="secondary">見直しを終えた</Button>
        </Form>
      )}
    </Notification>
  );
}

const endWords = { replaced: "次の設定により終了", register: "住民記録の変更により終了" } as const;

const becameOf = ({ decision, decider, decidedAt, ended, endedAt }: ReckonedBirth): string => {
  const decided = decidedAt
    ? [`${decision === "approved" ? "確認" : "却下"} ${decider} ${showMoment(decidedAt)}`]
    : [];
  const over = ended && endedAt ? [`${endWords[ended]} ${showMoment(endedAt)}`] : [];
  return [...decided, ...over].join("、") || "―";
};

const History = ({ rows }: { rows: readonly ReckonedBirthRow[] }) => (
  <Table
    caption="みなし生年月日の履歴"
    columns={[
      { title: "みなし生年月日", cell: ({ reckonedOn }) => showDate(reckonedOn), nowrap: true },
      { title: "住民記録", cell: ({ birthTold }) => showDate(birthTold) },
      {
        title: "根拠・出典",
        cell: ({ basis, source, reason }) => (
          <>
            {reckoningBases[basis]}
            <span class="cell-note">{source}</span>
            <span class="cell-note">{reason}</span>
          </>
        ),
      },
      {
        title: "起案",
        cell: ({ proposer, proposedAt }) => `${proposer} ${showMoment(proposedAt)}`,
      },
      { title: "経過", cell: becameOf },
      {
        title: "見直し",
        cell: ({ reviewer, reviewedAt }) =>
          reviewedAt ? `${reviewer} ${showMoment(reviewedAt)}` : "―",
      },
    ]}
    rows={rows}
  />
);
