import { FieldRow, NumberField, TextField } from "#src/web/components/index.ts";
import type { Values } from "#src/web/values.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";

/** What is known of a municipality: as it stands on the letter. */
interface Known {
  municipalityCode: string | null;
  municipality: string | null;
  postalCode: string | null;
  address: string | null;
}

/** A municipality or insurer as a form names it. */
export const readAddressee = (form: Values) => ({
  municipalityCode: figures(form.text("municipalityCode")) || undefined,
  municipality: form.text("municipality"),
  postalCode: figures(form.text("postalCode")).replaceAll("-", ""),
  address: form.text("address"),
});

/** To whom a letter goes. */
export const AddresseeFields = ({ known }: { known?: Known }) => (
  <>
    <FieldRow>
      <TextField
        name="municipality"
        label="市区町村等の名前と担当課"
        required
        width={30}
        value={known?.municipality ?? ""}
      />
      <NumberField
        name="municipalityCode"
        label="市区町村コード（6桁）"
        width={8}
        value={known?.municipalityCode ?? ""}
      />
    </FieldRow>
    <FieldRow>
      <TextField
        name="postalCode"
        label="郵便番号"
        required
        width={8}
        value={known?.postalCode ?? ""}
      />
      <TextField name="address" label="住所" required width={40} value={known?.address ?? ""} />
    </FieldRow>
  </>
);

/** Thirty days later, by which an answer is asked for. */
export const monthAfter = (day: IsoDate): IsoDate => addDays(day, 30);
