import type { sealState, VerificationRun } from "#src/platform/audit/index.ts";
import {
  Badge,
  Button,
  Form,
  LiveRegion,
  Notification,
  Panel,
  Progress,
  Table,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";

const counted = (n: number) => n.toLocaleString("ja-JP");

/** How far the seals have come, the verification that goes on, and what the last ones found. */
export function VerificationPanels(props: {
  seals: Awaited<ReturnType<typeof sealState>>;
  runs: readonly VerificationRun[];
  late: Date | undefined;
}) {
  const { seals, runs, late } = props;
  const running = runs.find(({ finishedAt }) => !finishedAt);
  const last = runs.find(({ finishedAt }) => finishedAt);
  return (
    <>
      {late && (
        <Notification tone="error" title="封印が遅れています。">
          <p>
            {showMoment(late)}
            からの記録が封印されていません。サーバーの管理者に、定時処理とデータフォルダーの空きを確かめてもらってください。
          </p>
        </Notification>
      )}
      <Panel
        title="封印"
        actions={
          !running && (
            <Form action="/audit/verification" keys="search" class="inline-form">
              <Button>いま検証する</Button>
            </Form>
          )
        }
      >
        <p>
          封印 {counted(seals.seals)}個
          {seals.lastSealedAt && `（最新 ${showMoment(seals.lastSealedAt)}）`}、封印を待つ記録{" "}
          {counted(seals.unsealed)}件
        </p>
      </Panel>
      {running && (
        <Panel title="進んでいる検証">
          <LiveRegion source="/audit/verification/progress">
            <RunProgress run={running} />
          </LiveRegion>
        </Panel>
      )}
      {last?.found && <Outcome run={last} found={last.found} />}
      <Panel title="これまでの検証">
        <Table
          caption="これまでの検証"
          rows={runs.filter(({ finishedAt }) => finishedAt)}
          empty="まだ検証していません。"
          columns={[
            { title: "始め", cell: (run) => showMoment(run.startedAt), nowrap: true },
            {
              title: "終わり",
              cell: (run) => run.finishedAt && showMoment(run.finishedAt),
              nowrap: true,
            },
            { title: "記録", cell: (run) => `${counted(run.records)}件`, nowrap: true },
            { title: "封印", cell: (run) => `${counted(run.seals)}個`, nowrap: true },
            { title: "結果", cell: (run) => <Result run={run} /> },
          ]}
        />
      </Panel>
    </>
  );
}

export const RunProgress = ({ run }: { run: VerificationRun }) => (
  <Progress done={Math.min(run.records, run.total)} total={run.total} label="検証した記録" />
);

function Result({ run: { found } }: { run: VerificationRun }) {
  if (!found) return <Badge tone="warning">中断</Badge>;
  const { faultCount, gaps } = found;
  return (
    <>
      {faultCount > 0 ? (
        <Badge tone="error">{`異常 ${counted(faultCount)}件`}</Badge>
      ) : (
        <Badge tone="success">異常なし</Badge>
      )}{" "}
      {gaps.unexplained > 0 && (
        <Badge tone="warning">{`説明のない番号の抜け ${counted(gaps.unexplained)}件`}</Badge>
      )}
    </>
  );
}

type Found = NonNullable<VerificationRun["found"]>;

function Outcome({ run, found }: { run: VerificationRun; found: Found }) {
  const { faults, faultCount, gaps } = found;
  const what = `${showMoment(run.startedAt)}の検証。記録 ${counted(found.records)}件、封印 ${counted(found.seals)}個を読み直しました。`;
  return (
    <>
      {faultCount === 0 ? (
        <Notification tone="success" title="すべての記録が書かれたとおりです。">
          <p>{what}</p>
        </Notification>
      ) : (
        <Notification tone="error" title={`異常が${counted(faultCount)}件あります。`}>
          <p>{what}</p>
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Notification>
      )}
      {(gaps.unexplained > 0 || gaps.undone > 0) && <GapPanel gaps={gaps} />}
    </>
  );
}

const GapPanel = ({ gaps }: { gaps: Found["gaps"] }) => (
  <Panel title="番号の抜け">
    <p>
      取り消された処理の番号 {counted(gaps.undone)}件、説明のない番号 {counted(gaps.unexplained)}
      件。説明のない番号は、見たあとに記録ごと取り消された閲覧か、サーバーが急に止まったあとの飛び番です。
    </p>
    {gaps.first.length > 0 && (
      <Table
        caption="説明のない番号の抜け"
        rows={gaps.first}
        empty=""
        columns={[
          {
            title: "番号",
            cell: ({ from, to }) => (from === to ? `${from}` : `${from}〜${to}`),
            nowrap: true,
          },
          {
            title: "直前の記録",
            cell: ({ after }) => (after ? showMoment(new Date(after)) : ""),
            nowrap: true,
          },
          { title: "前後に操作していた職員", cell: ({ staff }) => staff.join("、") },
        ]}
      />
    )}
  </Panel>
);
