import { agentPart } from "#src/platform/entry-parts/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import {
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NumberField,
  PickField,
  PostalCodeField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import {
  AgentFields,
  ApplicantFields,
  HouseholdPick,
  readOptionalPart,
  readPart,
} from "#src/web/entry-parts/index.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { prefectures } from "#workflows/vaccination/request-letters/prefectures.ts";
import {
  addresseeKinds,
  channels,
  payments,
  requestReasons,
} from "#workflows/vaccination/request-letters/reasons.ts";
import type { AddresseeClinic } from "../../clinics/addressees.ts";
import {
  applicantRelations,
  type KeyedRequest,
  requestApplicant,
  requestEntrySchema,
} from "../../request-letters/entry.ts";
import { atRows, filledRows, rowsOf } from "./rows.ts";
import { vaccineChoices } from "./words.ts";

/** What the form shows at first. */
export type KnownRequest = Omit<Partial<KeyedRequest>, "applicant" | "agent"> & {
  applicant?: Partial<KeyedRequest["applicant"]>;
  agent?: KeyedRequest["agent"] | null | undefined;
};

const shape = { atFirst: 3, more: 3, most: 20 };
export const lineRows = (form: Values | undefined, known: KnownRequest): number =>
  rowsOf(form, known.lines?.length ?? 0, shape);

const dateOf = (day: string | undefined) => (day ? showDateShort(day as IsoDate) : "");

/** The fields of an application, in the order of the paper. */
export function LetterFields(props: {
  known: KnownRequest;
  rows: number;
  /** Those who live with the person, to pick the applicant from. */
  household: readonly Person[];
  /** Clinics of the register that a letter may go to. */
  clinics: readonly AddresseeClinic[];
  /** Whom the shot is given to. */
  personNumber: string;
  /** They are of age: they apply for themselves. */
  grown: boolean;
  today: IsoDate;
}) {
  const { known, rows, household, clinics, personNumber, grown, today } = props;
  const others = household.filter((one) => one.personNumber !== personNumber);
  return (
    <>
      <RadioGroup
        name="channel"
        label="受付方法"
        options={choicesOf(channels)}
        value={known.channel ?? "window"}
      />
      <ApplicantFields
        prefix="applicant"
        title="申請者（本人又は保護者）"
        relation="接種を受ける方との続柄"
        relations={applicantRelations}
        known={{ relation: grown ? "self" : "parent", ...known.applicant }}
        pick={
          <HouseholdPick
            prefix="applicant"
            label="世帯から選ぶ"
            people={household}
            on={today}
            relationOf={(one) => (one.personNumber === personNumber ? "self" : "parent")}
          />
        }
      />
      <SelectField
        name="applicantNumber"
        label="申請者の住民記録"
        empty={grown ? "接種を受ける方本人" : "住民記録にない方・接種を受ける方本人"}
        options={others.map((one) => ({
          value: one.personNumber,
          label: `${one.name?.kanji ?? "―"}`,
        }))}
        value={known.applicantNumber ?? ""}
        hint="払戻しの支払先になります。"
      />
      <AgentFields known={known.agent} />
      <FieldGroup title="滞在先">
        <FieldRow>
          <SelectField
            name="stay.prefecture"
            label="都道府県"
            required
            empty="選択"
            options={choicesOf(prefectures).toSorted((a, b) => (a.value < b.value ? -1 : 1))}
            value={known.stay?.prefecture ?? ""}
          />
          <TextField
            name="stay.municipality"
            label="市区町村"
            required
            printed
            width={12}
            value={known.stay?.municipality}
          />
        </FieldRow>
        <PostalCodeField
          name="stay.postalCode"
          label="郵便番号"
          required
          address="stay.address"
          value={known.stay?.postalCode}
        />
        <TextField
          name="stay.address"
          label="住所"
          required
          printed
          width={40}
          value={known.stay?.address}
        />
        <FieldRow>
          <TextField
            name="stay.building"
            label="方書・様方"
            printed
            width={20}
            value={known.stay?.building}
          />
          <TextField
            name="stay.telephone"
            label="電話番号"
            type="tel"
            width={12}
            value={known.stay?.telephone}
          />
        </FieldRow>
        <FieldRow>
          <DateField name="stayFrom" label="滞在の始まり" required value={dateOf(known.stayFrom)} />
          <DateField name="stayTo" label="滞在の終わり" required value={dateOf(known.stayTo)} />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title="依頼の内容">
        <SelectField
          name="reason"
          label="依頼の理由"
          required
          empty="選択"
          options={choicesOf(requestReasons)}
          value={known.reason ?? ""}
        />
        <RadioGroup
          name="payment"
          label="費用の負担"
          required
          options={choicesOf(payments)}
          value={known.payment ?? "self"}
          hint="滞在先の自治体の助成を受けるときは、払戻しの対象になりません。"
        />
      </FieldGroup>
      <FieldGroup title="宛先（滞在先の自治体に確かめて入力）">
        <RadioGroup
          name="addressee"
          label="宛先の種類"
          required
          options={choicesOf(addresseeKinds)}
          value={known.addressee ?? "municipality"}
        />
        {clinics.length > 0 && (
          <PickField
            id="pick-clinic"
            label="医療機関台帳から選ぶ"
            empty="選ぶと、宛先の欄に入ります"
            options={clinics.map(({ code, name, postalCode, address }) => ({
              label: `${name}（${address}・${code}）`,
              fill: {
                addressee: "clinic",
                "to.name": `${name} 院長`,
                "to.postalCode": postalCode,
                "to.address": address,
                "to.building": "",
              },
            }))}
          />
        )}
        <TextField
          name="to.name"
          label="宛先の名前"
          required
          printed
          width={30}
          value={known.to?.name}
          hint="例: 例示市長、例示こどもクリニック 院長"
        />
        <PostalCodeField
          name="to.postalCode"
          label="郵便番号"
          required
          address="to.address"
          value={known.to?.postalCode}
        />
        <TextField
          name="to.address"
          label="住所"
          required
          printed
          width={40}
          value={known.to?.address}
        />
        <TextField name="to.building" label="方書" printed width={20} value={known.to?.building} />
      </FieldGroup>
      <FieldGroup title="予防接種">
        <input type="hidden" name="rows" value={rows} />
        <p class="lead">1回の接種を1行に入力します。空欄の行は、ないものとして扱います。</p>
        {Array.from({ length: rows }, (_, index) => (
          <FieldRow key={index}>
            <SelectField
              name={`l${index + 1}.vaccine`}
              label={`予防接種 ${index + 1}`}
              empty="なし"
              options={vaccineChoices}
              value={known.lines?.[index]?.vaccine ?? ""}
            />
            <NumberField
              name={`l${index + 1}.dose`}
              label={`${index + 1}行目 何回目`}
              width={4}
              value={known.lines?.[index]?.dose?.toString() ?? ""}
            />
            <DateField
              name={`l${index + 1}.plannedOn`}
              label={`${index + 1}行目 接種の予定日`}
              value={dateOf(known.lines?.[index]?.plannedOn)}
            />
          </FieldRow>
        ))}
      </FieldGroup>
      <TextArea name="remark" label="備考" rows={2} value={known.remark ?? ""} />
    </>
  );
}

