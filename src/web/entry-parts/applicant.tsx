import type { ComponentChildren } from "preact";
import type { Applicant } from "#src/platform/entry-parts/index.ts";
import {
  choicesOf,
  FieldGroup,
  KanaField,
  PostalCodeField,
  SelectField,
  TextField,
} from "../components/index.ts";

/** Who applies, and where letters go to. */
export function ApplicantFields(props: {
  /** Beginning of the field names. */
  prefix: string;
  /** 保護者（申請者）. */
  title: string;
  /** 子どもとの続柄. */
  relation: string;
  relations: Readonly<Record<string, string>>;
  known: Partial<Applicant> | undefined;
  /** Where what is known came from. */
  source?: string | undefined;
  /** Whom it can be picked from; see `HouseholdPick`. */
  pick?: ComponentChildren;
}) {
  const { prefix, title, relation, relations, known, source, pick } = props;
  return (
    <FieldGroup title={title}>
      {pick}
      <TextField
        name={`${prefix}.name`}
        label="氏名"
        required
        printed
        width={20}
        value={known?.name}
        source={source}
      />
      <KanaField
        name={`${prefix}.kana`}
        label="フリガナ"
        required
        width={20}
        value={known?.kana}
        source={source}
      />
      <SelectField
        name={`${prefix}.relation`}
        label={relation}
        required
        value={known?.relation}
        options={choicesOf(relations)}
      />
      <PostalCodeField
        name={`${prefix}.postalCode`}
        label="郵便番号"
        required
        address={`${prefix}.address`}
        value={known?.postalCode}
        source={source}
      />
      <TextField
        name={`${prefix}.address`}
        label="住所"
        required
        printed
        width={40}
        value={known?.address}
        source={source}
      />
      <TextField
        name={`${prefix}.building`}
        label="方書"
        printed
        width={30}
        value={known?.building}
        source={source}
      />
      <TextField
        name={`${prefix}.telephone`}
        label="電話番号"
        required
        type="tel"
        width={20}
        value={known?.telephone}
      />
    </FieldGroup>
  );
}
