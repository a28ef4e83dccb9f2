import {
  choicesOf,
  DateField,
  FieldRow,
  KanaField,
  NamedField,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";
import { clinicPaths } from "../clinics/paths.ts";
import { vaccineChoices } from "./parts.tsx";

type Known = Readonly<Record<string, string | undefined>>;

/** What is the same on all slips of a bundle: clinic, doctor, route, day of the 予診票. */
export const BundleFields = ({ known }: { known: Known }) => (
  <FieldRow>
    <NamedField
      name="clinicCode"
      label="医療機関コード"
      asks={clinicPaths.named}
      value={known["clinicCode"]}
    />
    <TextField name="clinicName" label="医療機関名" width={20} value={known["clinicName"]} />
    <TextField name="doctor" label="医師名" width={12} value={known["doctor"]} />
    <SelectField
      name="route"
      label="個別・集団"
      value={known["route"] ?? "individual"}
      options={choicesOf(routeTitles)}
    />
  </FieldRow>
);

/** Product, volume and day of the 予診票. */
export const FurtherFields = ({ known }: { known: Known }) => (
  <FieldRow>
    <TextField name="product" label="製品名" width={12} value={known["product"]} />
    <TextField name="volume" label="接種量（ミリリットル）" width={8} value={known["volume"]} />
    <DateField name="interviewOn" label="予診票の日付" value={known["interviewOn"]} />
  </FieldRow>
);

/** The vaccine, its dose, the outcome. */
export const DoseFields = ({ known, byCoupon }: { known: Known; byCoupon: boolean }) => (
  <FieldRow>
    <SelectField
      name="vaccine"
      label="予防接種"
      value={known["vaccine"] ?? ""}
      {...(byCoupon ? { empty: "券のとおり" } : { empty: "選んでください", required: true })}
      options={vaccineChoices}
    />
    <NumberField name="dose" label="回数" width={4} value={known["dose"]} />
    <SelectField
      name="outcome"
      label="結果"
      value={known["outcome"] ?? "given"}
      options={choicesOf(outcomeTitles)}
    />
  </FieldRow>
);

/** 氏名 and the like, where no number tells whose it is. */
export const IdentityFields = ({ known }: { known: Known }) => (
  <>
    <FieldRow>
      <KanaField name="kana" label="氏名（カナ）" width={20} value={known["kana"]} />
      <TextField name="name" label="氏名" width={20} value={known["name"]} />
      <DateField name="birth" label="生年月日" birth value={known["birth"]} />
      <SelectField
        name="sex"
        label="性別"
        empty="記入なし"
        value={known["sex"] ?? ""}
        options={[
          { value: "female", label: "女" },
          { value: "male", label: "男" },
        ]}
      />
    </FieldRow>
    <TextField name="address" label="住所" width={40} value={known["address"]} />
  </>
);
