import type { ComponentChildren } from "preact";
import type { HistoryLine } from "#src/platform/cases/index.ts";
import {
  Badge,
  Button,
  DefinitionList,
  EmptyState,
  Form,
  Notification,
  Panel,
  ProtectedBanner,
  Table,
  TimeLine,
} from "#src/web/components/index.ts";
import { showAge, showDate, showMoment } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Application } from "../application.ts";
import {
  accountKindTitles,
  applicationReasonTitles,
  insuranceKindTitles,
  insuredRelationTitles,
  relationTitles,
} from "../application.ts";
import { documentTitles, identityMethodTitles } from "../identity.ts";
import { addressLine, shownName } from "../register.ts";
import type { ApplicationView, ChangeView } from "../view.ts";
import { casePath } from "./parts.tsx";
import { SentNote } from "./sent.tsx";

type SharedView = ApplicationView | ChangeView;

/** Stands above all else where it applies: 支援措置, provisional data. */
export function Banners({ view }: { view: SharedView }) {
  const { entry, register } = view;
  return (
    <>
      {register.child.isProtected && <ProtectedBanner />}
      <SentNote />
      <RemandNote view={view} />
      <PendingNote view={view} />
      {entry && entry.confirmedBy === null && (
        <Notification tone="warning" title="仮の入力です">
          {view.staffNames.get(entry.enteredBy)}
          が入力しました。入力した職員とは別の職員が「入力内容を確認する」を押すまで確定しません。
        </Notification>
      )}
    </>
  );
}

/** With which words the case came back, until it is sent on again. */
function RemandNote({ view }: { view: SharedView }) {
  const last = view.approvals.at(-1);
  const line = view.history.findLast((one) => one.type === "remand");
  if (last?.decision !== "remanded" || !line || view.found.state !== "examination") return null;
  return (
    <Notification tone="warning" title={`差戻し（${line.staffName}）`}>
      {line.comment}
    </Notification>
  );
}

/** Papers that could not be made: why, and a button to try again once somebody has seen to it. */
function PendingNote({ view }: { view: SharedView }) {
  const failed = view.pending.filter((one) => one.failure);
  if (failed.length === 0) return null;
  return (
    <Notification tone="error" title="作成できていない文書があります">
      <ul>
        {failed.map((one) => (
          <li key={String(one.params.kind)}>
            {paperTitles[String(one.params.kind)]}: {one.failure}
          </li>
        ))}
      </ul>
      {failed.some(({ failure }) => failure?.includes("外字一覧")) && (
        <p>
          <a href="/unprintable">外字一覧を開く</a>
        </p>
      )}
      <Form action={`${casePath(view.found.id)}/papers`} class="inline-form">
        <Button look="secondary">もう一度作成する</Button>
      </Form>
    </Notification>
  );
}

/** The child as the register has it. */
export function ChildPanel({ view, today }: { view: SharedView; today: IsoDate }) {
  const { child } = view.register;
  return (
    <Panel title="対象の子ども（住民記録）">
      <DefinitionList
        columns={2}
        items={[
          ["氏名", shownName(child)],
          ["フリガナ", child.name?.commonKana ?? child.name?.kana],
          [
            "生年月日",
            `${showDate(child.birthDate)}（${showAge(child.birthDate, child.diedOn ?? today)}）`,
          ],
          ["統合宛名番号", child.personNumber],
          [
            "住所",
            child.addressMasked
              ? "非表示（支援措置）"
              : `${addressLine(child)} ${child.address?.building ?? ""}`,
          ],
          ["住民となった日", showDate(child.residence.from)],
        ]}
      />
    </Panel>
  );
}

