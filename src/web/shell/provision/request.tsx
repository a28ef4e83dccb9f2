import {
  allItems,
  askedRulesInForce,
  entitlementItems,
  type Provided,
  type ProvisionRule,
  previewOf,
  provide,
  provisionItems,
  refusalTitles,
} from "#src/platform/provision/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import {
  Actions,
  Button,
  CheckboxGroup,
  choicesOf,
  type FieldErrors,
  Form,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
} from "../../components/index.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { Values } from "../../values.ts";
import { handOut } from "./hand-out.tsx";
import { itemsInWords, Lines, wayTitles } from "./parts.tsx";

/** What may be asked for here of one person. */
const askedItems = { ...provisionItems, ...entitlementItems };
const all = Object.keys(askedItems) as (keyof typeof askedItems)[];
const guard = { right: "provision.request", purpose: "inquiry" } as const;
export const requestTitle = "情報を提供する";
const path = "/provisions/new";

/** A provision by hand: asked, seen before it goes, and handed out. */
export const requestScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    audit: "provision.form-opened",
    handle: (request) => formPage(request, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path,
    audit: "provision.previewed",
    async handle(request) {
      const { form, work } = request;
      const rules = await work(askedRulesInForce);
      const { rule, items, person, errors } = readAsked(form, rules);
      if (!rule || Object.keys(errors).length > 0) return formPage(request, errors);
      const ofRegister = allItems.filter((item) => items.includes(item));
      const lines = await work((unit) => previewOf(unit, person, ofRegister));
      if (!lines) return formPage(request, { person: "この番号の方は見つかりません。" });
      return page({
        title: "提供する内容の確認",
        breadcrumb: [{ title: requestTitle, path }, { title: "内容の確認" }],
        content: (
          <>
            <PageTitle>提供する内容の確認</PageTitle>
            <p class="lead">
              {rule.recipient}（{rule.work}）に、{rule.legalBasis}により、{wayTitles[rule.way]}
              で提供します。
            </p>
            <Panel title={`宛名番号 ${person}`}>
              <Lines lines={lines} />
              {items.length > ofRegister.length && (
                <p>
                  資格情報（
                  {itemsInWords(items.filter((item) => item in entitlementItems))}
                  ）は、提供するときに取り出します。
                </p>
              )}
            </Panel>
            <Form action="/provisions/made" class="form">
              <input type="hidden" name="person" value={person} />
              <input type="hidden" name="rule" value={rule.id} />
              {items.map((item) => (
                <input key={item} type="hidden" name="items" value={item} />
              ))}
              <Actions>
                <Button shortcut="Ctrl+Enter">提供する</Button>
              </Actions>
            </Form>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/provisions/made",
    audit: "provision.asked",
    async handle(request) {
      const { form, work } = request;
      const rules = await work(askedRulesInForce);
      const { rule, items, person, errors } = readAsked(form, rules);
      if (!rule || Object.keys(errors).length > 0) return formPage(request, errors);
      const given = await work((unit) =>
        provide(unit, { recipient: rule.recipient, basis: rule.legalBasis, person, items }),
      );
      return answer(request, given, rules);
    },
  }),
];

function answer(request: ScreenRequest, given: Provided, rules: readonly ProvisionRule[]) {
  if (given.outcome === "waiting")
    return redirect("/provisions", {
      tone: "warning",
      text: `自動応答不可の方です。第${given.request}号として、ほかの職員の解除を待ちます。`,
    });
  if (given.outcome === "refused")
    return redirect("/provisions", {
      tone: "error",
      text: `提供できません（${refusalTitles[given.refusal]}）。第${given.request}号として記録しました。`,
    });
  return handOut(request, given, rules);
}

/** What is asked, as far as the form says it rightly. */
function readAsked(form: Values, rules: readonly ProvisionRule[]) {
  const rule = rules.find(({ id }) => id === form.integer("rule"));
  const sent = form.all("items");
  const person = form.text("person").normalize("NFKC");
  const items = all.filter((item) => rule?.items.includes(item) && sent.includes(item));
  const errors: Record<string, string> = {};
  if (!rule) errors.rule = "提供先と根拠を選んでください。";
  if (!isPersonNumber(person)) errors.person = "統合宛名番号を正しく入力してください。";
  if (rule && (items.length === 0 || items.length < new Set(sent).size))
    errors.items = `この提供先に提供できる項目は「${itemsInWords(rule.items)}」です。その中から選んでください。`;
  return { rule, items, person, errors };
}

async function formPage({ work, form }: ScreenRequest, errors: FieldErrors) {
  const rules = await work(askedRulesInForce);
  return page({
    title: requestTitle,
    breadcrumb: [{ title: requestTitle }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{requestTitle}</PageTitle>
        <Form
          action={path}
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
          focusFirst
        >
          <SelectField
            name="rule"
            label="提供先と根拠"
            required
            empty="選んでください"
            options={rules.map((one) => ({
              value: String(one.id),
              label: `${one.recipient}／${one.legalBasis}（${itemsInWords(one.items)}）`,
            }))}
          />
          <NumberField name="person" label="統合宛名番号" required check="person-number" />
          <CheckboxGroup
            name="items"
            label="提供する項目"
            required
            options={choicesOf(askedItems)}
          />
          <Actions>
            <Button shortcut="Ctrl+Enter">内容を確認する</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}
