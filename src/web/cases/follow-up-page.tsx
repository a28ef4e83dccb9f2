import { and, eq, ne } from "drizzle-orm";
import { benefit, institution, receipt } from "#db/schema/receipts.ts";
import { repayment } from "#db/schema/repayments.ts";
import { holds } from "#src/platform/access/index.ts";
import {
  type FollowUp,
  followUpActions,
  followUpTitles,
  metFollowUps,
  moveFollowUp,
  readFollowUp,
} from "#src/platform/entitlements/index.ts";
import { proposeRepayment } from "#src/platform/payments/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type DropReason, dropReasons, followUpV1 } from "#workflows/cases/follow-up.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  DefinitionList,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  TextArea,
  TextField,
} from "../components/index.ts";
import { readDate, showDate } from "../dates.ts";
import { idOf } from "../params.ts";
import { paymentPaths } from "../payments/set.ts";
import { personPath } from "../person-path.ts";
import { showMonth } from "../receipts/words.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { FollowUpState } from "./consequences-panel.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { casePath, followUpPath, followUpsPath } from "./paths.ts";
import { type Sent, SentContext, sentWith } from "./sent.tsx";

const types = Object.keys(followUpV1.events) as (keyof typeof followUpV1.events)[];
type Request = Pick<ScreenRequest, "work" | "platform" | "actor">;

/** One of what is to be done: what it is about, the ways to do it, and its steps. */
export const followUpScreen = (screens: AnyCaseScreens): AnyRoute[] => {
  const { program } = screens.application;
  const path = `${followUpsPath(program)}/:followUp` as const;
  const common = { program, purpose: "approval" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path,
      right: "case.read",
      audit: "follow-up.opened",
      handle: (request) => followUpPage(screens, request, idOf(request.params.followUp)),
    }),
    ...types.map((type) =>
      defineRoute({
        ...common,
        method: "post",
        path: `${path}/${type}` as const,
        right: followUpV1.events[type].right,
        audit: `follow-up.${type}-asked`,
        async handle(request) {
          const { params, form, work } = request;
          const id = idOf(params.followUp);
          const reason = form.choice("reason", Object.keys(dropReasons) as DropReason[]);
          const seen = form.integer("revision") ?? 0;
          try {
            await work((unit) => moveFollowUp(unit, { id, seen, type, reason }));
          } catch (error) {
            return followUpPage(screens, request, id, sentWith(type, form, error));
          }
          return redirect(
            followUpPath(program, id),
            `「${followUpV1.events[type].title}」を記録しました。`,
          );
        },
      }),
    ),
    defineRoute({
      ...common,
      method: "post",
      path: `${path}/repayment` as const,
      right: "repayment.prepare",
      audit: "repayment.propose-asked",
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.followUp);
        try {
          const repayment = await work((unit) => askBack(unit, id, form));
          return redirect(
            paymentPaths(program).repayment(repayment),
            "返還金を起案しました。別の職員の承認を待っています。",
          );
        } catch (error) {
          return followUpPage(screens, request, id, sentWith("repayment", form, error));
        }
      },
    }),
  ];
};

/** Proposes that the person pays back what was paid on the old basis. */
async function askBack(work: Work, id: string, form: ScreenRequest["form"]): Promise<string> {
  const row = await readFollowUp(work, id);
  const dueOn = readDate(form.text("dueOn"));
  if (!dueOn) throw new EntryProblem("dueOn", "納期限を入力してください。例: R8.12.25");
  const amount = form.integer("amount") ?? 0;
  if (row.amount !== null && amount > row.amount)
    throw new EntryProblem("amount", `${yen(row.amount)}までの額を入力してください。`);
  return proposeRepayment(work, {
    program: row.program,
    sourceKind: "follow-up",
    sourceId: row.id,
    caseId: row.caseId,
    personNumber: row.personNumber,
    cause: "after-loss",
    amount,
    dueOn,
    comment: form.text("comment"),
  });
}

