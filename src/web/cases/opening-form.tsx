import { randomUUID } from "node:crypto";
import type { AnyApplicationKind } from "#src/platform/applications/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { Button, DateField, type FieldErrors, Form, ReasonField } from "../components/index.ts";
import type { Values } from "../values.ts";
import { listPath } from "./paths.ts";

/** Where an application for a person is received; on their page, and again where it was refused. */
export function OpeningForm(props: {
  kind: AnyApplicationKind;
  personNumber: string;
  today: IsoDate;
  values?: Values;
  errors?: FieldErrors;
  /** Something stands against it: it is received only with a reason. */
  insists?: boolean;
  /** The person was entitled before: what was entered then is taken over (再取得). */
  again?: boolean;
}) {
  const { kind, personNumber, today, values, errors, insists = false, again = false } = props;
  const own = values ? {} : { idPrefix: `field-${kind.program}` };
  return (
    <Form
      action={listPath(kind.program)}
      id={`opening-${kind.program}`}
      values={values}
      errors={errors}
    >
      <input type="hidden" name="person" value={personNumber} />
      <input type="hidden" name="program" value={kind.program} />
      <input type="hidden" name="key" value={randomUUID()} />
      <DateField
        name="receivedOn"
        {...own}
        label="受付日"
        required
        value={formatWarekiShort(today)}
        opening
      />
      {insists && (
        <ReasonField
          name="insisted"
          {...own}
          label="それでも受け付ける理由"
          hint="申請書が提出されたときは、受け付けて審査のうえ決定します（行政手続法第7条、市の行政手続条例）。理由は申請のメモに残ります。"
        />
      )}
      {again && <p class="field-hint">前の申請の内容を引き継いで入力できます（再取得）。</p>}
      <Button look="secondary">
        {again ? "再取得の申請を受け付ける" : "この方の申請を受け付ける"}
      </Button>
    </Form>
  );
}
