import { holdsForAll } from "#src/platform/access/actor.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import {
  decideSetting,
  type PaymentSetting,
  proposeSetting,
  settingSchema,
  settingsOf,
} from "#src/platform/payments/index.ts";
import type { FieldErrors } from "../components/index.ts";
import {
  Actions,
  Button,
  Checkbox,
  DateField,
  FieldGroup,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "../components/index.ts";
import { readDate, showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day } from "./parts.tsx";
import type { Payments } from "./set.ts";
import { DecisionBadge, daysInWords, settingPage } from "./setting-page.tsx";

const title = "支払の設定";
export const settingChoices = {
  accountType: [
    { value: "1", label: "普通" },
    { value: "2", label: "当座" },
    { value: "9", label: "その他" },
  ],
  clearingHouse: [
    { value: "zeros", label: "0000" },
    { value: "spaces", label: "空白" },
  ],
  category: [
    { value: "7", label: "7（テレ振込）" },
    { value: "8", label: "8（文書振込）" },
    { value: "0", label: "0（使わない）" },
    { value: "space", label: "空白（使わない）" },
  ],
  whenClosed: [
    { value: "after", label: "翌営業日" },
    { value: "before", label: "前営業日" },
  ],
} as const;

/** How a 事務 pays: proposed by one, looked at as a calendar and approved by another. */
export const settingScreens = (of: Payments): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.settings,
    audit: "payment-settings.listed",
    handle: (request) => settingsPage(of, request, {}),
  }),
  defineRoute({
    ...of.reading,
    right: "payment.prepare",
    method: "post",
    path: of.paths.settings,
    audit: "payment-setting.sent",
    async handle(request) {
      const { form, work } = request;
      const parsed = settingSchema.safeParse({
        validFrom: readDate(form.text("validFrom")) ?? "",
        originatorCode: half(form.text("originatorCode")),
        originatorName: form.text("originatorName"),
        bankCode: half(form.text("bankCode")),
        branchCode: half(form.text("branchCode")),
        accountType: form.text("accountType"),
        accountNumber: half(form.text("accountNumber")),
        clearingHouse: form.text("clearingHouse"),
        category: form.text("category"),
        lineEnds: form.has("lineEnds"),
        closingDay: half(form.text("closingDay")),
        payMonths: half(form.text("payMonths")),
        payDay: half(form.text("payDay")),
        whenClosed: form.text("whenClosed"),
        leadDays: half(form.text("leadDays")),
        source: form.text("source"),
      });
      if (!parsed.success) return settingsPage(of, request, errorsOf(parsed.error));
      await work((unit) => proposeSetting(unit, of.program, parsed.data));
      return redirect(
        of.paths.settings,
        "起案しました。別の決裁者が予定を確かめて承認すると、使われます。",
      );
    },
  }),
  settingPage(of),
  defineRoute({
    ...of.reading,
    right: "payment.approve",
    purpose: "approval",
    method: "post",
    path: `${of.paths.settings}/:number/decision` as const,
    audit: "payment-setting.decision-sent",
    async handle({ params, form, work }) {
      const event = form.pressed(["approve", "refuse"]);
      await work((unit) =>
        decideSetting(unit, numberOf(params.number), event === "approve" ? "approved" : "refused"),
      );
      return redirect(of.paths.settings, event === "approve" ? "承認しました。" : "却下しました。");
    },
  }),
];

const half = (text: string) => text.normalize("NFKC");

