import {
  type HighCostEntry,
  insuranceEvidenceTitles,
  type MandateRow,
} from "#src/platform/high-cost/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  choicesOf,
  DateField,
  Disclosure,
  FieldRow,
  Form,
  NumberField,
  RadioGroup,
  SelectField,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { monthChoices, showMonth } from "../receipts/words.ts";
import type { HighCosts } from "./set.ts";

interface OfEntry {
  of: HighCosts;
  row: HighCostEntry;
  nameOf: (person: string) => string;
  today: IsoDate;
}

/** What the insurer told, entered with its evidence. People are chosen by their place in the list: no number stands in the form. */
export function InsuranceForm({ of, row, nameOf, today }: OfEntry) {
  const { values, errors, sent } = useSent("insurance");
  const months = monthChoices(today.slice(0, 7), { before: 48, after: 0 });
  return (
    <Disclosure title="保険者に確認した内容を入力する" open={sent || row.state === "query"}>
      <Form
        action={`${of.paths.entry(row.id)}/insurance`}
        class="form stacked"
        values={values}
        errors={errors}
      >
        <FieldRow>
          <SelectField
            name="person"
            label="だれの"
            required
            options={row.persons.map((one, at) => ({ value: String(at), label: nameOf(one) }))}
            value="0"
          />
          <NumberField
            name="insurer"
            label="保険者番号"
            required
            check="insurer"
            value={row.insurerNumber}
          />
        </FieldRow>
        <FieldRow>
          <SelectField
            name="fromMonth"
            label="いつの診療月から"
            required
            value={row.treatmentMonth}
            options={months}
          />
          <SelectField
            name="toMonth"
            label="いつまで"
            empty="次に入力するまで"
            value=""
            options={months}
          />
        </FieldRow>
        <FieldRow>
          <SelectField
            name="category"
            label="適用区分"
            empty="分からない"
            value={row.category ?? ""}
            options={choicesOf(highCostCategories)}
          />
          <SelectField
            name="evidence"
            label="根拠"
            required
            empty="選んでください"
            options={choicesOf(insuranceEvidenceTitles)}
          />
        </FieldRow>
        <Checkbox name="multiple" label="多数回該当と回答された" />
        <NumberField
          name="insured"
          label="被保険者の統合宛名番号"
          check="person-number"
          hint="同じ被保険者の家族を合算します。住民の画面で番号を確かめてください。"
        />
        <Actions>
          <Button shortcut="Ctrl+Enter">入力して、もう一度計算する</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}

/** 委任状: asked for, received, revoked. */
export function MandateForms(
  props: OfEntry & { mandates: readonly MandateRow[]; people: readonly string[] },
) {
  const { of, row, mandates, nameOf, people, today } = props;
  const { values, errors, sent } = useSent("mandate");
  const live = mandates.filter(({ state }) => state === "asked" || state === "received");
  return (
    <>
      {live.map((one) => (
        <MandateStep key={one.id} of={of} row={row} mandate={one} nameOf={nameOf} today={today} />
      ))}
      <Disclosure
        title="委任状の依頼を入力する"
        open={sent || (row.state === "mandate-wanted" && live.length === 0)}
      >
        <Form
          action={`${of.paths.entry(row.id)}/mandate`}
          class="form stacked"
          values={values}
          errors={errors}
        >
          <FieldRow>
            <SelectField
              name="person"
              label="だれの"
              required
              options={people.map((one, at) => ({ value: String(at), label: nameOf(one) }))}
              value="0"
            />
            <DateField name="askedOn" label="依頼した日" required value={showDateShort(today)} />
          </FieldRow>
          <RadioGroup
            name="scope"
            label="対象"
            required
            value="standing"
            options={[
              {
                value: "standing",
                label: `${showMonth(row.treatmentMonth)}診療分から、撤回されるまで`,
              },
              { value: "month", label: `${showMonth(row.treatmentMonth)}診療分だけ` },
            ]}
          />
          <Actions>
            <Button>依頼を入力する</Button>
          </Actions>
        </Form>
      </Disclosure>
    </>
  );
}

function MandateStep({ of, row, mandate, nameOf, today }: OfEntry & { mandate: MandateRow }) {
  const event = `mandate-${mandate.id}`;
  const { values, errors, sent } = useSent(event);
  const asked = mandate.state === "asked";
  return (
    <Disclosure
      title={`${nameOf(mandate.personNumber)}の委任状を${asked ? "受け取る" : "撤回する"}`}
      open={sent || asked}
    >
      <Form
        action={`${of.paths.entry(row.id)}/mandate-step`}
        class="form stacked"
        values={values}
        errors={errors}
      >
        <input type="hidden" name="mandate" value={mandate.id} />
        <input type="hidden" name="revision" value={mandate.revision} />
        <DateField
          name="on"
          label={asked ? "受け取った日（取り消すときは、その日）" : "撤回の日"}
          required
          value={showDateShort(today)}
        />
        <Actions>
          {asked ? (
            <>
              <ButtonLink href={`${of.paths.entry(row.id)}/mandates/${mandate.id}`}>
                委任状のお願いを印刷する
              </ButtonLink>
              <Button name="to" value="received">
                委任状を受け取った
              </Button>
              <Button name="to" value="cancelled" look="secondary">
                依頼を取り消す
              </Button>
            </>
          ) : (
            <Button
              name="to"
              value="revoked"
              look="danger"
              confirm="委任状を撤回されたものとします。まだ請求していない月は、請求できなくなります。よろしいですか。"
            >
              撤回を入力する
            </Button>
          )}
        </Actions>
      </Form>
    </Disclosure>
  );
}