async function followUpPage(
  screens: AnyCaseScreens,
  { work, platform, actor }: Request,
  id: string,
  sent?: Sent,
): Promise<Reply> {
  const { program, title } = screens.application;
  const { row, person, met, actions, about, repayments } = await work(async (unit) => {
    const found = await readFollowUp(unit, id);
    const done = (await metFollowUps(unit, [id])).has(id);
    return {
      row: found,
      person: await lookAtPerson(unit, found.personNumber, ["facts", "name"]),
      met: done,
      actions: followUpActions(unit, found, done),
      about: await aboutOf(unit, found),
      repayments: await unit.tx
        .select({ id: repayment.id })
        .from(repayment)
        .where(
          and(
            eq(repayment.sourceKind, "follow-up"),
            eq(repayment.sourceId, id),
            ne(repayment.state, "refused"),
          ),
        ),
    };
  });
  const back = holds(actor, "repayment.prepare", { program, office: row.officeCode });
  const money = row.kind === "recover" || row.kind === "check-payment";
  return page({
    title: `${title} ${followUpTitles[row.kind]}`,
    status: sent?.problem?.status ?? 200,
    breadcrumb: [
      { title: "遡及に伴う処理", path: followUpsPath(program) },
      { title: followUpTitles[row.kind] },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<FollowUpState {...row} />}>{followUpTitles[row.kind]}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <Panel title="内容">
          <DefinitionList
            columns={2}
            items={[
              [
                "対象の方",
                person ? (
                  <a href={personPath(platform, row.personNumber as PersonNumber)}>
                    {person.addressMasked ? "（氏名は非表示）" : shownName(person)}
                  </a>
                ) : (
                  "―"
                ),
              ],
              [
                "もとになった決裁",
                <a key="case" href={casePath({ program, id: row.caseId })}>
                  {`${showDate(row.openedOn as IsoDate)}の決裁を開く`}
                </a>,
              ],
              ["診療年月", showMonth(row.treatmentMonth)],
              ["額", row.amount === null ? "―" : yen(row.amount)],
              ...about.items,
              ...(row.partly
                ? [["注意", "月の一部の日だけ資格があります。診療日を確かめてください。"] as const]
                : []),
              ["処理", met ? "済んでいます" : "まだ済んでいません"],
            ]}
          />
          <Actions>
            {about.links.map(({ href, label }) => (
              <ButtonLink key={href} href={href}>
                {label}
              </ButtonLink>
            ))}
            {repayments.map((one) => (
              <ButtonLink key={one.id} href={paymentPaths(program).repayment(one.id)}>
                起案した返還金を開く
              </ButtonLink>
            ))}
          </Actions>
        </Panel>
        {money && back && row.state === "open" && !met && repayments.length === 0 && (
          <Panel title="本人に返還を求める">
            <Form
              action={`${followUpPath(program, id)}/repayment`}
              class="form stacked"
              values={sent?.event === "repayment" ? sent.form : undefined}
              errors={sent?.event === "repayment" ? sent.errors : undefined}
            >
              <TextField
                name="amount"
                label="返還を求める額（円）"
                required
                width={12}
                value={String(row.amount ?? "")}
              />
              <DateField
                name="dueOn"
                label="納期限"
                required
                value={formatWarekiShort(addDays(platform.clock.today(), 30))}
              />
              <TextArea
                name="comment"
                label="理由"
                required
                value={`資格のない月（${showMonth(row.treatmentMonth)}）に助成したため。`}
              />
              <Button>返還金を起案する</Button>
            </Form>
          </Panel>
        )}
        {row.settledOn === null && <Steps {...{ program, row, actions, sent }} />}
      </SentContext.Provider>
    ),
  });
}

function Steps(props: {
  program: string;
  row: FollowUp;
  actions: ReturnType<typeof followUpActions>;
  sent: Sent | undefined;
}) {
  const { program, row, actions, sent } = props;
  return (
    <Panel title="記録">
      {actions.map(({ type, title, reasons }) =>
        reasons.length > 0 ? (
          <DisabledAction key={type} reasons={reasons}>
            {title}
          </DisabledAction>
        ) : (
          <Form
            key={type}
            action={`${followUpPath(program, row.id)}/${type}`}
            class="form stacked"
            values={sent?.event === type ? sent.form : undefined}
            errors={sent?.event === type ? sent.errors : undefined}
          >
            <input type="hidden" name="revision" value={row.revision} />
            {type === "ask-drop" && (
              <SelectField
                name="reason"
                label="処理しない理由"
                required
                empty="選んでください"
                options={choicesOf(dropReasons)}
              />
            )}
            <Button look={type === "settle" || type === "drop" ? "primary" : "secondary"}>
              {title}
            </Button>
          </Form>
        ),
      )}
    </Panel>
  );
}

/** What it is about, and where it is done. */
async function aboutOf(work: Work, row: FollowUp) {
  const none: readonly (readonly [string, string])[] = [];
  if (row.benefitId !== null) {
    const [found] = await work.tx
      .select({ name: institution.name })
      .from(benefit)
      .innerJoin(institution, eq(institution.code, benefit.institution))
      .where(eq(benefit.id, row.benefitId));
    return {
      items: [["医療機関", found?.name ?? "―"] as const],
      links: [
        { href: `/receipts/benefits/${row.benefitId}`, label: "給付を開いて過誤を申し立てる" },
      ],
    };
  }
  if (row.receiptFile !== null && row.receiptRow !== null) {
    const [found] = await work.tx
      .select({ code: receipt.institution })
      .from(receipt)
      .where(and(eq(receipt.fileId, row.receiptFile), eq(receipt.row, row.receiptRow)));
    return {
      items: found?.code ? [["医療機関コード", found.code] as const] : none,
      links: [
        {
          href: `/receipts/files/${row.receiptFile}/receipts/${row.receiptRow}`,
          label: "レセプトを開く",
        },
      ],
    };
  }
  if (row.payableId !== null)
    return {
      items: none,
      links: [{ href: paymentPaths(row.program).payable(row.payableId), label: "支払を開く" }],
    };
  return {
    items: none,
    links: [{ href: casePath({ program: row.program, id: row.caseId }), label: "届出を開く" }],
  };
}
