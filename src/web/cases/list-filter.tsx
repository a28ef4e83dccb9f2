import { doneTitles, type Holder } from "#src/platform/cases/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Button,
  type Choice,
  choicesOf,
  DateField,
  Disclosure,
  Form,
  SelectField,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import type { Values } from "../values.ts";
import { addressOf, dateFields, type ListAddress, quickChoices } from "./list-address.ts";
import { listPath } from "./paths.ts";

interface Props {
  program: string;
  address: ListAddress;
  kinds: readonly Choice[];
  /** None where somebody sees the cases of one office alone. */
  offices: readonly Choice[];
  holders: readonly Holder[];
  today: IsoDate;
  /** What was typed and is no date, with what is wrong. */
  sent?: { form: Values; errors: Record<string, string> } | undefined;
}

/** By what a list is narrowed: at one touch, or by all of its fields. The choice stands in the address. */
export function ListFilter(props: Props) {
  const { program, address, kinds, offices, holders, today, sent } = props;
  const { state, sort, descending, page: _, ...narrowed } = address;
  const chosen = Object.values(narrowed).some((value) => value !== undefined);
  const same = (change: ListAddress) =>
    Object.entries(change).every(([name, value]) => address[name as keyof ListAddress] === value);
  return (
    <>
      <nav class="filter-links" aria-label="絞り込み">
        <ul>
          {quickChoices(today).map(({ title, change }) => (
            <li key={title}>
              <a
                href={addressOf(program, { ...address, ...change, page: undefined })}
                aria-current={same(change) ? "true" : undefined}
              >
                {title}
              </a>
            </li>
          ))}
          {chosen && (
            <li>
              <a href={addressOf(program, { state, sort, descending })}>絞り込みを解く</a>
            </li>
          )}
        </ul>
      </nav>
      <Disclosure title="条件を選ぶ" open={chosen || sent !== undefined}>
        <Form
          action={`${listPath(program)}/filter`}
          keys="search"
          class="form search-form"
          values={sent?.form}
          errors={sent?.errors}
        >
          {Object.entries({ state, sort, descending }).map(
            ([name, value]) =>
              value !== undefined && (
                <input key={name} type="hidden" name={name} value={`${value}`} />
              ),
          )}
          <div class="search-bar">
            <SelectField
              name="kind"
              label="種別"
              empty="すべて"
              options={kinds}
              value={address.kind}
            />
            {offices.length > 0 && (
              <SelectField
                name="office"
                label="区"
                empty="すべて"
                options={offices}
                value={address.office}
              />
            )}
            <SelectField
              name="assigned"
              label="担当"
              empty="すべて"
              options={[
                { value: "me", label: "自分" },
                { value: "nobody", label: "未定" },
                ...holders.map(({ staffId, name }) => ({ value: `${staffId}`, label: name })),
              ]}
              value={address.assigned}
            />
            <SelectField
              name="done"
              label="処理"
              empty="すべて"
              options={choicesOf(doneTitles)}
              value={address.done}
            />
            {Object.entries(dateFields).map(([name, label]) => (
              <DateField
                key={name}
                name={name}
                label={label}
                width={8}
                value={dateShown(address[name as keyof typeof dateFields])}
              />
            ))}
            <Button look="secondary">絞り込む</Button>
          </div>
        </Form>
      </Disclosure>
    </>
  );
}

const dateShown = (date: IsoDate | undefined) => (date ? showDateShort(date) : "");
