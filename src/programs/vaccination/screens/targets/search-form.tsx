import { townCodesOf } from "#src/platform/city/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  AskedBy,
  Checkbox,
  CheckboxGroup,
  type Choice,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NumberField,
  RadioGroup,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import type { Cohort } from "#workflows/vaccination/targets/births.ts";
import type { Criteria } from "#workflows/vaccination/targets/criteria.ts";
import { type Output, outputIds, outputs } from "#workflows/vaccination/targets/outputs.ts";
import type { Definition } from "../../targets/definitions.ts";
import type { TargetVaccine } from "../../targets/vaccines.ts";

/** What the form chooses from. */
export interface Choices {
  readonly vaccines: readonly TargetVaccine[];
  readonly offices: readonly { code: string; name: string }[];
  readonly lists: readonly { id: number; title: string; people: number }[];
}

const cohortKinds = {
  open: "受けられる年齢の人すべて",
  births: "生年月日の範囲",
  "fiscal-year": "その年度に達する年齢",
  age: "抽出日の月齢・年齢",
} as const;
const ages = { months: "か月", years: "歳" } as const;

/** 対象者の抽出: vaccines, whom, what is made of it. Values begin with a definition. */
export function SearchFields(props: { choices: Choices; today: IsoDate; from?: Definition }) {
  const { choices, today, from } = props;
  const criteria = from?.criteria as Criteria | undefined;
  const cohort = criteria?.cohort;
  const byKind = (kind: TargetVaccine["kind"]): Choice[] =>
    choices.vaccines
      .filter((one) => one.kind === kind)
      .map(({ vaccine, title }) => ({ value: vaccine.id, label: title }));
  return (
    <>
      <FieldGroup title="何を">
        <FieldRow>
          <TextField
            name="title"
            label="抽出の名前"
            required
            width={30}
            value={from?.title ?? ""}
          />
          <DateField name="on" label="抽出日（この日現在）" required value={showDateShort(today)} />
        </FieldRow>
        <CheckboxGroup
          name="vaccines"
          label="A類"
          options={byKind("1")}
          values={criteria?.vaccines ?? []}
          hint="ロタウイルスは、1価と5価を選ぶと、始める人には先に並ぶ方だけを送ります。"
        />
        <CheckboxGroup
          name="vaccinesB"
          label="B類"
          options={byKind("2")}
          values={criteria?.vaccines ?? []}
        />
        {byKind("3").length > 0 && (
          <CheckboxGroup
            name="vaccinesCity"
            label="市独自（制度の数値で登録したもの）"
            options={byKind("3")}
            values={criteria?.vaccines ?? []}
          />
        )}
        <FieldRow>
          <TextField
            name="doses"
            label="回（空欄はどの回も）"
            width={8}
            value={criteria?.doses?.join("、") ?? ""}
            hint="例 1、2"
          />
          <NumberField
            name="ahead"
            label="何日先までに受けられるようになる人を含めるか"
            required
            width={4}
            value={String(criteria?.ahead ?? 0)}
          />
        </FieldRow>
        <RadioGroup
          name="output"
          label="作るもの"
          required
          value={from?.output ?? ""}
          options={choicesOf(outputs)}
        />
        <NumberField
          name="quietDays"
          label="個別通知・勧奨はがきを、この日数のうちに送った人には送らない"
          width={4}
          value={criteria?.quietDays === undefined ? "" : String(criteria.quietDays)}
          hint="空欄は60日。接種券は、同じ回に二枚は発行しません。"
        />
      </FieldGroup>
      <FieldGroup title="だれに">
        <RadioGroup
          name="cohort"
          label="年齢・生年月日"
          required
          value={cohort?.kind ?? "open"}
          options={choicesOf(cohortKinds)}
        />
        <AskedBy name="cohort" values={["births"]}>
          <FieldRow>
            <DateField
              name="bornFrom"
              label="生年月日（から）"
              birth
              value={cohort?.kind === "births" ? showDateShort(cohort.from) : ""}
            />
            <DateField
              name="bornTo"
              label="生年月日（まで）"
              birth
              value={cohort?.kind === "births" ? showDateShort(cohort.to) : ""}
            />
          </FieldRow>
        </AskedBy>
        <AskedBy name="cohort" values={["fiscal-year"]}>
          <TextField
            name="yearAges"
            label="年度に達する年齢"
            width={20}
            value={cohort?.kind === "fiscal-year" ? cohort.ages.join("、") : ""}
            hint="例 65、70、75"
          />
        </AskedBy>
        <AskedBy name="cohort" values={["age"]}>
          <FieldRow>
            <NumberField
              name="ageFrom"
              label="月齢・年齢（から）"
              width={4}
              value={cohort?.kind === "age" ? String(cohort.from) : ""}
            />
            <NumberField
              name="ageTo"
              label="月齢・年齢（まで）"
              width={4}
              value={cohort?.kind === "age" ? String(cohort.to) : ""}
            />
            <SelectField name="ageUnit" label="単位" value="months" options={choicesOf(ages)} />
          </FieldRow>
        </AskedBy>
        <FieldRow>
          <DateField
            name="movedSince"
            label="この日以後に転入・出生した人だけ"
            value={criteria?.movedSince ? showDateShort(criteria.movedSince) : ""}
          />
        </FieldRow>
        <CheckboxGroup
          name="offices"
          label="区（選ばないときはすべて）"
          options={choices.offices.map(({ code, name }) => ({ value: code, label: name }))}
          values={criteria?.offices ?? []}
        />
        <FieldRow>
          <TextField
            name="townName"
            label="町名（始まりが一致する町）"
            width={30}
            value={criteria?.townName ?? ""}
          />
          <SelectField
            name="list"
            label="人の名簿"
            empty="使わない"
            value={criteria?.list === undefined ? "" : String(criteria.list)}
            options={choices.lists.map(({ id, title, people }) => ({
              value: String(id),
              label: `${title}（${people.toLocaleString("ja-JP")}人）`,
            }))}
          />
        </FieldRow>
      </FieldGroup>
      <Checkbox
        name="monthly"
        label="条件を保存するとき、毎月の抽出にする"
        checked={from?.monthly ?? false}
      />
    </>
  );
}

