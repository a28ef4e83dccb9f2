import { type Agent, agentPart } from "#src/platform/entry-parts/index.ts";
import { AskedBy, Checkbox, FieldGroup, TextField } from "../components/index.ts";
import { boxOf } from "./read-part.ts";

/** 代理人, asked for by a box. */
export function AgentFields(props: { prefix?: string; known: Partial<Agent> | null | undefined }) {
  const { prefix = agentPart.name, known } = props;
  return (
    <FieldGroup title="代理人">
      <Checkbox name={boxOf(prefix)} label="代理人が申請する" checked={Boolean(known)} />
      <AskedBy name={boxOf(prefix)}>
        <TextField
          printed
          name={`${prefix}.name`}
          label="代理人の氏名"
          width={20}
          value={known?.name}
        />
        <TextField
          name={`${prefix}.relation`}
          printed
          label="申請者との関係"
          width={12}
          value={known?.relation}
        />
        <TextField
          name={`${prefix}.address`}
          printed
          label="代理人の住所"
          width={40}
          value={known?.address}
        />
      </AskedBy>
    </FieldGroup>
  );
}
