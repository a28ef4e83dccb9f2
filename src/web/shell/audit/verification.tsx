import type { AuditVerification, sealState } from "#src/platform/audit/index.ts";
import { Button, Form, Notification, Panel } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";

/** Whether the records are as they were written: how far the seals have come, and a verification on demand. */
export function VerificationPanel(props: {
  seals: Awaited<ReturnType<typeof sealState>>;
  verified: AuditVerification | undefined;
}) {
  const { seals, verified } = props;
  return (
    <Panel
      title="改ざんの検証"
      actions={
        <Form action="/audit/verification" keys="search" class="inline-form">
          <Button look="secondary">いま検証する</Button>
        </Form>
      }
    >
      {verified && <Outcome verified={verified} />}
      <p>
        封印 {seals.seals.toLocaleString("ja-JP")}個
        {seals.lastSealedAt && `（最新 ${showMoment(seals.lastSealedAt)}）`}、未封印の記録{" "}
        {seals.unsealed.toLocaleString("ja-JP")}件
      </p>
    </Panel>
  );
}

function Outcome({ verified }: { verified: AuditVerification }) {
  const counted = `記録 ${verified.records.toLocaleString("ja-JP")}件、封印 ${verified.seals.toLocaleString("ja-JP")}個を読み直しました。`;
  if (verified.faults.length === 0) {
    return (
      <Notification tone="success" title="すべての記録が書かれたとおりです。">
        <p>{counted}</p>
      </Notification>
    );
  }
  return (
    <Notification tone="error" title={`異常が${verified.faults.length}件あります。`}>
      <p>{counted}</p>
      <ul>
        {verified.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </Notification>
  );
}
