import {
  Checkbox,
  DateField,
  Disclosure,
  FieldGroup,
  FieldRow,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { Entered } from "../entered.ts";
import { shortDay } from "./days.ts";

const most = 6;

/** 指定医療機関: all of them, and by name where the patient wishes. */
export const InstitutionFields = ({
  known,
}: {
  known: Pick<Partial<Entered>, "institutions" | "anyInstitution">;
}) => (
  <FieldGroup title="指定医療機関">
    <Checkbox
      name="anyInstitution"
      label="指定医療機関を包括して記載する"
      checked={known.anyInstitution ?? false}
    />
    <Disclosure title="医療機関を個別に入力する">
      {Array.from({ length: most }, (_, at) => {
        const one = known.institutions?.[at];
        const name = (field: string) => `institutions.${at}.${field}`;
        return (
          <FieldRow key={at}>
            <TextField name={name("code")} label="医療機関コード" width={12} value={one?.code} />
            <TextField name={name("name")} label="名称" width={20} printed value={one?.name} />
            <DateField name={name("since")} label="適用開始日" value={shortDay(one?.since)} />
            <Checkbox name={name("main")} label="主たる医療機関" checked={one?.main ?? false} />
          </FieldRow>
        );
      })}
    </Disclosure>
  </FieldGroup>
);

export const readInstitutions = (form: Values) => ({
  anyInstitution: form.has("anyInstitution"),
  institutions: Array.from({ length: most }, (_, at) => `institutions.${at}`)
    .filter((prefix) =>
      ["code", "name", "since"].some((field) => form.text(`${prefix}.${field}`) !== ""),
    )
    .map((prefix) => ({
      code: form.text(`${prefix}.code`).normalize("NFKC"),
      name: form.text(`${prefix}.name`),
      since: readDate(form.text(`${prefix}.since`)) ?? "",
      main: form.has(`${prefix}.main`),
    })),
});
