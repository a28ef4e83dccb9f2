import { type MailingAddress, mailingPart } from "#src/platform/entry-parts/index.ts";
import { Checkbox, FieldGroup, PostalCodeField, TextField } from "../components/index.ts";
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
      <Checkbox ofGroup name={boxOf(prefix)} label={label} checked={Boolean(known)} />
      <TextField name={`${prefix}.name`} label="宛名" printed width={20} value={known?.name} />
      <PostalCodeField
        name={`${prefix}.postalCode`}
        label="郵便番号"
        address={`${prefix}.address`}
        value={known?.postalCode}
      />
      <TextField
        name={`${prefix}.address`}
        label="住所"
        printed
        width={40}
        value={known?.address}
      />
      <TextField
        name={`${prefix}.building`}
        label="方書"
        printed
        width={20}
        value={known?.building}
      />
    </FieldGroup>
  );
}
