import { insurancePart } from "#src/platform/entry-parts/index.ts";
import type { HouseholdView, Person } from "#src/platform/people/index.ts";
import { AskedBy, Checkbox, choicesOf, RadioGroup } from "#src/web/components/index.ts";
import {
  BranchField,
  boxOf,
  HouseholdFields,
  InsuranceFields,
  readHousehold,
  readPart,
} from "#src/web/entry-parts/index.ts";
import type { Values } from "#src/web/values.ts";
import { bornBounds, type DateBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Child, Entered, HouseholdPerson } from "../entered.ts";
import { personRelationTitles } from "../titles.ts";

const adultTitles = { spouse: "配偶者", supporter: "扶養義務者（生計が同じ）" };
const roleTitles = { child: "対象の児童", ...adultTitles };
const insuredTitles = {
  same: "申請者と同じ健康保険の被扶養者",
  own: "別の健康保険",
  none: "まだ加入していない",
};
/** From this age on nobody is a child of the scheme. */
const adult = 20;

/** What somebody most likely is in the application, by age and 続柄; of unknown age nobody is taken for anything. */
function guess({ relationship }: Person, years: number | undefined): Partial<HouseholdPerson> {
  if (relationship === "11" || relationship === "12") return { role: "spouse" };
  if (years === undefined) return {};
  return years < adult
    ? { role: "child", relation: "child" }
    : { role: "supporter", relation: "parent" };
}

/** 世帯の方: the children, and those whose income counts. */
export const PeopleFields = (props: {
  known: Partial<Entered>;
  register: HouseholdView;
  on: IsoDate;
  today: IsoDate;
}) => (
  <HouseholdFields<HouseholdPerson>
    known={props.known.people}
    register={props.register}
    on={props.on}
    roles={(years) => (years !== undefined && years >= adult ? adultTitles : roleTitles)}
    relations={personRelationTitles}
    guess={guess}
    own={({ prefix, known, years, person }) =>
      years !== undefined && years >= adult ? null : (
        <AskedBy name={`${prefix}.role`} values={["child"]}>
          <ChildFields
            prefix={prefix}
            known={known as Partial<Child>}
            main={props.known.insurance}
            bounds={bornBounds(person?.birthDate, props.today)}
          />
        </AskedBy>
      )
    }
  />
);

/** What a child brings along: what prolongs the entitlement, and the insurance. */
export function ChildFields(props: {
  prefix: string;
  known: Partial<Child>;
  /** The insurance of the applicant, where it is entered along with it. */
  main?: Entered["insurance"] | undefined;
  /** The insurance is the child's own, if there is one. */
  alone?: true;
  /** Between which days 資格取得日 of the own insurance lies. */
  bounds: DateBounds;
}) {
  const { prefix, known, main, alone, bounds } = props;
  const { insurance } = known;
  const { same: _, ...own } = insuredTitles;
  const isOwn = insurance && (alone || insurance.number !== main?.number);
  const insured = isOwn ? "own" : insurance === null || alone ? "none" : "same";
  const box = (name: "disabled" | "pupil" | "apart", label: string) => (
    <Checkbox name={`${prefix}.${name}`} label={label} checked={known[name] ?? false} />
  );
  return (
    <>
      {box("disabled", "条例の定める障害がある（20歳未満まで）")}
      {box("pupil", "条例の定める学校に在学している（20歳未満まで）")}
      {box("apart", "就学などのため別居している")}
      <RadioGroup
        name={boxOf(`${prefix}.insurance`)}
        label="健康保険"
        value={insured}
        options={choicesOf(alone ? own : insuredTitles)}
      />
      {!alone && (
        <AskedBy name={boxOf(`${prefix}.insurance`)} values={["same", "own"]}>
          <BranchField prefix={`${prefix}.insurance`} known={insurance} />
        </AskedBy>
      )}
      <AskedBy name={boxOf(`${prefix}.insurance`)} values={["own"]}>
        <InsuranceFields
          title="児童の健康保険"
          who="児童"
          prefix={`${prefix}.insurance`}
          known={insured === "own" ? insurance : undefined}
          branchElsewhere={!alone}
          bounds={bounds}
        />
      </AskedBy>
    </>
  );
}

export const readPeople = (form: Values, main: Record<string, string>): object[] =>
  readHousehold(form, (role, prefix) => ({
    ...(role === "child" || role === "supporter"
      ? { relation: form.text(`${prefix}.relation`) }
      : {}),
    ...(role === "child" ? readChild(form, prefix, main) : {}),
  }));

export function readChild(form: Values, prefix: string, main: Record<string, string> = {}) {
  const insured = form.text(boxOf(`${prefix}.insurance`));
  const own = readPart(form, insurancePart, `${prefix}.insurance`);
  const has = (name: string) => form.has(`${prefix}.${name}`);
  return {
    disabled: has("disabled"),
    pupil: has("pupil"),
    apart: has("apart"),
    insurance:
      insured === "own"
        ? own
        : // What is wrong with the parent's is told there, once.
          insured === "same" && insurancePart.schema.safeParse(main).success
          ? { ...main, branchNumber: own.branchNumber, relation: "dependant" }
          : null,
  };
}
