import {
  type Bundling,
  createRun,
  isUnderContract,
  listContractors,
  mailingKind,
  mayBundle,
  nameEncloser,
  type RunAlike,
  runsAlike,
} from "#src/platform/mailings/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  FieldGroup,
  Form,
  Notification,
  PageTitle,
  RadioGroup,
  TextArea,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { ContractorField, EncloserField, readPrinting } from "./contractor-field.tsx";
import { bundlingTitles } from "./parts.tsx";
import { RunsAlike } from "./repeats.tsx";
import type { Mailings, OrderPage } from "./set.ts";

const bundlings = Object.keys(bundlingTitles) as Bundling[];

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
          const { run, alike } = await work(async (unit) => {
            const entered = await order.read(form, errors, { today, work: unit });
            const common = readCommon(form, errors, today);
            if (common && form.integer("encloser") === common.contractorId)
              errors.encloser = "印刷の委託先と別の委託先を選んでください。";
            if (!entered || !common || Object.keys(errors).length > 0) return {};
            const whole = { kind: order.kind.id, ...common, ...entered };
            const alike = await runsAlike(unit, whole);
            if (alike.length > 0 && !common.repeatReason) {
              if (form.has("repeatReason")) errors.repeatReason = "理由を書いてください。";
              return { alike };
            }
            const run = await createRun(unit, whole);
            const encloser = form.integer("encloser");
            if (encloser) await nameEncloser(unit, run, encloser);
            return { run };
          });
          return run
            ? redirect(of.paths.run(run.id), "対象者の抽出を始めました。")
            : orderReply(of, order, request, { values: form, errors, alike });
        },
      }),
    ];
  });

/** What every order says beside its own: who prints, by when, in which envelopes, and why once more. */
function readCommon(form: Values, errors: Record<string, string>, today: IsoDate) {
  const printing = readPrinting(form, errors, today);
  const bundling = form.choice("bundling", bundlings) ?? "none";
  return printing && { ...printing, bundling, repeatReason: form.text("repeatReason") };
}

async function orderReply(
  { title, paths }: Mailings,
  order: OrderPage,
  { work, platform }: ScreenRequest,
  {
    values,
    errors = {},
    alike = [],
  }: {
    values?: Values;
    errors?: Record<string, string>;
    alike?: readonly RunAlike[] | undefined;
  } = {},
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
          {alike.length > 0 && (
            <Notification
              tone="warning"
              title="同じ対象の一括発送があります。まだ何も始めていません。"
            >
              <RunsAlike paths={paths} runs={alike} />
              <TextArea
                name="repeatReason"
                label="それでも始める理由"
                required
                rows={2}
                hint="承認する人の画面に出ます。"
              />
            </Notification>
          )}
          <order.Fields today={today} />
          <FieldGroup title="どこで、いつまでに印刷するか">
            <ContractorField contractors={contractors} />
            {contractors.length > 1 && <EncloserField contractors={contractors} />}
            <DateField name="printBy" label="印刷期限" required />
            <DateField name="sendOn" label="発送予定日" required />
            {mayBundle(mailingKind(order.kind.id)) && (
              <RadioGroup
                name="bundling"
                label="封筒"
                value="none"
                options={choicesOf(bundlingTitles)}
                hint="まとめるときは、宛名用紙を1枚付け、用紙に封筒の番号と何枚目かを印字します。支援措置の方は、ほかの方とまとめません。"
              />
            )}
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