/** What was entered, part by part. */
export function enteredItems(data: Partial<Application>): [string, ComponentChildren][] {
  const { reason, guardian, agent, insurance, account, mailing, welfare } = data;
  return [
    ...(reason ? [pair("申請事由", applicationReasonTitles[reason])] : []),
    ...(guardian
      ? [
          pair("保護者", `${guardian.name}（${relationTitles[guardian.relation]}）`),
          pair("電話番号", guardian.telephone),
        ]
      : []),
    ...(agent ? [pair("代理人", `${agent.name}（${agent.relation}）${agent.address}`)] : []),
    ...(insurance
      ? [
          pair(
            "保険者",
            `${insurance.insurerNumber} ${insurance.insurerName}（${insuranceKindTitles[insurance.kind]}）`,
          ),
          pair(
            "記号・番号",
            [insurance.symbol, insurance.number, insurance.branchNumber].filter(Boolean).join("・"),
          ),
          pair(
            "被保険者",
            `${insurance.insuredName}（子どもは${insuredRelationTitles[insurance.relation]}）`,
          ),
          pair("保険の資格取得日", showDate(insurance.since as IsoDate)),
        ]
      : []),
    ...(account
      ? [
          pair(
            "振込先口座",
            `${account.bankCode}-${account.branchCode} ${accountKindTitles[account.kind]} ${account.number} ${account.holderKana}`,
          ),
        ]
      : []),
    ...(mailing
      ? [
          pair(
            "送付先",
            `〒${mailing.postalCode} ${mailing.address} ${mailing.building} ${mailing.name}`,
          ),
        ]
      : mailing === null
        ? [pair("送付先", "保護者の住所")]
        : []),
    ...(welfare === undefined ? [] : [pair("生活保護", welfare ? "受けている" : "受けていない")]),
  ];
}

const pair = (term: string, value: ComponentChildren): [string, ComponentChildren] => [term, value];

/** Identity checks at intake: kinds of documents only. */
export function IdentityPanel({ view }: { view: SharedView }) {
  return (
    <Panel title="本人確認">
      {view.identityChecks.length === 0 ? (
        <EmptyState>まだ記録がありません。</EmptyState>
      ) : (
        <DefinitionList
          items={view.identityChecks.map((check) => [
            check.subject === "agent" ? "代理人" : "申請者",
            <>
              {identityMethodTitles[check.method]}
              {check.documents
                .map((code) => `・${documentTitles[code as keyof typeof documentTitles]}`)
                .join("")}
              {check.mandateSeen && "・委任状"}（{showDate(check.checkedOn as IsoDate)}{" "}
              {view.staffNames.get(check.checkedBy)}）
            </>,
          ])}
        />
      )}
    </Panel>
  );
}

/** Comments of the people who had the case, the newest first. */
export function CommentsPanel({ history }: { history: readonly HistoryLine[] }) {
  const comments = history.filter((line) => line.comment).toReversed();
  return (
    <Panel title="コメント">
      {comments.length === 0 ? (
        <EmptyState>コメントはありません。</EmptyState>
      ) : (
        <TimeLine
          label="コメント"
          entries={comments.map((line) => ({
            at: showMoment(line.at),
            who: line.staffName,
            what: line.comment,
            detail: line.title,
            ...(line.type === "remand" ? { tone: "warning" as const } : {}),
          }))}
        />
      )}
    </Panel>
  );
}

/** Who did what when. */
export function HistoryPanel({ view }: { view: SharedView }) {
  const titleOf = new Map(view.picture.steps.map((step) => [step.state, step.title]));
  return (
    <Panel title="経過" id="history">
      <TimeLine
        label="経過"
        entries={view.history.toReversed().map((line) => ({
          at: showMoment(line.at),
          who: line.staffName,
          what: (
            <>
              {line.title}
              {line.fromState !== line.toState && (
                <>
                  {" "}
                  <Badge>{`${titleOf.get(line.fromState)} → ${titleOf.get(line.toState)}`}</Badge>
                </>
              )}
            </>
          ),
          ...(line.comment ? { detail: line.comment } : {}),
        }))}
      />
    </Panel>
  );
}

export const paperTitles: Record<string, string> = {
  certificate: "受給者証",
  grant: "認定通知書",
  rejection: "却下通知書",
  revocation: "取消通知書",
  hold: "不足書類のお知らせ",
  change: "変更決定通知書",
  loss: "資格喪失通知書",
};

/** Papers of the case as they were issued. */
export function PapersPanel({ view }: { view: SharedView }) {
  return (
    <Panel title="発行した文書">
      <Table
        caption="発行した文書"
        rows={view.documents}
        href={(row) => `/child-medical/documents/${row.id}`}
        empty="発行した文書はありません。"
        columns={[
          { title: "文書", cell: (row) => paperTitles[row.kind] ?? row.kind, nowrap: true },
          { title: "文書番号", cell: (row) => row.number, nowrap: true },
          { title: "発行日", cell: (row) => showDate(row.issuedOn as IsoDate), nowrap: true },
        ]}
      />
    </Panel>
  );
}
