import { holds } from "#src/platform/access/actor.ts";
import { type Account, accountPart } from "#src/platform/entry-parts/index.ts";
import { codesOf, errorsOf } from "#src/platform/intake/index.ts";
import {
  accountSourceTitles,
  accountsOf,
  enterAccount,
  openRepaymentsOf,
  outstandingOf,
  payableNumber,
  payablesOfPerson,
  repaymentNumber,
} from "#src/platform/payments/index.ts";
import { lookAtPerson, type Person } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { accountFault, transferAccountOf } from "#workflows/money/japan-post-account.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote, sentWith } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  Disclosure,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  RadioGroup,
  Table,
  TextField,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { AccountFields, readPart } from "../entry-parts/index.ts";
import { PersonCell } from "../person-cell.tsx";
import { personOfPath, personPath } from "../person-path.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { PersonPanel } from "../screens.ts";
import { AccountBadge } from "./accounts.tsx";
import { day, PayableBadge, RepaymentBadge, rowsAPage } from "./parts.tsx";
import type { Payments } from "./set.ts";

const sources = { counter: accountSourceTitles.counter, public: accountSourceTitles.public };

/** The payments of one person: accounts with their history, what was owed and paid, what is owed back. */
export const personScreens = (of: Payments): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `/${of.program}/payments/people/:person` as const,
    audit: "payments-of-person.opened",
    handle: (request) => personPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "payment-account.handle",
    method: "post",
    path: `/${of.program}/payments/people/:person` as const,
    audit: "payment-account.entry-sent",
    async handle(request) {
      const { params, form, work, platform } = request;
      const personNumber = personOfPath(platform, params.person);
      const entered = accountEntered(form);
      if ("errors" in entered)
        return personPage(of, request, { event: "account", form, errors: entered.errors });
      try {
        await work((unit) =>
          enterAccount(unit, {
            program: of.program,
            personNumber,
            account: entered.account,
            source: form.choice("source", codesOf(sources)) ?? "counter",
          }),
        );
      } catch (error) {
        return personPage(of, request, sentWith("account", form, error));
      }
      return redirect(
        of.paths.person(params.person),
        "口座を登録しました。別の職員が確認すると、支払に使えます。",
      );
    },
  }),
];

/** An account as it was typed; 記号 and 番号 of ゆうちょ銀行 take the place of branch and number. Mistakes by field. */
function accountEntered(
  form: ScreenRequest["form"],
): { account: Account } | { errors: Record<string, string> } {
  const symbol = form.text("symbol");
  const postNumber = form.text("postNumber");
  const ofPost = symbol !== "" || postNumber !== "";
  const found = ofPost ? transferAccountOf(symbol, postNumber) : undefined;
  if (ofPost && !found) {
    const { field, message } = accountFault(symbol);
    return { errors: { [field === "symbol" ? "symbol" : "postNumber"]: message } };
  }
  const typed = readPart(form, accountPart);
  const parsed = accountPart.schema.safeParse(
    found
      ? {
          ...typed,
          bankCode: found.bankCode,
          branchCode: found.branchCode,
          kind: found.accountType === "1" ? "ordinary" : "current",
          number: found.accountNumber,
        }
      : typed,
  );
  if (parsed.success) return { account: parsed.data };
  return {
    errors: Object.fromEntries(
      Object.entries(errorsOf(parsed.error)).map(([name, message]) => [
        `${accountPart.name}.${name}`,
        message,
      ]),
    ),
  };
}