/** What was typed as the schema takes it, or its mistakes by the names of the fields. */
export function readRequest(
  form: Values,
):
  | { entry: KeyedRequest; errors?: undefined }
  | { entry?: undefined; errors: Record<string, string> } {
  const rows = filledRows(form, lineRows(form, {}), {
    letter: "l",
    fields: ["vaccine", "dose", "plannedOn"],
  });
  const text = (name: string) => form.text(name);
  const day = (name: string) => readDate(form.text(name)) ?? "";
  const place = (prefix: string) => ({
    postalCode: figures(text(`${prefix}.postalCode`)).replaceAll("-", ""),
    address: text(`${prefix}.address`),
    building: text(`${prefix}.building`),
  });
  const agent = readOptionalPart(form, agentPart);
  const keyed = {
    channel: text("channel"),
    reason: text("reason"),
    addressee: text("addressee"),
    payment: text("payment"),
    stayFrom: day("stayFrom"),
    stayTo: day("stayTo"),
    ...(text("applicantNumber") ? { applicantNumber: text("applicantNumber") } : {}),
    applicant: readPart(form, requestApplicant),
    ...(agent ? { agent } : {}),
    stay: {
      prefecture: text("stay.prefecture"),
      municipality: text("stay.municipality"),
      ...place("stay"),
      telephone: figures(text("stay.telephone")),
    },
    to: { name: text("to.name"), ...place("to") },
    ...(text("remark") ? { remark: text("remark") } : {}),
    lines: rows.map((row) => ({
      vaccine: text(`l${row}.vaccine`),
      dose: form.integer(`l${row}.dose`) ?? Number.NaN,
      plannedOn: day(`l${row}.plannedOn`),
    })),
  };
  const parsed = requestEntrySchema.safeParse(keyed);
  if (parsed.success) return { entry: parsed.data };
  return { errors: atRows(errorsOf(parsed.error), { list: "lines", letter: "l", rows }) };
}
