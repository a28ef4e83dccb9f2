import { isUnderContract, listContractors } from "#src/platform/mailings/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  FieldGroup,
  Form,
  PageTitle,
  SelectField,
  TextArea,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { couponsByNumber, type ReprintReason, reprintReasons } from "../coupons.ts";
import { createReprintRun } from "../reprint-mailing.ts";
import { paths } from "./parts.tsx";
import { ContractorField } from "./run-new.tsx";

const common = {
  path: paths.reprints,
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;

/** 再印刷: a small package of spoilt or lost pieces for the contractor. */
export const reprintForm = defineRoute({
  ...common,
  method: "get",
  audit: "nothing-personal",
  because: "a form with nothing in it yet",
  handle: (request) => reprintPage(request, undefined, {}),
});

export const reprintEntry = defineRoute({
  ...common,
  method: "post",
  audit: "mailing.reprint-started",
  async handle(request) {
    const { form, work } = request;
    const errors: Record<string, string> = {};
    const numbers = form.text("numbers").normalize("NFKC").match(/\d+/g) ?? [];
    const unknown = await work(async (unit) => {
      const known = await couponsByNumber(unit, numbers);
      return numbers.filter((number) => known.get(number)?.state !== "issued");
    });
    if (numbers.length === 0) errors.numbers = "券番号を入力してください。";
    else if (unknown.length > 0)
      errors.numbers = `有効な接種券ではありません: ${unknown.slice(0, 5).join("、")}`;
    const reason = form.choice("reason", Object.keys(reprintReasons) as ReprintReason[]);
    if (!reason) errors.reason = "理由を選んでください。";
    const contractorId = form.integer("contractor");
    if (!contractorId) errors.contractor = "委託先を選んでください。";
    if (!reason || !contractorId || errors.numbers) return reprintPage(request, form, errors);
    const run = await work((unit) => createReprintRun(unit, { numbers, reason, contractorId }));
    return redirect(paths.run(run.id), "再印刷の準備を始めました。");
  },
});

async function reprintPage(
  { work, platform }: ScreenRequest,
  values: Values | undefined,
  errors: Record<string, string>,
) {
  const today = platform.clock.today();
  const contractors = (await work(listContractors)).filter((one) => isUnderContract(one, today));
  return page({
    title: "予防接種 再印刷",
    breadcrumb: [{ title: "一括発送", path: paths.runs }, { title: "再印刷" }],
    status: values ? 422 : 200,
    content: (
      <>
        <PageTitle>再印刷</PageTitle>
        <Form action={paths.reprints} values={values} errors={errors}>
          <FieldGroup title="再印刷するもの">
            <TextArea
              name="numbers"
              label="券番号"
              required
              rows={6}
              hint="一行に一つ、またはコンマや空白で区切って入力します。同じ番号で印刷されます。"
            />
            <SelectField
              name="reason"
              label="理由"
              required
              empty="選んでください"
              options={Object.entries(reprintReasons).map(([value, label]) => ({ value, label }))}
            />
            <ContractorField contractors={contractors} />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">準備を始める</Button>
            <ButtonLink href={paths.runs} look="quiet">
              やめる
            </ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
