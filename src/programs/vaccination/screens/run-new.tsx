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
  CheckboxGroup,
  FieldGroup,
  Form,
  Notification,
  PageTitle,
  RadioGroup,
  SelectField,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CouponOrder } from "#workflows/mailings/coupons-due.ts";
import { periodLabel, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { couponMailing } from "../coupon-mailing.ts";
import { couponVaccines } from "../vaccines.ts";
import { paths } from "./parts.tsx";

const scopes = [
  { value: "new", label: "この月に新しく対象になる人（転入した人を含む）" },
  { value: "all", label: "この月に受けられる人で、まだ送っていない人すべて" },
] as const;

/** 令和8年12月 */
const monthTitle = (first: IsoDate) => formatWareki(first).replace(/\d+日$/, "");

/** This month and the four after it. */
const monthsFrom = (today: IsoDate): IsoDate[] =>
  [0, 1, 2, 3, 4].map((ahead) => addMonths(`${today.slice(0, 7)}-01` as IsoDate, ahead));

const common = {
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;

/** 新しい一括発送: month, vaccines, contractor. */
export const newRunForm = defineRoute({
  ...common,
  method: "get",
  path: paths.newRun,
  audit: "nothing-personal",
  because: "a form with nothing in it yet",
  handle: (request) => newRunPage(request, undefined, {}),
});

export const newRunEntry = defineRoute({
  ...common,
  method: "post",
  path: paths.newRun,
  audit: "mailing.started",
  async handle(request) {
    const { form, work, platform } = request;
    const errors: Record<string, string> = {};
    const months = monthsFrom(platform.clock.today());
    const month = months.find((one) => one.slice(0, 7) === form.text("month"));
    if (!month) errors.month = "対象月を選んでください。";
    const chosen = new Set(form.all("vaccines"));
    const vaccines = couponVaccines.filter((id) => chosen.has(id));
    if (vaccines.length === 0) errors.vaccines = "予防接種を一つ以上選んでください。";
    const scope = form.choice("scope", ["new", "all"]);
    if (!scope) errors.scope = "対象者の範囲を選んでください。";
    const contractorId = form.integer("contractor");
    if (!contractorId) errors.contractor = "委託先を選んでください。";
    if (!month || vaccines.length === 0 || !scope || !contractorId)
      return newRunPage(request, form, errors);
    const parameters: CouponOrder = {
      month: month.slice(0, 7) as CouponOrder["month"],
      vaccines,
      scope,
    };
    const title = `予防接種券 ${monthTitle(month)}分`;
    const run = await work((unit) =>
      createRun(unit, { kind: couponMailing.id, title, parameters, contractorId }),
    );
    return redirect(paths.run(run.id), "対象者の抽出を始めました。");
  },
});

async function newRunPage(
  { work, platform }: ScreenRequest,
  values: Values | undefined,
  errors: Record<string, string>,
) {
  const today = platform.clock.today();
  const contractors = (await work(listContractors)).filter((one) => isUnderContract(one, today));
  return page({
    title: "予防接種 新しい一括発送",
    breadcrumb: [{ title: "一括発送", path: paths.runs }, { title: "新しい一括発送" }],
    status: values ? 422 : 200,
    content: (
      <>
        <PageTitle>新しい一括発送</PageTitle>
        {contractors.length === 0 && (
          <Notification tone="warning" title="契約期間中の委託先がありません。">
            制度担当者に、委託先と公開鍵の登録を頼んでください。
          </Notification>
        )}
        <Form action={paths.newRun} values={values} errors={errors}>
          <FieldGroup title="だれに送るか">
            <SelectField
              name="month"
              label="対象月"
              required
              value={monthsFrom(today)[1]?.slice(0, 7) ?? ""}
              options={monthsFrom(today).map((first) => ({
                value: first.slice(0, 7),
                label: monthTitle(first),
              }))}
            />
            <RadioGroup name="scope" label="対象者の範囲" required value="new" options={scopes} />
            <CheckboxGroup
              name="vaccines"
              label="予防接種"
              required
              values={couponVaccines}
              hint="ロタウイルスは1価と5価の一方だけを送ります。始めた方を続け、これから始める人には先に並ぶ方を送ります。"
              options={couponVaccines.map((id) => ({
                value: id,
                label: [vaccineLabel(id), periodLabel(id)].filter(Boolean).join(" "),
              }))}
            />
          </FieldGroup>
          <FieldGroup title="どこで印刷するか">
            <ContractorField contractors={contractors} />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">対象者を抽出する</Button>
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
export function ContractorField({ contractors }: { contractors: readonly Contractor[] }) {
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
