import { EntryProblem } from "#src/platform/problem.ts";
import {
  countFlags,
  type Flag,
  flagReasons,
  liftReasons,
  listFlags,
  moveFlag,
  setFlag,
} from "#src/platform/provision/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import {
  Actions,
  Button,
  choicesOf,
  DisabledAction,
  type FieldErrors,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";

const guard = { right: "provision.release", purpose: "inquiry" } as const;
export const flagsTitle = "自動応答不可";
const path = "/answer-flags";
const perPage = 50;
type FlagReason = keyof typeof flagReasons;
type LiftReason = keyof typeof liftReasons;

/** 自動応答不可 (PRV-2): set by one person, lifted by two. */
export const flagScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    audit: "answer-flags.listed",
    handle: (request) => flagsPage(request, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path,
    audit: "answer-flag.set-sent",
    async handle(request) {
      const { form, work } = request;
      const person = form.text("person").normalize("NFKC");
      const reason = form.choice("reason", Object.keys(flagReasons) as FlagReason[]);
      const errors: Record<string, string> = {};
      if (!isPersonNumber(person)) errors.person = "統合宛名番号を正しく入力してください。";
      if (!reason) errors.reason = "理由を選んでください。";
      if (!reason || errors.person) return flagsPage(request, errors);
      try {
        await work((unit) => setFlag(unit, person, reason));
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return flagsPage(request, error.errors);
      }
      return redirect(path, "自動応答不可にしました。");
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${path}/:number/step`,
    audit: "answer-flag.step-sent",
    async handle(request) {
      const { form, params, work } = request;
      const how = form.pressed(["ask", "lift", "keep"]);
      const reason = form.choice("lift", Object.keys(liftReasons) as LiftReason[]) ?? null;
      if (how === "ask" && !reason) return flagsPage(request, { "": "解く理由を選んでください。" });
      await work((unit) => moveFlag(unit, numberOf(params.number), how, reason));
      return redirect(
        path,
        {
          ask: "解くことを起案しました。ほかの職員の承認を待ちます。",
          lift: "自動応答不可を解きました。",
          keep: "自動応答不可のままにしました。",
        }[how],
      );
    },
  }),
];

async function flagsPage({ work, form, query, actor }: ScreenRequest, errors: FieldErrors) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total } = await work(async (unit) => ({
    rows: await listFlags(unit, { page: at, size: perPage }),
    total: await countFlags(unit),
  }));
  return page({
    title: flagsTitle,
    breadcrumb: [{ title: flagsTitle }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{flagsTitle}</PageTitle>
        <Panel title="自動応答不可にする">
          <Form
            action={path}
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <NumberField name="person" label="統合宛名番号" required check="person-number" />
              <SelectField
                name="reason"
                label="理由"
                required
                empty="選んでください"
                options={choicesOf(flagReasons)}
              />
            </FieldRow>
            <Actions>
              <Button shortcut="Ctrl+Enter">設定する</Button>
            </Actions>
          </Form>
        </Panel>
        <Panel title={`自動応答不可の方 ${total.toLocaleString("ja-JP")}人`}>
          <p>支援措置の方と、その世帯の方は、ここになくても自動では答えません。</p>
          <Table
            caption={flagsTitle}
            columns={[
              { title: "宛名番号", cell: ({ personNumber }: Flag) => personNumber, nowrap: true },
              { title: "理由", cell: ({ reason }) => flagReasons[reason] },
              { title: "設定", cell: ({ setter, setAt }) => `${setter} ${showMoment(setAt)}` },
              {
                title: "解く手続き",
                cell: (row) => <Lift of={row} own={row.liftAskedBy === actor.staffId} />,
              },
            ]}
            rows={rows}
            empty="設定した方はいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `${path}?page=${number}`}
          />
        </Panel>
      </>
    ),
  });
}

/** Asks for the flag to be lifted; whoever did not ask lifts it or keeps it. */
function Lift({ of, own }: { of: Flag; own: boolean }) {
  const action = `${path}/${of.id}/step`;
  if (of.liftReason === null)
    return (
      <Form action={action} keys="search" class="inline-buttons">
        <select name="lift" aria-label={`解く理由（${of.personNumber}）`}>
          <option value="">解く理由</option>
          {choicesOf(liftReasons).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <Button name="event" value="ask" look="secondary">
          解くことを起案する
        </Button>
      </Form>
    );
  return (
    <>
      {liftReasons[of.liftReason]}
      <span class="cell-note">
        {of.liftAsker} {of.liftAskedAt && showMoment(of.liftAskedAt)}
      </span>
      {own && <DisabledAction reasons={["自分が起案したものは解けません。"]}>解く</DisabledAction>}
      <Form action={action} keys="search" class="inline-buttons">
        {!own && (
          <Button
            name="event"
            value="lift"
            look="danger"
            confirm="自動応答不可を解きます。よろしいですか。"
          >
            解く
          </Button>
        )}
        <Button name="event" value="keep" look="secondary">
          このままにする
        </Button>
      </Form>
    </>
  );
}
