import { officeList } from "#src/platform/access/index.ts";
import {
  Actions,
  Button,
  DateField,
  FieldGroup,
  Form,
  PageTitle,
  RadioGroup,
  SelectField,
  TextField,
} from "../../components/index.ts";
import { readDate } from "../../dates.ts";
import { page } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import type { Values } from "../../values.ts";

/** What is wrong with the form of a new id, by field. */
export function newStaffErrors(form: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!/^[\w.-]{3,20}$/.test(form.text("loginName").normalize("NFKC"))) {
    errors.loginName = "職員番号は3～20文字の英数字で入力してください。";
  }
  if (!form.text("displayName")) errors.displayName = "氏名を入力してください。";
  const validTo = form.text("validTo");
  if (validTo && !readDate(validTo)) errors.validTo = "日付として読めません。例: R9.3.31";
  if (form.text("kind") === "contractor" && !validTo) {
    errors.validTo = "委託先の従事者には利用期限が必要です。";
  }
  return errors;
}

/** The form of a new id. */
export async function newStaffPage({ work, form }: ScreenRequest, errors: Record<string, string>) {
  const offices = await work(officeList);
  const title = "職員の登録";
  return page({
    title,
    breadcrumb: [{ title: "職員", path: "/staff" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form
          action="/staff/new"
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
        >
          <FieldGroup title="職員">
            <TextField name="loginName" label="職員番号" required width={12} autofocus />
            <TextField name="displayName" label="氏名" required width={20} />
            <RadioGroup
              name="kind"
              label="区分"
              required
              value="employee"
              options={[
                { value: "employee", label: "職員" },
                { value: "contractor", label: "委託先の従事者" },
              ]}
            />
            <SelectField
              name="office"
              label="所属"
              empty="全市"
              options={offices.map(({ code, name }) => ({ value: code, label: name }))}
            />
            <DateField
              name="validTo"
              label="利用期限"
              hint="委託先の従事者は必須です。例: R9.3.31"
            />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">登録する</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}
