import { partOfPerson } from "#src/platform/applications/index.ts";
import type { ChangeForm } from "#src/web/cases/index.ts";
import {
  AskedBy,
  choicesOf,
  DateField,
  FieldGroup,
  NumberField,
  RadioGroup,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  type BenefitKind,
  benefitClassTitles,
  benefitKinds,
  dataKeyOf,
  featureIn,
  featureKind,
} from "../benefits.ts";
import { type Entered, type HouseholdPerson, presentAmong } from "../entered.ts";
import { categoryTitles, personRelationTitles } from "../titles.ts";

type Form = ChangeForm<Entered>;

const appliesTitles: { readonly [Kind in BenefitKind]?: string } = {
  pension: "年金受給有無",
  household: "異動",
  allowance: "証書の有無",
};

/** Whom a 世帯の異動 is about, once it was entered: who has another 異動 than before it. */
const movedIn = ({ known, before }: Pick<Parameters<Form["Fields"]>[0], "known" | "before">) =>
  known.people?.find((one) => {
    const was = before.people?.find(({ personNumber }) => personNumber === one.personNumber);
    const now = featureIn(one, "household");
    return now && JSON.stringify(now) !== JSON.stringify(featureIn(was, "household"));
  });

/** The form of a 異動: 該当・非該当, 事由 and what it is; and the fields of the data that change with it. */
function movement(
  kind: BenefitKind,
  own: {
    Fields?: Form["Fields"];
    read?(form: Values): object;
    /** Whose data have it, where that is not the person whom the report is about. */
    of?(props: Pick<Parameters<Form["Fields"]>[0], "known" | "before">): object | undefined;
  } = {},
): Form {
  const { title, words, reasons, values, told, until } = featureKind(kind);
  return {
    Fields(props) {
      const { known, personNumber } = props;
      const set = featureIn(own.of ? own.of(props) : partOfPerson(known, personNumber), kind);
      const parts = (
        <>
          {values && !told && (
            <SelectField
              name="value"
              label={kind === "household" ? "どなたとして" : `${title}の結果`}
              required
              value={set?.value ?? ""}
              empty="選んでください"
              options={choicesOf(values)}
            />
          )}
          {kind === "benefit-class" && (
            <SelectField
              name="benefitClass"
              label="給付区分"
              value={set?.benefitClass ?? ""}
              empty="―"
              options={choicesOf(benefitClassTitles)}
            />
          )}
          {until && (
            <DateField
              name="until"
              label={until}
              value={set?.until ? formatWarekiShort(set.until as IsoDate) : ""}
            />
          )}
        </>
      );
      const whole = kind === "household" || kind === "income";
      return (
        <FieldGroup title={benefitKinds[kind].title}>
          {words && (
            <RadioGroup
              name="applies"
              label={appliesTitles[kind] ?? "該当・非該当"}
              value={set?.applies === false ? "no" : "yes"}
              options={choicesOf(words)}
            />
          )}
          <SelectField
            name="reason"
            label="事由"
            required
            empty="選んでください"
            value={set?.reason === "expired" ? "" : set?.reason}
            options={choicesOf(reasons)}
          />
          {words && !whole ? <AskedBy name="applies">{parts}</AskedBy> : parts}
          {own.Fields?.(props)}
        </FieldGroup>
      );
    },
    read(form) {
      const applies = !words || form.text("applies") === "yes";
      const day = form.text("until");
      return {
        [dataKeyOf(kind)]: {
          applies,
          reason: form.text("reason"),
          benefitClass: (kind === "benefit-class" && applies && form.text("benefitClass")) || null,
          value: values && !told ? form.text("value") : null,
          until: until && applies && day ? (readDate(day) ?? "") : null,
        },
        ...own.read?.(form),
      };
    },
  };
}

const relationOf = (one: HouseholdPerson | undefined): string =>
  one && "relation" in one ? one.relation : "";

/** The forms of 資格異動, by subject of the report. */
export const movementForms: Readonly<Record<BenefitKind, Form>> = {
  "benefit-class": movement("benefit-class"),
  "severe-disability": movement("severe-disability"),
  "remote-certificate": movement("remote-certificate"),
  category: movement("category", {
    Fields: ({ known: { category }, about: { register, today } }) => (
      <>
        <SelectField
          name="category.code"
          label="新しい制度該当区分"
          required
          value={category?.code ?? ""}
          options={choicesOf(categoryTitles)}
        />
        <DateField
          name="category.since"
          label="事由の生じた日"
          required
          {...bornBounds(register.subject.birthDate, today)}
          value={category ? formatWarekiShort(category.since as IsoDate) : ""}
        />
      </>
    ),
    read: (form) => ({
      category: {
        code: form.text("category.code"),
        since: readDate(form.text("category.since")) ?? "",
      },
    }),
  }),
  office: movement("office", {
    Fields: ({ about: { register } }) => (
      <p class="field-hint">
        新しい所管区は、住民記録の区（区コード {register.subject.officeCode}
        ）です。反映すると、申請・資格・書類は新しい区に移り、この区では見られなくなります。
      </p>
    ),
  }),
  household: movement("household", {
    of: movedIn,
    Fields: ({ known, before, before: { people = [] } }) => (
      <>
        <NumberField
          check="person-number"
          name="person.personNumber"
          label="統合宛名番号"
          required
          width={12}
          value={movedIn({ known, before })?.personNumber}
        />
        <SelectField
          name="person.relation"
          label="申請者から見た続柄（扶養義務者のとき）"
          empty="―"
          value={relationOf(movedIn({ known, before }))}
          options={choicesOf(personRelationTitles)}
        />
        <p class="field-hint">
          今の世帯:{" "}
          {presentAmong(people)
            .map(({ name, personNumber }) => `${name}（${personNumber}）`)
            .join("、")}
          。配偶者が加わったときは、世帯の喪失も届け出てください。
        </p>
      </>
    ),
    read: (form) => ({
      person: {
        personNumber: form.text("person.personNumber").normalize("NFKC"),
        role: form.text("value"),
        relation: form.text("person.relation") || undefined,
      },
    }),
  }),
  income: movement("income", {
    Fields: () => (
      <p class="field-hint">
        限度額以上になったときは、世帯の喪失（所得が限度額以上）も届け出てください。
      </p>
    ),
  }),
  pension: movement("pension"),
  allowance: movement("allowance", {
    Fields: ({ known: { allowanceNumber = "" } }) => (
      <TextField
        name="allowanceNumber"
        label="児童扶養手当証書の番号"
        width={20}
        value={allowanceNumber}
      />
    ),
    read: (form) => ({ allowanceNumber: form.text("allowanceNumber") }),
  }),
  disaster: movement("disaster"),
  unregistered: movement("unregistered"),
};
