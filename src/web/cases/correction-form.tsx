import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { DateField, FieldGroup } from "../components/index.ts";
import { readDate } from "../dates.ts";
import type { ChangeForm } from "./declaration.ts";
import { showPeriod } from "./parts.tsx";

/** The form of `correctionSubject`: the days as they are to be, filled with those that stand. */
export const correctionForm = <Entered,>(): ChangeForm<Entered> => ({
  Fields({ known, concerned }) {
    const [one] = concerned;
    const { correction } = known as { correction?: { from: IsoDate; to: IsoDate } };
    const from = correction?.from ?? one?.validFrom;
    const to = correction?.to ?? one?.validTo;
    return (
      <FieldGroup title="訂正後の有効期間">
        {one && (
          <p class="field-hint">
            今の有効期間: {showPeriod(one.validFrom, one.validTo)}
            。変わらない方の日は、そのまま残してください。
          </p>
        )}
        <DateField
          name="correction.from"
          label="訂正後の始期（資格取得日）"
          required
          value={from ? formatWarekiShort(from as IsoDate) : ""}
        />
        <DateField
          name="correction.to"
          label="訂正後の終期（資格のある最後の日）"
          required
          value={to ? formatWarekiShort(to as IsoDate) : ""}
          hint="喪失を取り消すときは、認定したときの終期まで延ばします。"
        />
        <p class="field-hint">
          保存すると、前の期間で交付した証と、支払った助成への影響が届出の画面に表示されます。
        </p>
      </FieldGroup>
    );
  },
  read: (form) => ({
    correction: {
      from: readDate(form.text("correction.from")) ?? "",
      to: readDate(form.text("correction.to")) ?? "",
    },
  }),
});
