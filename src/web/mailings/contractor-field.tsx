import { type Contractor, faultsOf } from "#src/platform/mailings/index.ts";
import { SelectField } from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Who prints, and by when: what is wrong goes into `errors`, by name of the field. */
export function readPrinting(form: Values, errors: Record<string, string>, today: IsoDate) {
  const contractorId = form.integer("contractor");
  if (!contractorId) errors.contractor = "委託先を選んでください。";
  const printBy = readDate(form.text("printBy"));
  if (!printBy) errors.printBy = "印刷期限を入力してください。例: R8.12.1";
  const sendOn = readDate(form.text("sendOn"));
  if (!sendOn) errors.sendOn = "発送予定日を入力してください。例: R8.12.5";
  Object.assign(errors, faultsOf({ printBy, sendOn }, today));
  return contractorId ? { contractorId, printBy, sendOn } : undefined;
}

/** The contractor to whom a package goes. */
export function ContractorField({ contractors }: { contractors: readonly Contractor[] }) {
  const [only] = contractors.length === 1 ? contractors : [];
  return (
    <SelectField
      name="contractor"
      label="委託先"
      required
      empty="選んでください"
      value={only ? String(only.id) : ""}
      options={contractors.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}

/** Who puts the sheets into envelopes, where another contractor than the printer does. */
export const EncloserField = ({ contractors }: { contractors: readonly Contractor[] }) => (
  <SelectField
    name="encloser"
    label="封入封緘の委託先（印刷と別のとき）"
    empty="印刷の委託先が封入する"
    options={contractors.map(({ id, name }) => ({ value: String(id), label: name }))}
  />
);
