import { evidenceTitles, type OutsiderField } from "#src/platform/outsiders/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  AskedBy,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  KanaField,
  NumberField,
  PostalCodeField,
  RadioGroup,
  SelectField,
  TextField,
} from "../../components/index.ts";

/** What is known already, as the fields show it. */
export type KnownOutsider = Partial<Record<OutsiderField, string>>;

const sexes = [
  { value: "female", label: "女" },
  { value: "male", label: "男" },
  { value: "unknown", label: "不明" },
];
const nationalities = [
  { value: "jp", label: "日本" },
  { value: "foreign", label: "外国" },
];
const places = [
  { value: "japan", label: "国内" },
  { value: "abroad", label: "国外" },
];

/** The fields of somebody outside the register, and of the paper by which they were identified. */
export function OutsiderFields(props: {
  known?: KnownOutsider;
  today: IsoDate;
  /** Whether 個人番号 may be entered, by whoever may see them. */
  withIndividualNumber?: boolean;
  /** Whether a death may be entered: of one who stands already. */
  withDeath?: boolean;
}) {
  const { known = {}, today } = props;
  const notAfter = { on: today, word: "今日" };
  return (
    <>
      <FieldGroup title="本人">
        <TextField
          name="kanji"
          label="氏名"
          required
          printed
          width={30}
          value={known.kanji}
          hint="漢字のない方は、書類のとおりのローマ字"
        />
        <KanaField
          name="kana"
          label="カナ"
          width={30}
          value={known.kana}
          hint="姓と名の間を空ける。カナかローマ字のどちらかは必要"
        />
        <TextField name="alphabetic" label="ローマ字氏名" width={30} value={known.alphabetic} />
        <DateField
          name="birthDate"
          label="生年月日"
          birth
          required
          width={20}
          value={known.birthDate}
          hint="月日が分からないときは年（S3）、日が分からないときは年月（S25.4）"
        />
        <FieldRow>
          <RadioGroup name="sex" label="性別" required value={known.sex} options={sexes} />
          <RadioGroup
            name="nationality"
            label="国籍"
            required
            value={known.nationality ?? "jp"}
            options={nationalities}
          />
        </FieldRow>
        {props.withIndividualNumber && (
          <NumberField
            name="individualNumber"
            label="個人番号"
            width={20}
            hint="書類で確認したときだけ"
          />
        )}
        {props.withDeath && (
          <DateField name="diedOn" label="死亡した日" notAfter={notAfter} value={known.diedOn} />
        )}
      </FieldGroup>
      <FieldGroup title="住所・連絡先">
        <RadioGroup
          name="where"
          label="住所のある所"
          required
          value={known.where ?? "japan"}
          options={places}
        />
        <AskedBy name="where" values={["abroad"]}>
          <TextField
            name="country"
            label="国名"
            width={20}
            printed
            value={known.country}
            hint="例: ブラジル"
          />
        </AskedBy>
        <AskedBy name="where" values={["japan"]}>
          <PostalCodeField
            name="postalCode"
            label="郵便番号"
            address="address"
            value={known.postalCode}
          />
        </AskedBy>
        <TextField
          name="address"
          label="住所"
          required
          printed
          width={40}
          value={known.address}
          hint="国外は、手紙が届く書き方で"
        />
        <TextField name="building" label="方書" printed width={30} value={known.building} />
        <TextField
          name="telephone"
          label="電話番号"
          type="tel"
          width={20}
          value={known.telephone}
        />
        <FieldRow>
          <DateField
            name="protectedFrom"
            label="支援措置の開始日"
            value={known.protectedFrom}
            hint="DV等の支援措置がある方だけ"
          />
          <DateField name="protectedTo" label="支援措置の終了日" value={known.protectedTo} />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title="確認した書類">
        <SelectField
          name="evidence"
          label="書類"
          required
          empty="選んでください"
          value={known.evidence}
          options={choicesOf(evidenceTitles)}
        />
        <DateField
          name="evidenceOn"
          label="確認した日"
          required
          notAfter={notAfter}
          value={known.evidenceOn}
        />
        <TextField
          name="evidenceNote"
          label="書類の内容"
          width={40}
          value={known.evidenceNote}
          hint="発行者・記号など。その他の書類では必ず"
        />
      </FieldGroup>
    </>
  );
}

/** What the register of outsiders holds of somebody, as the fields show it. */
export function knownOutsider(person: Person, telephone: string | undefined): KnownOutsider {
  const { name, address } = person;
  return {
    kanji: name?.kanji ?? "",
    kana: name?.kana ?? "",
    alphabetic: name?.alphabetic ?? "",
    birthDate: person.birthDate,
    sex: person.sex,
    nationality: person.nationality,
    where: address?.country ? "abroad" : "japan",
    country: address?.country ?? "",
    postalCode: address?.postalCode ?? "",
    address: `${address?.town ?? ""}${address?.block ?? ""}`,
    building: address?.building ?? "",
    telephone: telephone ?? "",
    ...(person.diedOn && { diedOn: formatWarekiShort(person.diedOn) }),
  };
}