/** What was entered, whole. */
export interface SearchEntry {
  readonly title: string;
  readonly on: IsoDate;
  readonly output: Output;
  readonly criteria: Criteria;
  readonly monthly: boolean;
}

/** Reads the form; what is wrong goes into `errors`, by name of the field. */
export async function readSearch(
  work: Work,
  form: Values,
  { choices, errors }: { choices: Choices; errors: Record<string, string> },
): Promise<SearchEntry | undefined> {
  const title = form.text("title");
  if (title === "" || title.length > 60) errors.title = "抽出の名前を60字までで入力してください。";
  const on = readDate(form.text("on"));
  if (!on || on < "2020-10-01")
    errors.on = "令和2年10月1日以後の日付を入力してください。例: R8.12.1";
  const chosen = ["vaccines", "vaccinesB", "vaccinesCity"].flatMap((name) => form.all(name));
  const asked = choices.vaccines.filter(({ vaccine }) => chosen.includes(vaccine.id));
  if (asked.length === 0) errors.vaccines = "予防接種を一つ以上選んでください。";
  const output = form.choice("output", outputIds);
  if (!output) errors.output = "作るものを選んでください。";
  const mixed = mixtureOf(asked, output);
  if (mixed) errors.output = mixed;
  const ahead = form.integer("ahead");
  if (ahead === undefined || ahead < 0 || ahead > 400)
    errors.ahead = "0から400までの日数を入力してください。";
  const quietDays = form.integer("quietDays");
  if (
    form.text("quietDays") !== "" &&
    (quietDays === undefined || quietDays < 0 || quietDays > 1000)
  )
    errors.quietDays = "0から1000までの日数を入力してください。";
  const doses = numbersOf(form.text("doses"), 1, 9);
  if (!doses) errors.doses = "回を1から9までの数で入力してください。例 1、2";
  const cohort = readCohort(form, errors);
  const movedSince = readDate(form.text("movedSince"));
  if (form.text("movedSince") !== "" && !movedSince)
    errors.movedSince = "日付を入力してください。例: R8.4.1";
  const townName = form.text("townName");
  const towns = townName === "" ? undefined : await townCodesOf(work, townName);
  if (townName !== "" && (!towns || towns.length === 0 || towns.length > 500))
    errors.townName = "この名前で始まる町がないか、多すぎます。";
  const offices = choices.offices
    .map(({ code }) => code)
    .filter((code) => form.all("offices").includes(code));
  const list = form.integer("list");
  if (list !== undefined && !choices.lists.some(({ id }) => id === list))
    errors.list = "名簿を選び直してください。";
  if (Object.keys(errors).length > 0 || !on || !output || ahead === undefined) return undefined;
  return {
    title,
    on,
    output,
    monthly: form.has("monthly"),
    criteria: {
      vaccines: asked.map(({ vaccine }) => vaccine.id),
      ahead,
      ...(doses && doses.length > 0 && { doses }),
      ...(cohort && { cohort }),
      ...(offices.length > 0 && { offices }),
      ...(towns && { townName, towns }),
      ...(list !== undefined && { list }),
      ...(movedSince && { movedSince }),
      ...(quietDays !== undefined && { quietDays }),
    },
  };
}

