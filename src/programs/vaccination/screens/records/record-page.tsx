import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import {
  Badge,
  ButtonLink,
  Columns,
  DefinitionList,
  PageTitle,
  Panel,
  ProtectedBanner,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, type Reply } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  channelTitles,
  routeTitles,
  sourceTitles,
} from "#workflows/vaccination/records/channels.ts";
import {
  holdTitles,
  readRecord,
  revisionActions,
  revisionNumber,
  revisionReasons,
  revisionStateMeta,
} from "../../records/revisions.ts";
import { slipNumber } from "../../records/slips.ts";
import { paths } from "../paths.ts";
import { beforeWords, changeTitles } from "./change-words.ts";
import { doseTitle, SlipBadge } from "./parts.tsx";
import { ReviseForms } from "./revise-forms.tsx";
import { WaitingRevision } from "./waiting-revision.tsx";

/** A record with its channels and its past. */
export const recordScreen = defineRoute({
  program: "vaccination",
  purpose: "case",
  right: "case.read",
  method: "get",
  path: "/vaccination/records/:shot",
  audit: "vaccination-record.opened",
  handle: (request) => recordPage(request),
});

/** The page of a record; a form of it that was not taken comes back. */
export async function recordPage(
  request: Pick<ScreenRequest<`${string}:shot`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, person, actions } = await work(async (unit) => {
    const found = await readRecord(unit, idOf(params.shot));
    const waits = found.revisions.find(({ state }) => state === "waiting");
    return {
      found,
      person: await lookAtPerson(unit, found.personNumber, ["facts", "name"]),
      actions: waits ? revisionActions(unit, waits) : [],
    };
  });
  const { record, revisions, changes, slips, doctor } = found;
  const waits = revisions.find(({ state }) => state === "waiting");
  const enters = holds(actor, "case.enter", { program: "vaccination", office: person?.officeCode });
  const title = record ? doseTitle(record.vaccine, record.dose) : "取り消した接種記録";
  return page({
    title: `接種記録 ${title}`,
    breadcrumb: [{ title: "予診票の処理", path: paths.slips }, { title: "接種記録" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={record ? undefined : <Badge tone="error">取消</Badge>}
          actions={
            record &&
            enters && (
              <>
                <ButtonLink href={`${paths.mistakes}/new?record=${record.id}`}>
                  間違い接種として扱う
                </ButtonLink>
                <ButtonLink href={`${paths.adverseReports}/new?record=${record.id}`}>
                  副反応疑い報告を入力する
                </ButtonLink>
              </>
            )
          }
        >
          接種記録 {title}
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <Columns wide="first">
          <Panel title="記録">
            <p>
              <PersonLink person={person} platform={platform} />
            </p>
            {record ? (
              <DefinitionList
                columns={2}
                items={[
                  ["接種日", showDate(record.givenOn as IsoDate)],
                  ["予防接種", title],
                  ["製品名", record.product ?? "―"],
                  ["ロット番号", record.lot ?? "―"],
                  ["接種量", record.volume ? `${record.volume}ミリリットル` : "―"],
                  ["個別・集団", record.route ? routeTitles[record.route] : "―"],
                  [
                    "医療機関",
                    [record.clinicName, record.clinicCode].filter(Boolean).join("　") || "―",
                  ],
                  ["医師名", doctor ?? "―"],
                  ["予診票の日付", showDate(record.interviewOn as IsoDate | null)],
                  [
                    "伝えた経路",
                    found.channels.map((source) => sourceTitles[source] ?? source).join("、") ||
                      (sourceTitles[record.source] ?? "―"),
                  ],
                  ["関わるもの", found.holds.map((kind) => holdTitles[kind]).join("、") || "なし"],
                ]}
              />
            ) : (
              <p>この記録は取り消されています。取り消す前の内容は「経過」にあります。</p>
            )}
          </Panel>
          <Panel title="予診票など">
            <Table
              caption="経路"
              columns={[
                { title: "番号", cell: slipNumber, nowrap: true },
                { title: "経路", cell: ({ channel }) => channelTitles[channel] },
                { title: "入力", cell: (row) => showMoment(row.enteredAt), nowrap: true },
                { title: "状態", cell: ({ state }) => <SlipBadge state={state} />, nowrap: true },
              ]}
              rows={slips}
              href={({ id }) => paths.slip(id)}
              empty="予診票などの入力はありません。"
            />
          </Panel>
        </Columns>
        {waits && <WaitingRevision shot={found.id} row={waits} record={record} actions={actions} />}
        {record && enters && !waits && (
          <ReviseForms record={record} hangs={found.holds.length > 0} />
        )}
        <Panel title="経過">
          <Table
            caption="記録の経過"
            columns={[
              { title: "日時", cell: ({ change }) => showMoment(change.at), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              { title: "内容", cell: ({ change }) => changeTitles[change.what] },
              { title: "変わる前", cell: ({ change }) => beforeWords(change.before) },
              {
                title: "理由",
                cell: ({ change }) => {
                  const why = revisions.find(({ id }) => id === change.revisionId);
                  return why ? revisionReasons[why.reason] : "―";
                },
              },
            ]}
            rows={changes}
            empty="直されたことはありません。"
          />
        </Panel>
        {revisions.length > 0 && (
          <Panel title="訂正と取消">
            <Table
              caption="訂正と取消"
              columns={[
                { title: "番号", cell: revisionNumber, nowrap: true },
                {
                  title: "種類",
                  cell: ({ kind }) => (kind === "correct" ? "訂正" : "取消"),
                },
                { title: "理由", cell: ({ reason }) => revisionReasons[reason] },
                { title: "起案", cell: (row) => showMoment(row.proposedAt), nowrap: true },
                {
                  title: "状態",
                  cell: ({ state }) => {
                    const { title, tone } = revisionStateMeta(state);
                    return <Badge tone={tone ?? "info"}>{title}</Badge>;
                  },
                  nowrap: true,
                },
              ]}
              rows={revisions}
            />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}
