import { isIP } from "node:net";
import {
  officeList,
  registerTerminal,
  removeTerminal,
  terminalList,
} from "#src/platform/access/index.ts";
import {
  Button,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";

const guard = { right: "staff.manage", purpose: "administration" } as const;
const title = "端末";

/** Registered terminals: only they are served. */
export const terminalScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/terminals",
    audit: "terminals.listed",
    handle: (request) => terminalsPage(request, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/terminals",
    audit: "terminal.registered",
    async handle(request) {
      const { form, work } = request;
      const name = form.text("name");
      const address = form.text("address").normalize("NFKC");
      const errors: Record<string, string> = {};
      if (!name) errors.name = "端末名を入力してください。";
      if (!isIP(address)) errors.address = "IPアドレスを入力してください。例: 10.1.2.3";
      if (Object.keys(errors).length > 0) return terminalsPage(request, errors);
      const officeCode = form.text("office") || null;
      await work((unit) => registerTerminal(unit, { name, address, officeCode }));
      return redirect("/terminals", "端末を登録しました。");
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/terminals/:terminal/removal",
    audit: "terminal.removed",
    async handle({ params, work }) {
      await work((unit) => removeTerminal(unit, numberOf(params.terminal)));
      return redirect("/terminals", "端末の登録を外しました。10秒以内に使えなくなります。");
    },
  }),
];

async function terminalsPage({ work, form }: ScreenRequest, errors: Record<string, string>) {
  const { terminals, offices } = await work(async (unit) => ({
    terminals: await terminalList(unit),
    offices: await officeList(unit),
  }));
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="端末を登録">
          <Form
            action="/terminals"
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <TextField name="name" label="端末名" required width={20} />
              <TextField name="address" label="IPアドレス" required width={12} />
              <SelectField
                name="office"
                label="設置場所"
                empty="全市"
                options={offices.map((office) => ({ value: office.code, label: office.name }))}
              />
            </FieldRow>
            <Button>登録する</Button>
          </Form>
        </Panel>
        <Panel title={`登録済み ${terminals.length}台`}>
          <Table
            caption="登録された端末"
            columns={[
              { title: "端末名", cell: (terminal) => terminal.name },
              { title: "IPアドレス", cell: (terminal) => terminal.address, nowrap: true },
              { title: "設置場所", cell: (terminal) => terminal.officeName ?? "全市" },
              {
                title: "登録",
                cell: (terminal) => showMoment(terminal.registeredAt),
                nowrap: true,
              },
              {
                title: "操作",
                cell: (terminal) => (
                  <Form
                    action={`/terminals/${terminal.id}/removal`}
                    keys="search"
                    class="inline-form"
                  >
                    <Button
                      confirm={`${terminal.name} の登録を外します。この端末は使えなくなります。`}
                      look="danger"
                    >
                      外す
                    </Button>
                  </Form>
                ),
              },
            ]}
            rows={terminals}
          />
        </Panel>
      </>
    ),
  });
}
