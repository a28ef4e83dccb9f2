import { holds } from "#src/platform/access/index.ts";
import { requestCopy, requireCopyable } from "#src/platform/documents/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  TextArea,
} from "../components/index.ts";
import { readDate } from "../dates.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { copiesPath } from "./paths.ts";
import { type Copies, type CopySource, copyGuard, formatTitles, sourceOf } from "./source.ts";

const shortestReason = 5;
const longestReason = 500;
/** In days. */
const longestKept = 366;

/** Asks for a copy of what is chosen on the screen, with the reason. */
export function requestScreens(copies: Copies): AnyRoute[] {
  const { program } = copies;
  const path = `${copiesPath(program)}/new` as const;
  const guard = { ...copyGuard(copies, "asks"), path };
  return [
    defineRoute({
      ...guard,
      method: "get",
      audit: "list-copy.request-opened",
      handle: (request) => requestReply(copies, request, request.query),
    }),
    defineRoute({
      ...guard,
      method: "post",
      audit: "list-copy.request-sent",
      async handle(request) {
        const { form, work, actor, platform } = request;
        const source = askedSource(copies, actor, form);
        const format = form.choice("format", ["csv", "print"]);
        const reason = form.text("reason");
        const errors: Record<string, string> = {};
        if (!format) errors.format = "写しの種類を選んでください。";
        if (reason.length < shortestReason)
          errors.reason = `何に使うかが分かる理由を${shortestReason}文字以上で入力してください。`;
        if (reason.length > longestReason) errors.reason = `理由は${longestReason}文字までです。`;
        const until = readDate(form.text("erase-by"));
        const today = platform.clock.today();
        if (!until || until < today || until > addDays(today, longestKept))
          errors["erase-by"] = "今日から1年以内の日付を入力してください。例: R8.11.30";
        if (!format || !until || Object.keys(errors).length > 0)
          return requestReply(copies, request, form, errors);
        await work(async (unit) => {
          const filter = { ...(await source.kept(unit, form)) };
          const lines = await source.count(unit, filter);
          requireCopyable(lines, source.most);
          const { title } = source;
          const words = await source.describe(unit, filter);
          await requestCopy(unit, {
            program,
            format,
            filter,
            lines,
            reason,
            title,
            words: words || "すべて",
            eraseBy: until,
          });
        });
        return redirect(
          copiesPath(program),
          "写しを申請しました。ほかの職員が承認すると受け取れます。",
        );
      },
    }),
  ];
}

/** What is to be copied. @throws Problem 403 where the person may not see it */
function askedSource(copies: Copies, actor: ScreenRequest["actor"], values: Values): CopySource {
  const source = sourceOf(copies, values.text("of"));
  if (!holds(actor, source.right, copies)) {
    throw new Problem({
      status: 403,
      message: `${source.title}を見る権限がないため、写しは申請できません。`,
    });
  }
  return source;
}

/** @param errors of the form that was sent, whose values then come with it */
async function requestReply(
  copies: Copies,
  { work, actor }: Pick<ScreenRequest, "work" | "actor">,
  values: Values,
  errors?: Record<string, string>,
): Promise<Reply> {
  const source = askedSource(copies, actor, values);
  const { choice, lines, words } = await work(async (unit) => {
    const choice = await source.kept(unit, values);
    return {
      choice,
      lines: await source.count(unit, choice),
      words: await source.describe(unit, choice),
    };
  });
  const heading = `${copies.title} 写しの申請`;
  return page({
    title: heading,
    status: errors ? 422 : 200,
    breadcrumb: [{ title: source.title, path: source.path(choice) }, { title: "写しの申請" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Panel title="写しにする一覧">
          <DefinitionList
            items={[
              ["条件", words || "すべて"],
              ["今の件数", `${lines.toLocaleString("ja-JP")}件`],
              ["載るもの", source.holds],
            ]}
          />
        </Panel>
        <Form action={`${copiesPath(copies.program)}/new`} {...(errors && { values, errors })}>
          {Object.entries(choice).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <RadioGroup
            name="format"
            label="写しの種類"
            required
            value="print"
            options={[
              { value: "print", label: formatTitles.print },
              { value: "csv", label: formatTitles.csv },
            ]}
          />
          <DateField
            name="erase-by"
            label="廃棄の期限"
            required
            hint="この日までに裁断・消去し、写しの記録に入力します。"
          />
          <TextArea
            name="reason"
            label="理由"
            required
            rows={2}
            hint="何に使うか。写しの記録に残ります。個人の氏名は書かないでください。"
          />
          <Actions>
            <Button shortcut="Ctrl+Enter">申請する</Button>
            <ButtonLink href={source.path(choice)}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
