import {
  type Bundling,
  createRun,
  isUnderContract,
  listContractors,
  mayBundle,
  nameEncloser,
  type RunAlike,
  runsAlike,
} from "#src/platform/mailings/index.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
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
import {
  ContractorField,
  EncloserField,
  readPrinting,
} from "#src/web/mailings/contractor-field.tsx";
import { mailingPaths } from "#src/web/mailings/index.ts";
import { bundlingTitles } from "#src/web/mailings/parts.tsx";
import { RunsAlike } from "#src/web/mailings/repeats.tsx";
import { idOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { extractionNumber, getExtraction, useExtraction } from "../../targets/extractions.ts";
import { mailingOrder } from "../../targets/order.ts";
import { paths } from "../paths.ts";

const path = `${paths.targets}/:id/mailing` as const;
const common = {
  path,
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;
const runs = mailingPaths("vaccination");
const bundlings = Object.keys(bundlingTitles) as Bundling[];

/** 委託先への発送: an extraction becomes a run. */
export const targetMailingScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    audit: "nothing-personal",
    because: "a form about an extraction, nobody in particular",
    handle: (request) => orderPage(request),
  }),
  defineRoute({
    ...common,
    method: "post",
    audit: "targets.mailing-asked",
    async handle(request) {
      const { form, work, params, platform } = request;
      try {
        const { run, errors, alike } = await work(async (unit) => {
          const errors: Record<string, string> = {};
          const extraction = await getExtraction(unit, idOf(params.id));
          const { kind, title, parameters } = await mailingOrder(unit, extraction);
          const printing = readPrinting(form, errors, platform.clock.today());
          const encloser = form.integer("encloser");
          if (printing && encloser === printing.contractorId)
            errors.encloser = "印刷の委託先と別の委託先を選んでください。";
          if (!printing || Object.keys(errors).length > 0) return { errors };
          const bundling = form.choice("bundling", bundlings) ?? "none";
          const repeatReason = form.text("repeatReason");
          const order = { kind: kind.id, title, parameters, bundling, repeatReason, ...printing };
          const alike = await runsAlike(unit, order);
          if (alike.length > 0 && repeatReason === "") {
            if (form.has("repeatReason")) errors.repeatReason = "理由を書いてください。";
            return { errors, alike };
          }
          const run = await createRun(unit, order);
          if (encloser) await nameEncloser(unit, run, encloser);
          await useExtraction(unit, extraction.id);
          return { run, errors };
        });
        if (run) return redirect(runs.run(run.id), "発送の準備を始めました。");
        return orderPage(request, { event: "order", form, errors }, alike);
      } catch (error) {
        return orderPage(request, sentWith("order", form, error));
      }
    },
  }),
];

async function orderPage(
  { work, params, platform }: Pick<ScreenRequest<typeof path>, "work" | "params" | "platform">,
  sent?: Sent,
  alike: readonly RunAlike[] = [],
): Promise<Reply> {
  const today = platform.clock.today();
  const { one, bundles, contractors } = await work(async (unit) => {
    const one = await getExtraction(unit, idOf(params.id));
    const { kind } = await mailingOrder(unit, one);
    const contractors = await listContractors(unit);
    return {
      one,
      bundles: mayBundle(kind as never),
      contractors: contractors.filter((each) => isUnderContract(each, today)),
    };
  });
  return page({
    title: `予防接種 対象者の抽出 ${extractionNumber(one)} 発送`,
    breadcrumb: [
      { title: "対象者抽出", path: paths.targets },
      { title: extractionNumber(one), path: paths.target(one.id) },
      { title: "発送" },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{`${extractionNumber(one)}の発送を始める`}</PageTitle>
        <SentNote />
        {contractors.length === 0 && (
          <Notification tone="warning" title="契約期間中の委託先がありません。">
            制度担当者に、委託先と公開鍵の登録を頼んでください。
          </Notification>
        )}
        <OrderForm id={one.id} bundles={bundles} contractors={contractors} alike={alike} />
      </SentContext.Provider>
    ),
  });
}

function OrderForm(props: {
  id: string;
  bundles: boolean;
  contractors: Awaited<ReturnType<typeof listContractors>>;
  alike: readonly RunAlike[];
}) {
  const { id, bundles, contractors, alike } = props;
  const { values, errors } = useSent("order");
  return (
    <Form
      action={`${paths.target(id)}/mailing`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      {alike.length > 0 && (
        <Notification tone="warning" title="同じ対象の一括発送があります。まだ何も始めていません。">
          <RunsAlike paths={runs} runs={alike} />
          <TextArea
            name="repeatReason"
            label="それでも始める理由"
            required
            rows={2}
            hint="承認する人の画面に出ます。"
          />
        </Notification>
      )}
      <FieldGroup title="どこで、いつまでに印刷するか">
        <ContractorField contractors={contractors} />
        {contractors.length > 1 && <EncloserField contractors={contractors} />}
        <DateField name="printBy" label="印刷期限" required />
        <DateField name="sendOn" label="発送予定日" required />
        {bundles && (
          <RadioGroup
            name="bundling"
            label="封筒"
            value="none"
            options={choicesOf(bundlingTitles)}
            hint="まとめるときは、宛名用紙を1枚付けます。支援措置の方は、ほかの方とまとめません。"
          />
        )}
      </FieldGroup>
      <Actions>
        <Button>発送の準備を始める</Button>
        <ButtonLink href={paths.target(id)} look="quiet">
          やめる
        </ButtonLink>
      </Actions>
    </Form>
  );
}
