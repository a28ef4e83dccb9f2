import { useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  Disclosure,
  FieldRow,
  Form,
  NumberField,
  SelectField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  answers,
  correctionReasons,
  dispositions,
  findingTitle,
  judgingReasons,
  judgingReasonTitle,
  lateReasons,
  lineReasons,
} from "#workflows/vaccination/clinic-claims/findings.ts";
import type { ClinicClaim, ClinicClaimRow } from "../../clinic-claims/claims.ts";
import { pricedTitle } from "../../clinic-claims/papers.ts";
import { moveReasonTitles } from "../../clinic-claims/steps.ts";
import { keys } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

export const reasonWord = (reason: string | null): string => {
  if (reason === null) return "―";
  const known: Readonly<Record<string, string>> = {
    ...moveReasonTitles,
    ...lineReasons,
    ...lateReasons,
    ...answers,
  };
  return known[reason] ?? judgingReasonTitle(reason);
};

/** What was found of a row. */
export function Found({ row }: { row: ClinicClaimRow }) {
  const words = [
    ...row.findings.map(findingTitle),
    ...(row.reason ? [`理由: ${judgingReasonTitle(row.reason)}`] : []),
    ...(row.queryDueOn && row.disposition === "query"
      ? [`回答期限: ${showDateShort(row.queryDueOn as IsoDate)}`]
      : []),
    ...(row.answer ? [`回答: ${answers[row.answer]}`] : []),
  ];
  const [only, ...others] = words;
  if (only === undefined) return <>―</>;
  if (others.length === 0) return <>{only}</>;
  return (
    <ul>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}

/** What can be done with a row and why, as one list. */
const judgings = keys(judgingReasons).flatMap((how) =>
  Object.entries(judgingReasons[how]).map(([reason, title]) => ({
    value: `${how} ${reason}`,
    label: `${how === "query" ? "照会する" : dispositions[how]}: ${title}`,
  })),
);

/** Judges the rows that are ticked. */
export function Judge({ row }: { row: ClinicClaim }) {
  const { values, errors } = useSent("judge");
  return (
    <Form
      id="judge"
      action={`${paths.claim(row.id)}/judge`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <input type="hidden" name="revision" value={row.revision} />
      <FieldRow>
        <SelectField
          name="judged"
          label="選んだ予診票をどうするか"
          required
          empty="選んでください"
          options={judgings}
        />
        <DateField name="dueOn" label="回答の期限（照会のとき）" />
      </FieldRow>
      <Actions>
        <Button look="secondary">選んだ予診票の処理を決める</Button>
      </Actions>
    </Form>
  );
}

/** The answer to a query about a row. */
export function Answer({ row, of }: { row: ClinicClaim; of: ClinicClaimRow }) {
  const sent = useSent("answer");
  const own = sent.values?.text("row") === of.id ? sent : undefined;
  return (
    <Form
      action={`${paths.claim(row.id)}/answer`}
      class="form stacked"
      values={own?.values}
      errors={own?.errors ?? {}}
    >
      <input type="hidden" name="revision" value={row.revision} />
      <input type="hidden" name="row" value={of.id} />
      <FieldRow>
        <SelectField
          name="answer"
          idPrefix={of.id}
          label={`照会の回答（${pricedTitle(of)} ${showDateShort(of.givenOn as IsoDate)}）`}
          required
          empty="選んでください"
          options={choicesOf(answers)}
        />
        <DateField name="answeredOn" idPrefix={of.id} label="回答の日" required />
        <Button look="secondary">回答を入力する</Button>
      </FieldRow>
    </Form>
  );
}

/** Proposes a 過誤 of a row that was paid. */
export function Correct({ row, rows }: { row: ClinicClaim; rows: readonly ClinicClaimRow[] }) {
  const { values, errors, sent } = useSent("correction");
  return (
    <Disclosure title="過誤を起案する" open={sent}>
      <p>正しい支払額との差を、この請求者の次の支払で調整します。接種を支払わないときは0円です。</p>
      <Form
        action={`${paths.claim(row.id)}/correction`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <FieldRow>
          <SelectField
            name="row"
            label="予診票"
            required
            empty="選んでください"
            options={rows.map((one, index) => ({
              value: one.id,
              label: `${index + 1}件目 ${pricedTitle(one)} ${showDateShort(one.givenOn as IsoDate)} ${yen(one.amount ?? 0)}`,
            }))}
          />
          <NumberField name="after" label="正しい支払額（円）" required />
          <SelectField
            name="why"
            label="理由"
            required
            empty="選んでください"
            options={choicesOf(correctionReasons)}
          />
        </FieldRow>
        <Actions>
          <Button>過誤を起案する</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