async function personPage(of: Payments, request: ScreenRequest<`${string}:person`>, sent?: Sent) {
  const { params, query, work, platform, actor } = request;
  const personNumber = personOfPath(platform, params.person);
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const person = await lookAtPerson(unit, personNumber, ["facts", "name"]);
    if (!person) throw notFound();
    return {
      person,
      accounts: await accountsOf(unit, personNumber, of.program),
      payables: await payablesOfPerson(unit, personNumber, {
        from: (at - 1) * rowsAPage,
        size: rowsAPage,
        program: of.program,
      }),
      repayments: await openRepaymentsOf(unit, of.program, personNumber),
    };
  });
  const handles = holds(actor, "payment-account.handle", { program: of.program });
  return page({
    title: `${of.title} 支払`,
    breadcrumb: [{ title: "支払", path: of.paths.runs }, { title: "一人の支払" }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={<ButtonLink href={personPath(platform, personNumber)}>住民の画面</ButtonLink>}
        >
          一人の支払
        </PageTitle>
        <SentNote />
        <p>
          <PersonCell person={found.person} today={platform.clock.today()} />
        </p>
        <Columns wide="first">
          <Panel title="振込先口座">
            <Table
              caption="振込先口座"
              columns={[
                { title: "登録", cell: (row) => showMoment(row.recordedAt), nowrap: true },
                { title: "元", cell: (row) => accountSourceTitles[row.source] },
                {
                  title: "使う期間",
                  cell: (row) => `${day(row.validFrom)}～${row.validTo ? day(row.validTo) : ""}`,
                  nowrap: true,
                },
                { title: "状態", cell: (row) => <AccountBadge state={row.state} />, nowrap: true },
              ]}
              rows={found.accounts}
              {...(handles && { href: ({ id }: { id: string }) => of.paths.account(id) })}
              empty="口座の登録はありません。"
            />
          </Panel>
          {handles && <AccountForm action={of.paths.person(params.person)} sent={sent} />}
        </Columns>
        <Panel title={`支払 ${found.payables.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="支払"
            columns={[
              { title: "支払番号", cell: payableNumber, nowrap: true },
              { title: "決裁", cell: (row) => day(row.owedOn), nowrap: true },
              { title: "支払額", cell: (row) => yen(row.amount), align: "end", nowrap: true },
              { title: "状態", cell: (row) => <PayableBadge state={row.state} />, nowrap: true },
              { title: "支払日", cell: (row) => day(row.paidOn), nowrap: true },
            ]}
            rows={found.payables.rows}
            href={({ id }) => of.paths.payable(id)}
            empty="支払はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(found.payables.total / rowsAPage)}
            href={(next) => `${of.paths.person(params.person)}?page=${next}`}
          />
        </Panel>
        {found.repayments.length > 0 && (
          <Panel title="返還金">
            <Table
              caption="返還金"
              columns={[
                { title: "番号", cell: repaymentNumber, nowrap: true },
                { title: "未納額", cell: (row) => yen(outstandingOf(row)), align: "end" },
                { title: "納期限", cell: (row) => day(row.dueOn), nowrap: true },
                { title: "状態", cell: (row) => <RepaymentBadge state={row.state} /> },
              ]}
              rows={found.repayments}
              href={({ id }) => of.paths.repayment(id)}
            />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}

function AccountForm({ action, sent }: { action: string; sent: Sent | undefined }) {
  const own = sent?.event === "account" ? sent : undefined;
  return (
    <Panel title="口座を登録する">
      <Form action={action} values={own?.form} errors={own?.errors}>
        <RadioGroup
          name="source"
          label="元"
          required
          value="counter"
          options={[
            { value: "counter", label: "窓口での申出" },
            { value: "public", label: "公金受取口座の照会" },
          ]}
        />
        <AccountFields known={{}} />
        <Disclosure
          title="ゆうちょ銀行の記号・番号で入力する"
          open={own?.form.text("symbol") !== undefined && own.form.text("symbol") !== ""}
        >
          <p>記号と番号を入力すると、店番・種類・口座番号は通帳の記号・番号から求めます。</p>
          <FieldRow>
            <TextField name="symbol" label="記号" width={8} inputMode="numeric" />
            <TextField name="postNumber" label="番号" width={12} inputMode="numeric" />
          </FieldRow>
        </Disclosure>
        <Actions>
          <Button shortcut="Ctrl+Enter">登録する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}

/** What the page of a person shows of payments. */
export async function paymentPanels(
  work: Work,
  { personNumber }: Person,
  of: Payments,
): Promise<PersonPanel[]> {
  if (!holds(work.actor, "payment.read", { program: of.program })) return [];
  const latest = await payablesOfPerson(work, personNumber, {
    from: 0,
    size: 5,
    program: of.program,
  });
  const [account] = await accountsOf(work, personNumber, of.program);
  const owedBack = await openRepaymentsOf(work, of.program, personNumber);
  const handles = holds(work.actor, "payment-account.handle", { program: of.program });
  if (!account && latest.total === 0 && owedBack.length === 0 && !handles) return [];
  const path = of.paths.person(personPath(work.platform, personNumber).slice("/people/".length));
  return [
    {
      title: `${of.title} 支払`,
      order: 45,
      empty: !account && latest.total === 0 && owedBack.length === 0,
      content: (
        <>
          <p>
            振込先口座　
            {account ? <AccountBadge state={account.state} /> : "登録なし"}
            {owedBack.length > 0 && (
              <>
                　返還金　
                {yen(owedBack.reduce((sum, row) => sum + outstandingOf(row), 0))}
              </>
            )}
          </p>
          {latest.rows.length > 0 && (
            <Table
              caption={`${of.title} 支払`}
              columns={[
                { title: "支払番号", cell: payableNumber, nowrap: true },
                { title: "支払額", cell: (row) => yen(row.amount), align: "end", nowrap: true },
                { title: "状態", cell: (row) => <PayableBadge state={row.state} />, nowrap: true },
              ]}
              rows={latest.rows}
              href={({ id }) => of.paths.payable(id)}
            />
          )}
          <ButtonLink href={path}>支払と口座</ButtonLink>
        </>
      ),
    },
  ];
}
