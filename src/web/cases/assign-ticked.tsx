import type { Holder } from "#src/platform/cases/index.ts";
import { Button, Form, SelectField } from "../components/index.ts";
import type { ListAddress } from "./list-address.ts";
import { listPath } from "./paths.ts";

/** The form to which the ticks of a list belong. */
export const ticksForm = "ticked";

/** Gives the cases that are ticked in the list to somebody (担当), each with its own record. */
export const AssignTicked = (props: {
  program: string;
  holders: readonly Holder[];
  /** Where one comes back to. */
  address: ListAddress;
}) => (
  <Form
    action={`${listPath(props.program)}/assign`}
    id={ticksForm}
    keys="search"
    class="form search-form"
  >
    {Object.entries(props.address).map(
      ([name, value]) =>
        value !== undefined && (
          <input key={name} type="hidden" name={`list-${name}`} value={`${value}`} />
        ),
    )}
    <div class="search-bar">
      <SelectField
        name="to"
        label="選んだ申請の担当"
        options={[
          ...props.holders.map(({ staffId, name }) => ({ value: `${staffId}`, label: name })),
          { value: "nobody", label: "未定に戻す" },
        ]}
      />
      <Button look="secondary">割り振る</Button>
    </div>
  </Form>
);
