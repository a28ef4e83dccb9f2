import {
  type Contractor,
  createRun,
  isUnderContract,
  listContractors,
} from "#src/platform/mailings/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  FieldGroup,
  Form,
  Notification,
  PageTitle,
  SelectField,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { Mailings, OrderPage } from "./set.ts";

/** Where runs are ordered: what the 事務 asks, and which contractor prints. */
export const orderScreens = (of: Mailings): AnyRoute[] =>
  of.orders.flatMap((order) => {
    const common = {
      path: of.paths.order(order),
      right: "mailing.prepare",
      program: of.program,
      purpose: "mailing",
    } as const;
    return [
      defineRoute({
        ...common,
        method: "get",
        audit: "nothing-personal",
        because: "a form with nothing in it yet",
        handle: (request) => orderReply(of, order, request),
      }),
      defineRoute({
        ...common,
        method: "post",
        audit: order.audit,
        async handle(request) {
          const { form, work, platform } = request;
          const errors: Record<string, string> = {};
          const today = platform.clock.today();
          const run = await work(async (unit) => {
            const entered = await order.read(form, errors, { today, work: unit });
            const contractorId = form.integer("contractor");
            if (!contractorId) errors.contractor = "委託先を選んでください。";
            if (!entered || !contractorId || Object.keys(errors).length > 0) return undefined;
            return createRun(unit, { kind: order.kind.id, contractorId, ...entered });
          });
          return run
            ? redirect(of.paths.run(run.id), "対象者の抽出を始めました。")
            : orderReply(of, order, request, { values: form, errors });
        },
      }),
    ];
  });

async function orderReply(
  { title, paths }: Mailings,
  order: OrderPage,
  { work, platform }: ScreenRequest,
  { values, errors = {} }: { values?: Values; errors?: Record<string, string> } = {},
) {
  const today = platform.clock.today();
  const contractors = (await work(listContractors)).filter((one) => isUnderContract(one, today));
  return page({
    title: `${title} ${order.title}`,
    breadcrumb: [{ title: "一括発送", path: paths.runs }, { title: order.title }],
    status: values ? 422 : 200,
    content: (
      <>
        <PageTitle>{order.title}</PageTitle>
        {contractors.length === 0 && (
          <Notification tone="warning" title="契約期間中の委託先がありません。">
            制度担当者に、委託先と公開鍵の登録を頼んでください。
          </Notification>
        )}
        <Form action={paths.order(order)} values={values} errors={errors}>
          <order.Fields today={today} />
          <FieldGroup title="どこで印刷するか">
            <ContractorField contractors={contractors} />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">{order.button}</Button>
            <ButtonLink href={paths.runs} look="quiet">
              やめる
            </ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

/** The contractor to whom a package goes. */
function ContractorField({ contractors }: { contractors: readonly Contractor[] }) {
  const [only] = contractors.length === 1 ? contractors : [];
  return (
    <SelectField
      name="contractor"
      label="委託先"
      required
      empty="選んでください"
      value={only ? String(only.id) : ""}
      options={contractors.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}
