import {
  CheckboxGroup,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  PostalCodeField,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import {
  evidenceFor,
  hasAddress,
  type SpecialEvidence,
  type SpecialKind,
  specialEvidence,
  specialReasons,
} from "#workflows/vaccination/special/kinds.ts";
import type { Special, SpecialSaid, SpecialWords } from "../../special/entries.ts";
import { vaccineTitle } from "../../special/titles.ts";

/** Vaccines that a long illness can prolong. */
const prolonged = schedule
  .filter(({ longIllness }) => longIllness !== undefined)
  .map(({ id }) => ({ value: id, label: vaccineTitle(id) }));

/** The fields of an entry of a kind; of one that stands they are filled with what it says. */
export function SpecialFields(props: {
  kind: SpecialKind;
  row?: Special | undefined;
  words?: SpecialWords | undefined;
  today: IsoDate;
}) {
  const { kind, row, words = {}, today } = props;
  const day = (date: string | null | undefined) => (date ? showDateShort(date as IsoDate) : "");
  return (
    <>
      <FieldRow>
        <SelectField
          name="reason"
          label={kind === "disability" ? "障害の種類" : "理由"}
          required
          empty="選んでください"
          value={row?.reason ?? (kind === "memo" ? "memo" : "")}
          options={choicesOf(specialReasons[kind])}
        />
        <SelectField
          name="evidence"
          label="確認したもの"
          required
          empty="選んでください"
          value={row?.evidence ?? ""}
          options={evidenceFor(kind).map((value) => ({ value, label: specialEvidence[value] }))}
        />
        <DateField
          name="evidenceOn"
          label="確認した日"
          required
          value={day(row?.evidenceOn ?? today)}
          notAfter={{ on: today, word: "今日" }}
        />
      </FieldRow>
      <Days kind={kind} row={row} today={today} day={day} />
      {hasAddress(kind) ? (
        <FieldGroup title={kind === "stay" ? "滞在先" : "送付先"}>
          {kind === "mailing-address" && (
            <TextField printed name="name" label="宛名" required width={20} value={words.name} />
          )}
          <PostalCodeField
            name="postalCode"
            label="郵便番号"
            required
            address="address"
            value={words.postalCode}
          />
          <TextField
            printed
            name="address"
            label="住所"
            required
            width={40}
            value={words.address}
          />
          <FieldRow>
            <TextField printed name="building" label="方書" width={20} value={words.building} />
            <TextField name="telephone" label="電話番号" width={12} value={words.telephone} />
          </FieldRow>
        </FieldGroup>
      ) : (
        <TextArea
          name="text"
          label={kind === "caution" ? "医療機関に伝える内容" : "内容"}
          required={kind === "caution" || kind === "memo"}
          rows={3}
          value={words.text}
        />
      )}
    </>
  );
}

function Days(props: {
  kind: SpecialKind;
  row: Special | undefined;
  today: IsoDate;
  day: (date: string | null | undefined) => string;
}) {
  const { kind, row, today, day } = props;
  if (kind === "long-illness")
    return (
      <>
        <FieldRow>
          <DateField
            name="hindranceFrom"
            label="受けられなくなった日"
            required
            value={day(row?.hindranceFrom)}
            notAfter={{ on: today, word: "今日" }}
          />
          <DateField
            name="hindranceTo"
            label="支障がなくなった日"
            required
            value={day(row?.hindranceTo)}
            hint="この日から2年（高齢者の肺炎球菌と帯状疱疹は1年）。上限の年齢のあるものは、そこまで。"
            notAfter={{ on: today, word: "今日" }}
          />
        </FieldRow>
        <CheckboxGroup
          name="vaccines"
          label="受けられなかった予防接種"
          required
          values={row?.vaccines ?? []}
          options={prolonged}
        />
      </>
    );
  if (kind === "pregnancy")
    return (
      <DateField
        name="dueOn"
        label="出産予定日"
        required
        value={day(row?.dueOn)}
        hint="RSウイルスの予防接種は、妊娠28週0日から36週6日までです。"
      />
    );
  return (
    <FieldRow>
      <DateField
        name="validFrom"
        label="いつから"
        required
        value={day(row?.validFrom ?? (kind === "disability" ? undefined : today))}
      />
      <DateField
        name="validUntil"
        label="いつまで（決まっていれば）"
        value={day(row?.validUntil)}
      />
    </FieldRow>
  );
}

const optional = (text: string): string | undefined => text || undefined;

/** What the form says. */
export function readSpecialForm(
  form: Values,
  kind: SpecialKind,
  personNumber: string,
): SpecialSaid {
  const chosen = new Set(form.all("vaccines"));
  return {
    personNumber,
    kind,
    reason: optional(form.text("reason")),
    evidence: form.choice("evidence", Object.keys(specialEvidence) as SpecialEvidence[]),
    evidenceOn: readDate(form.text("evidenceOn")),
    validFrom: readDate(form.text("validFrom")),
    validUntil: readDate(form.text("validUntil")),
    hindranceFrom: readDate(form.text("hindranceFrom")),
    hindranceTo: readDate(form.text("hindranceTo")),
    vaccines: schedule.map(({ id }) => id).filter((id) => chosen.has(id)),
    dueOn: readDate(form.text("dueOn")),
    words: hasAddress(kind)
      ? {
          name: optional(form.text("name")),
          postalCode: optional(figures(form.text("postalCode"))),
          address: optional(form.text("address")),
          building: optional(form.text("building")),
          telephone: optional(form.text("telephone")),
        }
      : { text: optional(form.text("text")) },
  };
}
