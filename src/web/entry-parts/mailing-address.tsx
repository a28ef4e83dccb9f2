import {
  type MailingAddress,
  mailingPart,
  mailingReasonTitles,
} from "#src/platform/entry-parts/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  AskedBy,
  Checkbox,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  PostalCodeField,
  SelectField,
  TextField,
} from "../components/index.ts";
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
        <FieldRow>
          <SelectField
            name={`${prefix}.reason`}
            label="理由"
            empty="選んでください"
            value={known?.reason ?? ""}
            options={choicesOf(mailingReasonTitles)}
          />
          <DateField
            name={`${prefix}.until`}
            label="終わりの日（決まっていれば）"
            value={known?.until ? formatWarekiShort(known.until as IsoDate) : ""}
            hint="この日の翌日から、元の宛先に戻ります。"
          />
        </FieldRow>
      </AskedBy>
    </FieldGroup>
  );
}
