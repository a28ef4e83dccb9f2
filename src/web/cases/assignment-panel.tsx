import { Button, Disclosure, Form, Panel, SelectField, TimeLine } from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { casePath } from "./paths.ts";
import type { Shown } from "./shown.ts";

/** Who has the case (担当), who had it before, and what this person may do about it. */
export function AssignmentPanel({ view, actor }: Shown) {
  const { assignment, found } = view;
  const { name, open, mayTake, mayAssign, holders, history } = assignment;
  const mine = found.assignedTo === actor.staffId;
  return (
    <Panel title="担当">
      <p>
        <strong>{name ?? "未定"}</strong>
        {mine && "（自分）"}
      </p>
      {open && mayTake && !mine && (
        <AssignForm view={view} class="inline-form">
          <input type="hidden" name="to" value="me" />
          {name === null ? (
            <Button look="secondary">自分の担当にする</Button>
          ) : (
            <Button look="secondary" confirm={`${name}から担当を引き継ぎます。よろしいですか。`}>
              引き継ぐ
            </Button>
          )}
        </AssignForm>
      )}
      {open && mayAssign && (
        <Disclosure title="担当を割り振る…">
          <AssignForm view={view} class="form stacked">
            <SelectField
              name="to"
              label="担当"
              value={found.assignedTo}
              options={[
                ...holders.map((one) => ({ value: `${one.staffId}`, label: one.name })),
                { value: "", label: "未定に戻す" },
              ]}
            />
            <Button look="secondary">割り振る</Button>
          </AssignForm>
        </Disclosure>
      )}
      {history.length > 0 && (
        <TimeLine
          label="担当の経過"
          entries={history.toReversed().map(({ at, by, from, to }) => ({
            at: showMoment(at),
            who: by,
            what: `${from ?? "未定"} → ${to ?? "未定"}`,
          }))}
        />
      )}
    </Panel>
  );
}

/** Which case, and who had it on this page: somebody who was given it meanwhile does not lose it unseen. */
const AssignForm = (props: {
  view: Shown["view"];
  class: string;
  children: preact.ComponentChildren;
}) => (
  <Form action={`${casePath(props.view.found)}/assignment`} keys="search" class={props.class}>
    <input type="hidden" name="had" value={props.view.found.assignedTo ?? ""} />
    {props.children}
  </Form>
);
