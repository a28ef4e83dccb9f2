import {
  type Insurance,
  insuranceKindTitles,
  insurancePart,
  insuredRelationTitles,
} from "#src/platform/entry-parts/index.ts";
import type { DateBounds } from "#workflows/dates/bounds.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextField,
} from "../components/index.ts";

/** 枝番, which tells the insured of one 記号・番号 apart. */
export const BranchField = (props: {
  prefix: string;
  known: Partial<Insurance> | null | undefined;
}) => (
  <NumberField
    name={`${props.prefix}.branchNumber`}
    label="枝番"
    width={4}
    value={props.known?.branchNumber}
  />
);

/** 主保険 of a person. */
export function InsuranceFields(props: {
  /** 子どもの健康保険（主保険）. */
  title: string;
  /** Whose it is: 子ども. */
  who: string;
  prefix?: string;
  known: Partial<Insurance> | null | undefined;
  /** The 枝番 is asked for elsewhere on the page, under the same name. */
  branchElsewhere?: boolean;
  /** Between which days 資格取得日 lies. */
  bounds: DateBounds;
}) {
  const { title, who, prefix = insurancePart.name, known, branchElsewhere, bounds } = props;
  return (
    <FieldGroup title={title}>
      <NumberField
        check="insurer"
        name={`${prefix}.insurerNumber`}
        label="保険者番号"
        required
        value={known?.insurerNumber}
        hint="6桁又は8桁"
        fills={{ name: `${prefix}.insurerName`, kind: `${prefix}.kind` }}
      />
      <TextField
        name={`${prefix}.insurerName`}
        label="保険者名"
        required
        printed
        width={20}
        value={known?.insurerName}
      />
      <SelectField
        name={`${prefix}.kind`}
        label="保険の種類"
        required
        value={known?.kind}
        options={choicesOf(insuranceKindTitles)}
        empty="選んでください"
      />
      <FieldRow>
        <TextField name={`${prefix}.symbol`} label="記号" width={12} value={known?.symbol} />
        <TextField
          name={`${prefix}.number`}
          label="番号"
          required
          width={12}
          value={known?.number}
        />
        {!branchElsewhere && <BranchField prefix={prefix} known={known} />}
      </FieldRow>
      <TextField
        name={`${prefix}.insuredName`}
        label="被保険者の氏名"
        required
        printed
        width={20}
        value={known?.insuredName}
      />
      <SelectField
        name={`${prefix}.relation`}
        label={`${who}の区分`}
        required
        value={known?.relation ?? "dependant"}
        options={choicesOf(insuredRelationTitles)}
      />
      <DateField
        name={`${prefix}.since`}
        label="資格取得日"
        required
        {...bounds}
        value={known?.since && isIsoDate(known.since) ? formatWarekiShort(known.since) : ""}
      />
    </FieldGroup>
  );
}
