import { type MailingAddress, mailingPart } from "#src/platform/entry-parts/index.ts";
import { AskedBy, Checkbox, FieldGroup, PostalCodeField, TextField } from "../components/index.ts";
import { boxOf } from "./read-part.ts";

/** 送付先, asked for by a box. */
export function MailingFields(props: {
  /** The words of the box: 保護者の住所と別の所へ送る. */
  label: string;
  prefix?: string;
  known: Partial<MailingAddress> | null | undefined;
}) {
  const { label, prefix = mailingPart.name, known } = props;
  return (
    <FieldGroup title="送付先">
      <Checkbox name={boxOf(prefix)} label={label} checked={Boolean(known)} />
      <AskedBy name={boxOf(prefix)}>
        <TextField printed name={`${prefix}.name`} label="宛名" width={20} value={known?.name} />
        <PostalCodeField
          name={`${prefix}.postalCode`}
          label="郵便番号"
          address={`${prefix}.address`}
          value={known?.postalCode}
        />
        <TextField
          printed
          name={`${prefix}.address`}
          label="住所"
          width={40}
          value={known?.address}
        />
        <TextField
          printed
          name={`${prefix}.building`}
          label="方書"
          width={20}
          value={known?.building}
        />
      </AskedBy>
    </FieldGroup>
  );
}
