import { EntryFaults } from "#src/platform/problem.ts";
import {
  Checkbox,
  choicesOf,
  FieldRow,
  KanaField,
  NumberField,
  PostalCodeField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import type { Values } from "#src/web/values.ts";
import { clinicCodeFault } from "#workflows/vaccination/clinics/code.ts";
import { type ClinicFacts, clinicFacts } from "../../clinics/register.ts";
import { clinicKinds, clinicPlaces } from "../../clinics/words.ts";

/** Fields of what the register says of a clinic itself; the code alone of one that is not registered yet. */
export function ClinicFields({ known }: { known?: ClinicFacts | undefined }) {
  return (
    <>
      {!known && (
        <NumberField
          name="code"
          label="医療機関コード"
          required
          width={12}
          hint="10桁。都道府県（2桁）、点数表（1桁）から検査数字まで。番号のない会場は、99で始まる10桁の番号を市で付けます。"
        />
      )}
      <TextField name="name" label="名称" required printed width={30} value={known?.name} />
      <KanaField name="kana" label="名称のカナ" required width={30} value={known?.kana} />
      <FieldRow>
        <SelectField
          name="kind"
          label="区分"
          required
          empty="選んでください"
          options={choicesOf(clinicKinds)}
          value={known?.kind ?? ""}
        />
        <SelectField
          name="place"
          label="所在"
          required
          empty="選んでください"
          options={choicesOf(clinicPlaces)}
          value={known?.place ?? ""}
        />
      </FieldRow>
      <PostalCodeField
        name="postalCode"
        label="郵便番号"
        required
        address="address"
        value={known?.postalCode}
      />
      <TextField name="address" label="住所" required printed width={40} value={known?.address} />
      <FieldRow>
        <TextField
          name="district"
          label="地区"
          printed
          width={12}
          value={known?.district}
          hint="市民向けの一覧で、まとめて載せる見出しです。例: 中央区"
        />
        <TextField name="phone" label="電話番号" type="tel" width={12} value={known?.phone} />
      </FieldRow>
      <Checkbox
        name="listed"
        label="市民向けの医療機関一覧に載せる"
        checked={known?.listed ?? true}
      />
    </>
  );
}

/**
 * What was typed.
 *
 * @param code of a clinic that is to be registered
 * @throws EntryProblem with all fields at fault
 */
export function readClinicFacts(form: Values, code?: string): ClinicFacts {
  const faults = new EntryFaults();
  const fault = code === undefined ? undefined : clinicCodeFault(code);
  if (fault) faults.need("code", "", fault);
  const text = (name: string) => form.text(name);
  const facts = clinicFacts(
    {
      name: text("name"),
      kana: text("kana"),
      kind: text("kind"),
      place: text("place"),
      postalCode: text("postalCode"),
      address: text("address"),
      district: text("district"),
      phone: text("phone"),
      listed: form.has("listed"),
    },
    faults,
  );
  faults.end();
  return facts;
}
