import { type Actor, holds } from "#src/platform/access/actor.ts";
import { FoldedForm } from "#src/web/cases/sent-form.tsx";
import { Actions, Button, DateField, Panel, Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { AccountFields } from "#src/web/entry-parts/index.ts";
import type { ClinicAccount } from "../../clinics/accounts.ts";
import { accountEvidence } from "../../clinics/words.ts";
import { ClinicAccountBadge, day } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

/** Versions of the account of a payee, and what enters another one. */
export function AccountsPanel(props: {
  payee: string;
  rows: readonly ClinicAccount[];
  actor: Pick<Actor, "rights">;
}) {
  const { payee, rows, actor } = props;
  const handles = holds(actor, "payment-account.handle", { program: "vaccination" });
  const action = payee.startsWith("D")
    ? `${clinicPaths.body(payee)}/accounts`
    : `${clinicPaths.clinic(payee)}/accounts`;
  return (
    <Panel title="振込先口座">
      <Table
        caption="振込先口座"
        columns={[
          { title: "入力", cell: ({ enteredAt }) => showMoment(enteredAt), nowrap: true },
          { title: "使い始める日", cell: ({ validFrom }) => day(validFrom), nowrap: true },
          { title: "使い終わる日", cell: ({ validTo }) => day(validTo), nowrap: true },
          {
            title: "照らし合わせた書類",
            cell: ({ evidence }) => (evidence ? accountEvidence[evidence] : "―"),
          },
          {
            title: "状態",
            cell: ({ state }) => <ClinicAccountBadge state={state} />,
            nowrap: true,
          },
        ]}
        rows={rows}
        {...(handles && { href: ({ id }: ClinicAccount) => clinicPaths.account(id) })}
        tone={({ state }) =>
          state === "waiting" ? "warning" : state === "confirmed" ? undefined : "muted"
        }
        empty="口座は登録されていません。"
      />
      {handles && (
        <FoldedForm title="口座を入力する" event="account" action={action} class="form">
          <AccountFields known={undefined} />
          <DateField name="accountFrom" label="使い始める日" required />
          <Actions>
            <Button>確認に回す</Button>
          </Actions>
        </FoldedForm>
      )}
    </Panel>
  );
}
