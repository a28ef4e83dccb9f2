import { EntryProblem } from "#src/platform/problem.ts";
import { useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  NumberField,
  Panel,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type AcceptReason, acceptTitles } from "#workflows/vaccination/records/channels.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import type { AnsweredRecord } from "../../exchange/answers.ts";
import type { inquiryRules } from "../../exchange/asking.ts";
import type { Inquiry } from "../../exchange/inquiries.ts";
import { vaccineChoices } from "../records/parts.tsx";
import { AddresseeFields, monthAfter } from "./addressee-fields.tsx";
import { exchangePaths } from "./exchange-paths.ts";
import { ruleChoices } from "./parts.tsx";

/** Rows of the form by which an answer is taken down. */
const answerRows = [1, 2, 3, 4, 5] as const;
const accepts = Object.keys(acceptTitles) as AcceptReason[];

/** The records that the form tells; empty rows are none. @throws EntryProblem of a field */
export function readRecords(form: Values): AnsweredRecord[] {
  const accept = form.choice("accept", accepts);
  return answerRows.flatMap((row) => {
    const field = (name: string) => form.text(`${name}.${row}`);
    if (!field("vaccine") && !field("givenOn")) return [];
    const vaccine = findVaccine(field("vaccine"))?.id;
    if (!vaccine) throw new EntryProblem(`vaccine.${row}`, "予防接種を選んでください。");
    const givenOn = readDate(field("givenOn"));
    if (!givenOn)
      throw new EntryProblem(`givenOn.${row}`, "接種日を入力してください。例: R7.11.20");
    const dose = form.integer(`dose.${row}`);
    if (field("dose") !== "" && !(dose !== undefined && dose >= 1 && dose <= 99))
      throw new EntryProblem(`dose.${row}`, "回数を、1から99までの数で入力してください。");
    return [
      {
        vaccine,
        givenOn,
        dose,
        lot: field("lot").normalize("NFKC").toUpperCase() || undefined,
        clinicName: field("clinicName") || undefined,
        accept,
      },
    ];
  });
}

export function Ask({
  row,
  rules,
  today,
}: {
  row: Inquiry;
  rules: Awaited<ReturnType<typeof inquiryRules>>;
  today: IsoDate;
}) {
  const { values, errors } = useSent("ask");
  return (
    <Form
      action={`${exchangePaths.inquiry(row.id)}/ask`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <input type="hidden" name="revision" value={row.revision} />
      {row.state === "awaiting-release" ? (
        <p>自動応答不可の方です。ほかの職員が提供の記録で解除すると、照会書を作れます。</p>
      ) : (
        <SelectField
          name="rule"
          label="提供先と根拠（提供先の表）"
          required
          empty="選んでください"
          options={ruleChoices(rules)}
        />
      )}
      <DateField
        name="dueOn"
        label="回答の期限"
        required
        idPrefix="ask"
        value={showDateShort(monthAfter(today))}
      />
      <Actions>
        <Button>照会書を作る</Button>
      </Actions>
    </Form>
  );
}

export function Remind({ row, today }: { row: Inquiry; today: IsoDate }) {
  const { values, errors } = useSent("remind");
  return (
    <Form
      action={`${exchangePaths.inquiry(row.id)}/remind`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <input type="hidden" name="revision" value={row.revision} />
      <DateField
        name="dueOn"
        label="新しい期限"
        required
        idPrefix="remind"
        value={showDateShort(monthAfter(today))}
      />
      <Actions>
        <Button look="secondary">督促の照会書を作る</Button>
      </Actions>
    </Form>
  );
}

export function Address({ row }: { row: Inquiry }) {
  const { values, errors } = useSent("address");
  return (
    <Panel title="照会先">
      <Form
        action={`${exchangePaths.inquiry(row.id)}/address`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={row.revision} />
        <AddresseeFields known={row} />
        <Actions>
          <Button look="secondary">照会先を保存する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}

export function Records({ row }: { row: Inquiry }) {
  const { values, errors } = useSent("take");
  return (
    <Panel title="回答の接種記録を入力する">
      <Form
        action={`${exchangePaths.inquiry(row.id)}/take`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={row.revision} />
        {answerRows.map((at) => (
          <FieldRow key={at}>
            <SelectField
              name={`vaccine.${at}`}
              label={`予防接種（${at}行目）`}
              empty="なし"
              options={vaccineChoices}
            />
            <NumberField name={`dose.${at}`} label="回数" width={4} />
            <DateField name={`givenOn.${at}`} label="接種日" />
            <TextField name={`lot.${at}`} label="製造番号" width={12} />
            <TextField name={`clinicName.${at}`} label="医療機関名" width={20} />
          </FieldRow>
        ))}
        <SelectField
          name="accept"
          label="確かめる必要があるときの扱い"
          empty="予診票の処理に回す"
          options={choicesOf(acceptTitles)}
        />
        <Actions>
          <Button look="secondary">接種記録を入力する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}

export function Tell({ row, answer }: { row: Inquiry; answer: string }) {
  const { values, errors } = useSent("tell");
  return (
    <Panel title="回答の文章">
      <Form
        action={`${exchangePaths.inquiry(row.id)}/tell`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={row.revision} />
        <TextArea
          name="answer"
          label={row.kind === "records" ? "記録のほかに回答されたこと" : "回答の内容"}
          rows={3}
          value={answer}
        />
        <Actions>
          <Button look="secondary">回答を保存する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