/** What does not go together on one paper. */
function mixtureOf(
  asked: readonly TargetVaccine[],
  output: Output | undefined,
): string | undefined {
  const forChildren = asked.every(({ kind, vaccine }) => kind === "1" && vaccine.id !== "rsv");
  if ((output === "booklet" || output === "interview") && !forChildren)
    return "つづりと予診票は、子どもの定期接種（A類）だけで作れます。";
  const kinds = new Set(asked.map(({ kind }) => (kind === "1" ? "A" : "B")));
  if (output === "coupon" && kinds.size > 1)
    return "A類の接種券と、B類・市独自の接種券は用紙が違います。別々に抽出してください。";
  return undefined;
}

/** 1、2 3: whole numbers between two; nothing where one is none. */
function numbersOf(text: string, least: number, most: number): number[] | undefined {
  const parts = figures(text)
    .split(/[、,\s]+/)
    .filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.every((one) => Number.isInteger(one) && one >= least && one <= most)
    ? [...new Set(numbers)]
    : undefined;
}

function readCohort(form: Values, errors: Record<string, string>): Cohort | undefined {
  const kind = form.choice("cohort", Object.keys(cohortKinds) as (keyof typeof cohortKinds)[]);
  if (kind === "births") {
    const [from, to] = [readDate(form.text("bornFrom")), readDate(form.text("bornTo"))];
    if (!from) errors.bornFrom = "生年月日の始まりを入力してください。";
    if (!to || (from && to < from)) errors.bornTo = "始まりより後の生年月日を入力してください。";
    return from && to ? { kind, from, to } : undefined;
  }
  if (kind === "fiscal-year") {
    const found = numbersOf(form.text("yearAges"), 0, 120);
    if (!found || found.length === 0)
      errors.yearAges = "年齢を0から120までの数で入力してください。例 65、70";
    return found && found.length > 0 ? { kind, ages: found } : undefined;
  }
  if (kind === "age") {
    const times = form.text("ageUnit") === "years" ? 12 : 1;
    const [from, to] = [form.integer("ageFrom"), form.integer("ageTo")];
    if (from === undefined || from < 0) errors.ageFrom = "0以上の数を入力してください。";
    if (to === undefined || to < (from ?? 0) || to * times > 1500)
      errors.ageTo = "始まり以上の数を入力してください。";
    if (from === undefined || to === undefined) return undefined;
    return { kind, from: from * times, to: to * times + times - 1 };
  }
  return undefined;
}
