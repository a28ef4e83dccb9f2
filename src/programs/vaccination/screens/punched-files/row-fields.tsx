import {
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NamedField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";
import { type PunchedItem, punchedItems, type RawRow } from "../../punched-files/items.ts";
import { clinicPaths } from "../clinics/paths.ts";
import { vaccineChoices } from "../records/parts.tsx";

const groups: readonly { title: string; items: readonly PunchedItem[] }[] = [
  { title: "接種", items: ["outcome", "vaccine", "dose", "givenOn", "interviewOn"] },
  { title: "番号", items: ["coupon", "person", "motherChild", "image"] },
  { title: "接種を受けた方", items: ["name", "kana", "birth", "sex", "address"] },
  { title: "ワクチン", items: ["product", "lot", "volume"] },
  { title: "医療機関", items: ["route", "clinic", "clinicName", "doctor"] },
];
const items = groups.flatMap((group) => group.items);

const choices: Partial<Record<PunchedItem, readonly { value: string; label: string }[]>> = {
  outcome: choicesOf(outcomeTitles),
  vaccine: vaccineChoices,
  sex: [
    { value: "female", label: "女" },
    { value: "male", label: "男" },
  ],
  route: choicesOf(routeTitles),
};
const days: readonly PunchedItem[] = ["givenOn", "interviewOn", "birth"];
const wide: Partial<Record<PunchedItem, 20 | 40>> = {
  address: 40,
  kana: 20,
  name: 20,
  clinicName: 20,
  coupon: 20,
  image: 20,
};

/** The fields of a slip as a punched row tells it. */
export const RowFields = ({ raw }: { raw: RawRow }) => (
  <>
    {groups.map(({ title, items }) => (
      <FieldGroup key={title} title={title}>
        <FieldRow>
          {items.map((item) => (
            <RowField key={item} item={item} value={raw[item] ?? ""} />
          ))}
        </FieldRow>
      </FieldGroup>
    ))}
  </>
);

function RowField({ item, value }: { item: PunchedItem; value: string }) {
  const label = punchedItems[item].title;
  const known = choices[item];
  if (known)
    return (
      <SelectField
        name={item}
        label={label}
        empty={item === "vaccine" ? "券のとおり" : "記入なし"}
        options={known}
        value={known.some((choice) => choice.value === value) ? value : ""}
      />
    );
  if (days.includes(item))
    return <DateField name={item} label={label} birth={item === "birth"} value={value} />;
  if (item === "clinic")
    return <NamedField name={item} label={label} asks={clinicPaths.named} value={value} />;
  return <TextField name={item} label={label} width={wide[item] ?? 12} value={value} />;
}

/** What was typed, by item: dates as `YYYY-MM-DD` where they can be read. */
export const readRowForm = (form: Values): RawRow =>
  Object.fromEntries(
    items.flatMap((item) => {
      const text = form.text(item).slice(0, 200);
      if (text === "") return [];
      return [[item, days.includes(item) ? (readDate(text) ?? text) : text]];
    }),
  );