async function settingsPage(of: Payments, request: ScreenRequest, errors: FieldErrors) {
  const { work, form, actor } = request;
  const rows = await work((unit) => settingsOf(unit, of.program));
  const [latest] = rows;
  return page({
    title: `${of.title} ${title}`,
    breadcrumb: [{ title: "支払", path: of.paths.runs }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title={`設定 ${rows.length}件`}>
          <Table
            caption={title}
            href={(row) => of.paths.setting(row.id)}
            columns={[
              { title: "適用する日", cell: (row) => day(row.validFrom), nowrap: true },
              { title: "委託者", cell: (row) => `${row.originatorCode} ${row.originatorName}` },
              {
                title: "振込元",
                cell: (row) =>
                  `${row.bankCode}-${row.branchCode} ****${row.accountNumber.slice(-3)}`,
                nowrap: true,
              },
              { title: "締日と支払日", cell: daysInWords },
              { title: "根拠", cell: (row) => row.source ?? "―" },
              { title: "決裁", cell: (row) => <DecisionBadge row={row} /> },
              { title: "起案", cell: (row) => showMoment(row.proposedAt), nowrap: true },
            ]}
            rows={rows}
            empty="支払の設定はまだありません。"
          />
        </Panel>
        {holdsForAll(actor, "payment.prepare", of.program) && (
          <Panel title="設定を起案する">
            <Form
              action={of.paths.settings}
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <Fields latest={latest} />
              <Actions>
                <Button shortcut="Ctrl+Enter">起案する</Button>
              </Actions>
            </Form>
          </Panel>
        )}
      </>
    ),
  });
}

function Fields({ latest }: { latest: PaymentSetting | undefined }) {
  return (
    <>
      <FieldRow>
        <DateField name="validFrom" label="適用する日" required />
        <TextField
          name="source"
          label="根拠"
          required
          hint="例: ○○銀行との協定（令和8年4月1日）、会計規則第○条"
        />
      </FieldRow>
      <FieldGroup title="委託者と振込元の口座">
        <FieldRow>
          <NumberField
            name="originatorCode"
            label="委託者コード（10桁）"
            required
            value={latest?.originatorCode}
          />
          <TextField
            name="originatorName"
            label="委託者名（カナ）"
            required
            value={latest?.originatorName}
          />
        </FieldRow>
        <FieldRow>
          <NumberField
            check="bank"
            name="bankCode"
            label="金融機関コード"
            width={8}
            required
            value={latest?.bankCode}
          />
          <NumberField
            name="branchCode"
            label="店番（3桁）"
            width={4}
            required
            value={latest?.branchCode}
          />
          <SelectField
            name="accountType"
            label="預金種目"
            value={latest?.accountType ?? "1"}
            options={[...settingChoices.accountType]}
          />
          <NumberField
            name="accountNumber"
            label="口座番号（7桁）"
            required
            value={latest?.accountNumber}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title="銀行の取決め">
        <FieldRow>
          <SelectField
            name="clearingHouse"
            label="手形交換所番号"
            value={latest?.clearingHouse ?? "zeros"}
            options={[...settingChoices.clearingHouse]}
          />
          <SelectField
            name="category"
            label="振込指定区分"
            value={latest?.category ?? "7"}
            options={[...settingChoices.category]}
          />
          <NumberField
            name="leadDays"
            label="振込指定日までの営業日"
            width={4}
            required
            value={String(latest?.leadDays ?? 2)}
          />
        </FieldRow>
        <Checkbox
          name="lineEnds"
          label="レコードの後に改行を付ける"
          checked={latest?.lineEnds ?? true}
        />
      </FieldGroup>
      <FieldGroup title="締日と支払日">
        <FieldRow>
          <NumberField
            name="closingDay"
            label="締日"
            width={4}
            required
            value={String(latest?.closingDay ?? 31)}
            hint="31は末日"
          />
          <NumberField
            name="payMonths"
            label="支払月（締めた月から）"
            width={4}
            required
            value={String(latest?.payMonths ?? 1)}
          />
          <NumberField
            name="payDay"
            label="支払日"
            width={4}
            required
            value={String(latest?.payDay ?? 15)}
            hint="31は末日"
          />
          <SelectField
            name="whenClosed"
            label="銀行の休業日のとき"
            value={latest?.whenClosed ?? "after"}
            options={[...settingChoices.whenClosed]}
          />
        </FieldRow>
      </FieldGroup>
    </>
  );
}
