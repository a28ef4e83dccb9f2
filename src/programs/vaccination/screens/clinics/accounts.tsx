import { accountPart } from "#src/platform/entry-parts/index.ts";
import { codesOf, errorsOf } from "#src/platform/intake/index.ts";
import { accountInWords } from "#src/platform/payments/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import {
  Columns,
  choicesOf,
  DefinitionList,
  PageTitle,
  Panel,
  SelectField,
} from "#src/web/components/index.ts";
import { readDate, showMoment } from "#src/web/dates.ts";
import { readPart } from "#src/web/entry-parts/index.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import {
  type ClinicAccount,
  clinicAccountActions,
  clinicAccountSteps,
  enterClinicAccount,
  moveClinicAccount,
  readClinicAccount,
} from "../../clinics/accounts.ts";
import { getBody } from "../../clinics/bodies.ts";
import { getClinic } from "../../clinics/register.ts";
import { accountClosings, accountEvidence } from "../../clinics/words.ts";
import { bodyPage } from "./bodies.tsx";
import { clinicPage } from "./page.tsx";
import { bodyOfPath, ClinicAccountBadge, codeOfPath, day, guard } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const payments = { ...guard, purpose: "payment", right: "payment-account.handle" } as const;
const entered = "口座を入力しました。別の職員が書類と照らし合わせて確認するまで、使いません。";

/** 振込先口座 of clinics and associations: entered by one, compared with the paper by another. */
export const clinicAccountScreens: readonly AnyRoute[] = [
  defineRoute({
    ...payments,
    method: "post",
    path: `${clinicPaths.list}/:code/accounts` as const,
    audit: "clinic.account-asked",
    async handle(request) {
      const code = codeOfPath(request.params.code);
      try {
        await request.work(async (unit) => {
          await getClinic(unit, code);
          await enter(unit, code, request.form);
        });
      } catch (error) {
        return clinicPage(request, sentWith("account", request.form, error), "accounts");
      }
      return redirect(`${clinicPaths.clinic(code)}?tab=accounts`, entered);
    },
  }),
  defineRoute({
    ...payments,
    method: "post",
    path: `${clinicPaths.bodies}/:code/accounts` as const,
    audit: "clinic.account-asked",
    async handle(request) {
      const code = bodyOfPath(request.params.code);
      try {
        await request.work(async (unit) => {
          await getBody(unit, code);
          await enter(unit, code, request.form);
        });
      } catch (error) {
        return bodyPage(request, sentWith("account", request.form, error));
      }
      return redirect(clinicPaths.body(code), entered);
    },
  }),
  defineRoute({
    ...payments,
    method: "get",
    path: `${clinicPaths.list}/accounts/:id` as const,
    audit: "clinic.account-opened",
    handle: (request) => accountPage(request),
  }),
  ...clinicAccountSteps.map((type) =>
    defineRoute({
      ...payments,
      method: "post",
      path: `${clinicPaths.list}/accounts/:id/${type}` as const,
      audit: `clinic.account-${type}-asked`,
      async handle(request) {
        const { params, form, work } = request;
        let row: ClinicAccount;
        try {
          row = await work((unit) =>
            moveClinicAccount(unit, idOf(params.id), type, {
              evidence: form.choice("evidence", codesOf(accountEvidence)) ?? null,
              closedFor: form.choice("closedFor", codesOf(accountClosings)) ?? null,
            }),
          );
        } catch (error) {
          return accountPage(request, sentWith(type, form, error));
        }
        return redirect(
          payeePath(row.payee),
          {
            confirm: "口座を確認しました。",
            refuse: "この口座は使いません。",
            withdraw: "口座の入力を取り下げました。",
            close: "口座の使用をやめました。",
          }[type],
        );
      },
    }),
  ),
];

const payeePath = (payee: string) =>
  payee.startsWith("D")
    ? clinicPaths.body(payee)
    : (`${clinicPaths.clinic(payee)}?tab=accounts` as const);

async function enter(unit: Work, payee: string, form: Values): Promise<void> {
  const parsed = accountPart.schema.safeParse(readPart(form, accountPart));
  const from = readDate(form.text("accountFrom"));
  const errors = {
    ...(parsed.success
      ? {}
      : Object.fromEntries(
          Object.entries(errorsOf(parsed.error)).map(([field, message]) => [
            `account.${field}`,
            message,
          ]),
        )),
    ...(from ? {} : { accountFrom: "使い始める日を入力してください。例: R8.12.1" }),
  };
  const [first, ...others] = Object.entries(errors);
  if (first) throw new EntryProblem(...first, Object.fromEntries(others));
  if (!parsed.success || !from) throw new Error("an account was read");
  try {
    await enterClinicAccount(unit, payee, { account: parsed.data, from });
  } catch (error) {
    if (error instanceof EntryProblem && error.field === "from")
      throw new EntryProblem("accountFrom", error.message);
    throw error;
  }
}

async function accountPage(request: ScreenRequest<`${string}:id`>, sent?: Sent): Promise<Reply> {
  const { params, work } = request;
  const id = idOf(params.id);
  const { row, account, name, actions } = await work(async (unit) => {
    const found = await readClinicAccount(unit, id);
    const { payee } = found.row;
    return {
      ...found,
      name: (payee.startsWith("D") ? await getBody(unit, payee) : await getClinic(unit, payee))
        .name,
      actions: clinicAccountActions(unit, found.row),
    };
  });
  return page({
    title: "予防接種 医療機関の振込先口座",
    breadcrumb: [
      { title: "医療機関台帳", path: clinicPaths.list },
      { title: row.payee, path: payeePath(row.payee) },
      { title: "振込先口座" },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<ClinicAccountBadge state={row.state} />}>振込先口座</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="入力された口座">
            <DefinitionList
              items={[
                ["支払先", `${row.payee} ${name}`],
                ["金融機関・口座", accountInWords(account, "whole")],
                ["金融機関コード・店番", `${account.bankCode}-${account.branchCode}`],
                ["口座名義", account.holderKana],
                ["使い始める日", day(row.validFrom)],
                ["使い終わる日", day(row.validTo)],
                ["入力", showMoment(row.enteredAt)],
                ["照らし合わせた書類", row.evidence ? accountEvidence[row.evidence] : "―"],
                ["終了の理由", row.closedFor ? accountClosings[row.closedFor] : "―"],
              ]}
            />
          </Panel>
          {actions.length > 0 && (
            <Panel title="次の操作">
              {actions.map(({ type, title, reasons }) => (
                <StepForm
                  key={type}
                  action={`${clinicPaths.account(id)}/${type}`}
                  revision={1}
                  type={type}
                  title={title}
                  reasons={reasons}
                  aside={type !== "confirm"}
                  confirm={
                    type === "confirm"
                      ? undefined
                      : `「${title}」を行います。元に戻せません。よろしいですか。`
                  }
                >
                  {type === "confirm" && (
                    <SelectField
                      name="evidence"
                      label="照らし合わせた書類"
                      required
                      empty="選んでください"
                      options={choicesOf(accountEvidence)}
                    />
                  )}
                  {type === "close" && (
                    <SelectField
                      name="closedFor"
                      label="理由"
                      required
                      empty="選んでください"
                      options={choicesOf(accountClosings)}
                    />
                  )}
                </StepForm>
              ))}
            </Panel>
          )}
        </Columns>
      </SentContext.Provider>
    ),
  });
}
