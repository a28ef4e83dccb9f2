import { holds } from "#src/platform/access/actor.ts";
import {
  decideAdjustmentReason,
  enterAdjustmentReason,
  listAdjustmentReasons,
} from "#src/platform/receipts/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { channelTitles, type ReceiptChannel } from "#workflows/receipts/decisions.ts";
import {
  Badge,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import { numberOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";

const path = "/receipts/reasons";
const title = "過誤・再審査の事由";
const shared = { purpose: "administration", program: "receipts" } as const;

/** 申立事由コード of each channel, dated: entered by one person, approved by another. */
export const reasonScreens = [
  defineRoute({
    ...shared,
    method: "get",
    path,
    right: "feed.read",
    audit: "receipt-reasons.listed",
    handle: (request) => reasonsPage(request, {}),
  }),
  defineRoute({
    ...shared,
    method: "post",
    path,
    right: "feed.import",
    audit: "receipt-reason.sent",
    async handle(request) {
      const { form, work } = request;
      const channel = form.choice("channel", Object.keys(channelTitles) as ReceiptChannel[]);
      const code = form.text("code").normalize("NFKC").toUpperCase();
      const from = readDate(form.text("from"));
      const errors: Record<string, string> = {};
      if (!channel) errors.channel = "どこへの申立てかを選んでください。";
      if (!/^[0-9A-Z]{1,8}$/.test(code)) errors.code = "コードは数字と英大文字8桁までです。";
      if (form.text("title") === "") errors.title = "事由を入力してください。";
      if (form.text("title").length > 100) errors.title = "100字までで入力してください。";
      if (!from) errors.from = "いつからかを入力してください。";
      if (!channel || !from || Object.keys(errors).length > 0) return reasonsPage(request, errors);
      await work((unit) =>
        enterAdjustmentReason(unit, { channel, code, title: form.text("title"), from }),
      );
      return redirect(path, "事由を入力しました。別の職員の承認を待っています。");
    },
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/reasons/:id/decision",
    right: "feed.commit",
    audit: "receipt-reason.decision-sent",
    async handle({ params, form, work }) {
      const approve = form.pressed(["approve", "refuse"]) === "approve";
      await work((unit) => decideAdjustmentReason(unit, { id: numberOf(params.id), approve }));
      return redirect(path, approve ? "承認しました。" : "差し戻しました。");
    },
  }),
];

async function reasonsPage({ actor, work, form }: ScreenRequest, errors: Record<string, string>) {
  const reasons = await work(listAdjustmentReasons);
  const mayDecide = holds(actor, "feed.commit", { program: "receipts" });
  return page({
    title,
    breadcrumb: [{ title: "レセプト", path: "/receipts" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {holds(actor, "feed.import", { program: "receipts" }) && (
          <Panel title="事由を加える">
            <Form
              action={path}
              class="form stacked"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FieldRow>
                <SelectField
                  name="channel"
                  label="申立先"
                  required
                  empty="選んでください"
                  options={choicesOf(channelTitles)}
                />
                <TextField name="code" label="コード" required width={8} />
                <TextField name="title" label="事由" required width={30} />
                <DateField name="from" label="いつから" required />
              </FieldRow>
              <Button>加える</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`事由 ${reasons.length}件`}>
          <Table
            caption="事由"
            rows={reasons}
            empty="まだ事由がありません。審査支払機関の手引にあるコードを加えてください。"
            columns={[
              { title: "申立先", cell: (one) => channelTitles[one.channel], nowrap: true },
              { title: "コード", cell: (one) => one.code, nowrap: true },
              { title: "事由", cell: (one) => one.title },
              {
                title: "期間",
                cell: (one) =>
                  `${showDateShort(one.validFrom as IsoDate)}〜${one.validTo ? showDateShort(one.validTo as IsoDate) : ""}`,
                nowrap: true,
              },
              {
                title: "状態",
                cell: (one) =>
                  one.decision === "approved" ? (
                    <Badge tone="success">承認済み</Badge>
                  ) : mayDecide && one.askedBy !== actor.staffId ? (
                    <Form action={`${path}/${one.id}/decision`} class="inline-form">
                      <Button name="event" value="approve">
                        承認する
                      </Button>
                      <Button name="event" value="refuse" look="secondary">
                        差し戻す
                      </Button>
                    </Form>
                  ) : (
                    <Badge tone="warning">承認待ち</Badge>
                  ),
              },
            ]}
          />
        </Panel>
      </>
    ),
  });
}
