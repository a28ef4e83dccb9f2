import type { PanelGroup, PanelMember } from "#src/platform/review-panels/index.ts";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  CheckboxGroup,
  Panel,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { choiceOfMember, type PanelSet } from "./set.ts";

/** What is done of groups on the page of the members. */
export const groupActions = ["add-group", "close-group"] as const;

/** 審査グループ of a panel: added and closed, and who is in which. */
export function GroupPanel({
  of,
  groups,
  members,
}: {
  of: PanelSet;
  groups: readonly PanelGroup[];
  members: readonly PanelMember[];
}) {
  const options = groups.map(({ id, title }) => ({ value: String(id), label: title }));
  return (
    <>
      <Panel title="審査グループ">
        <SentForm class="form" event="add-group" action={of.members}>
          <input type="hidden" name="do" value="add-group" />
          <TextField
            name="title"
            label="名前"
            hint="例: 神経・筋疾患"
            required
            width={20}
            printed
          />
          <Actions>
            <Button look="secondary">審査グループを登録する</Button>
          </Actions>
        </SentForm>
        {groups.length > 0 && (
          <SentForm class="form" event="close-group" action={of.members}>
            <input type="hidden" name="do" value="close-group" />
            <SelectField
              name="closes"
              label="終える審査グループ"
              required
              empty="選ぶ"
              options={options}
            />
            <Actions>
              <Button look="secondary">審査グループを終える</Button>
            </Actions>
          </SentForm>
        )}
      </Panel>
      {groups.length > 0 && members.length > 0 && (
        <Panel title="委員の審査グループを改める">
          <SentForm class="form" event="groups" action={of.members}>
            <input type="hidden" name="do" value="groups" />
            <SelectField
              name="member"
              idPrefix="groups"
              label="委員"
              required
              empty="選ぶ"
              options={members.map((one) => choiceOfMember(of.panel, one))}
            />
            <CheckboxGroup
              name="group"
              idPrefix="groups"
              label="改めた後の審査グループ"
              options={options}
            />
            <Actions>
              <Button look="secondary">改める</Button>
            </Actions>
          </SentForm>
        </Panel>
      )}
    </>
  );
}
