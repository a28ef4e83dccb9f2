import { randomUUID } from "node:crypto";
import type { AnyApplicationKind } from "#src/platform/applications/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { Button, DateField, type FieldErrors, Form } from "../components/index.ts";
import type { Values } from "../values.ts";
import { listPath } from "./paths.ts";

/** Where an application for a person is received; on their page, and again where it was refused. */
export function OpeningForm(props: {
  kind: AnyApplicationKind;
  personNumber: string;
  today: IsoDate;
  values?: Values;
  errors?: FieldErrors;
}) {
  const { kind, personNumber, today, values, errors } = props;
  return (
    <Form
      action={listPath(kind.program)}
      id={`opening-${kind.program}`}
      values={values}
      errors={errors}
    >
      <input type="hidden" name="person" value={personNumber} />
      <input type="hidden" name="key" value={randomUUID()} />
      <DateField
        name="receivedOn"
        {...(values ? {} : { idPrefix: `field-${kind.program}` })}
        label="受付日"
        required
        value={formatWarekiShort(today)}
      />
      <Button look="secondary">この方の申請を受け付ける</Button>
    </Form>
  );
}
