import { type Account, accountKindTitles, accountPart } from "#src/platform/entry-parts/index.ts";
import {
  AskedBy,
  Checkbox,
  choicesOf,
  FieldGroup,
  FieldRow,
  KanaField,
  NumberField,
  SelectField,
} from "../components/index.ts";
import { boxOf } from "./read-part.ts";

/** 振込先口座. */
export function AccountFields(props: {
  prefix?: string;
  known: Partial<Account> | null | undefined;
  /** It need not be given: a box asks for it, ticked unless it is known that there is none. */
  optional?: boolean;
}) {
  const { prefix = accountPart.name, known, optional } = props;
  const fields = <Fields prefix={prefix} known={known} />;
  return (
    <FieldGroup title="振込先口座">
      {optional ? (
        <>
          <Checkbox name={boxOf(prefix)} label="口座を登録する" checked={known !== null} />
          <AskedBy name={boxOf(prefix)}>{fields}</AskedBy>
        </>
      ) : (
        fields
      )}
    </FieldGroup>
  );
}

function Fields({ prefix, known }: { prefix: string; known: Partial<Account> | null | undefined }) {
  return (
    <>
      <NumberField
        check="bank"
        name={`${prefix}.bankCode`}
        label="金融機関コード"
        width={8}
        value={known?.bankCode}
        hint="4桁"
      />
      <FieldRow>
        <NumberField
          name={`${prefix}.branchCode`}
          label="店番（3桁）"
          width={4}
          value={known?.branchCode}
        />
        <SelectField
          name={`${prefix}.kind`}
          label="種類"
          value={known?.kind ?? "ordinary"}
          options={choicesOf(accountKindTitles)}
        />
      </FieldRow>
      <NumberField
        name={`${prefix}.number`}
        label="口座番号（7桁）"
        width={12}
        value={known?.number}
      />
      <KanaField
        name={`${prefix}.holderKana`}
        label="口座名義（カナ）"
        width={30}
        value={known?.holderKana}
      />
    </>
  );
}
