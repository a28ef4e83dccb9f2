import {
  AskedBy,
  CheckboxGroup,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type ExemptionApplicant,
  type ExemptionEvidence,
  type ExemptionGround,
  exemptionApplicants,
  exemptionEvidence,
  exemptionGrounds,
} from "#workflows/vaccination/exemptions/grounds.ts";
import type { ExemptionTerms } from "#workflows/vaccination/exemptions/terms.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import type { Exemption, ExemptionSaid, ExemptionWords } from "../../exemptions/applications.ts";
import { vaccineTitle } from "../../special/titles.ts";

/** Vaccines that the city exempts for some ground; those that an application names stay among them. */
export function exemptVaccines(terms: ExemptionTerms, named: readonly string[] = []) {
  const known = new Set<string>([...terms.grounds.flatMap(({ vaccines }) => vaccines), ...named]);
  return schedule
    .filter(({ id }) => known.has(id))
    .map(({ id }) => ({ value: id as string, label: vaccineTitle(id) }));
}

/** The fields of an application; of one that stands they are filled with what it says. */
export function ExemptionFields(props: {
  terms: ExemptionTerms;
  row?: Exemption | undefined;
  words?: ExemptionWords | undefined;
  today: IsoDate;
}) {
  const { terms, row, words = {}, today } = props;
  const day = (date: string | null | undefined) => (date ? showDateShort(date as IsoDate) : "");
  const vaccines = exemptVaccines(terms, row?.vaccines);
  const grounds = new Set<string>([
    ...terms.grounds.map(({ ground }) => ground),
    ...(row ? [row.ground] : []),
  ]);
  return (
    <>
      <FieldRow>
        <DateField
          name="receivedOn"
          label="受付日"
          required
          value={day(row?.receivedOn ?? today)}
          notAfter={{ on: today, word: "今日" }}
        />
        <SelectField
          name="ground"
          label="減免の要件"
          required
          empty="選んでください"
          value={row?.ground ?? ""}
          options={choicesOf(exemptionGrounds).filter(({ value }) => grounds.has(value))}
        />
      </FieldRow>
      <CheckboxGroup
        name="vaccines"
        label="予防接種"
        required
        values={row?.vaccines ?? []}
        options={vaccines}
      />
      <FieldGroup title="確認資料">
        <FieldRow>
          <SelectField
            name="evidence"
            label="確認したもの"
            required
            value={row?.evidence ?? "none"}
            options={choicesOf({ none: "まだ見ていない", ...exemptionEvidence })}
          />
          <DateField
            name="evidenceOn"
            label="確認した日"
            value={day(row?.evidenceOn)}
            hint="確認した職員として、入力した人が残ります。"
            notAfter={{ on: today, word: "今日" }}
          />
        </FieldRow>
      </FieldGroup>
      <RadioGroup
        name="applicant"
        label="申請した人"
        required
        value={row?.applicant ?? "self"}
        options={choicesOf(exemptionApplicants)}
      />
      <AskedBy name="applicant" values={["agent"]}>
        <FieldRow>
          <TextField name="agentName" label="代理人の氏名" width={20} value={words.agentName} />
          <TextField
            name="agentRelation"
            label="本人との関係"
            width={12}
            value={words.agentRelation}
          />
          <TextField
            name="agentAddress"
            label="代理人の住所"
            width={40}
            value={words.agentAddress}
          />
        </FieldRow>
      </AskedBy>
      <TextArea name="remarks" label="備考" rows={2} value={words.remarks} />
    </>
  );
}

const optional = (text: string): string | undefined => text || undefined;
const keys = <Key extends string>(titles: Readonly<Record<Key, string>>) =>
  Object.keys(titles) as Key[];

/** What the form says. */
export function readExemptionForm(form: Values, personNumber: string): ExemptionSaid {
  const chosen = new Set(form.all("vaccines"));
  return {
    personNumber,
    receivedOn: readDate(form.text("receivedOn")),
    applicant: form.choice("applicant", keys<ExemptionApplicant>(exemptionApplicants)),
    ground: form.choice("ground", keys<ExemptionGround>(exemptionGrounds)),
    vaccines: schedule.map(({ id }) => id).filter((id) => chosen.has(id)),
    evidence: form.choice("evidence", ["none", ...keys<ExemptionEvidence>(exemptionEvidence)]),
    evidenceOn: readDate(form.text("evidenceOn")),
    words: {
      agentName: optional(form.text("agentName")),
      agentRelation: optional(form.text("agentRelation")),
      agentAddress: optional(form.text("agentAddress")),
      remarks: optional(form.text("remarks")),
    },
  };
}
