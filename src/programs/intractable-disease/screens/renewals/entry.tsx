import { randomUUID } from "node:crypto";
import { OpeningRefused, openApplication } from "#src/platform/applications/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  Button,
  DateField,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  ProtectedBanner,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { intractable } from "../../application.ts";
import { findInvited, recipientNumberOf } from "../../renewals/standings.ts";
import { day, paths, program, seasonTitle } from "./parts.tsx";

const guard = { right: "case.enter", program, purpose: "counter" } as const;

/** Applications for renewal by number: read the code of 更新申請書, look, Enter; and the next. */
export const entryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: paths.entry,
    audit: "intractable-renewal.entry-opened",
    handle: async (request) => scanPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: paths.entry,
    audit: "intractable-renewal.sought",
    async handle(request) {
      const { form, work, platform } = request;
      const number = recipientNumberOf(form.text("number"));
      if (!number) return scanPage(request, "受給者番号は7桁の数字です。読み取り直してください。");
      const found = await work((unit) => findInvited(unit, number));
      if (!found)
        return scanPage(
          request,
          "この受給者番号の方は、受付中の更新の期の対象ではありません。住民の画面から、新規の申請として受け付けてください。",
        );
      const today = platform.clock.today();
      if (today < found.opensOn)
        return scanPage(
          request,
          `更新の申請は、${day(found.opensOn)}から受け付けます。まだ始まっていません。`,
        );
      return receivePage(request, number, {
        receivedOn: readDate(form.text("receivedOn")) ?? today,
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${paths.entry}/receive`,
    audit: "intractable-renewal.received",
    async handle(request) {
      const { form, work } = request;
      const number = recipientNumberOf(form.text("number"));
      const receivedOn = readDate(form.text("receivedOn"));
      if (!number) return scanPage(request, "受給者番号を読み取り直してください。");
      try {
        if (!receivedOn)
          throw new EntryProblem("receivedOn", "受付日を入力してください。例: R9.6.20");
        const opened = await work(async (unit) => {
          const found = await findInvited(unit, number);
          if (!found) throw new EntryProblem("number", "更新の期の対象ではなくなりました。");
          if (receivedOn < found.opensOn || receivedOn > found.endsOn)
            throw new EntryProblem(
              "receivedOn",
              `更新の申請は、${day(found.opensOn)}から${day(found.endsOn)}までに受け付けたものです。`,
            );
          return openApplication(unit, intractable, {
            personNumber: found.personNumber,
            receivedOn,
            idempotencyKey: form.text("key"),
          });
        });
        return redirect(
          `${paths.entry}?receivedOn=${receivedOn}`,
          `更新の申請 ${opened.number} を受け付けました。次の受給者番号を読み取ってください。`,
        );
      } catch (error) {
        if (error instanceof OpeningRefused)
          return receivePage(request, number, {
            receivedOn: receivedOn ?? request.platform.clock.today(),
            refused: error,
          });
        if (!(error instanceof EntryProblem)) throw error;
        return receivePage(request, number, {
          receivedOn: receivedOn ?? request.platform.clock.today(),
          errors: error.errors,
        });
      }
    },
  }),
];

function scanPage({ platform, form, query }: ScreenRequest, wrong?: string) {
  const before = query.text("receivedOn");
  const receivedOn = (readDate(before) ?? platform.clock.today()) as IsoDate;
  return page({
    title: "更新の受付",
    status: wrong ? 422 : 200,
    breadcrumb: [{ title: "更新", path: paths.seasons }, { title: "受付" }],
    content: (
      <>
        <PageTitle>更新の受付</PageTitle>
        <Panel title="受給者番号を読み取る">
          <Form
            action={paths.entry}
            class="form stacked"
            keys="search"
            focusFirst
            values={wrong ? form : undefined}
            errors={wrong ? { number: wrong } : {}}
          >
            <TextField
              name="number"
              autofocus
              label="受給者番号"
              required
              width={8}
              hint="更新申請書のバーコードを読み取るか、7桁の数字を入力してEnterを押します。"
            />
            <DateField
              name="receivedOn"
              label="受付日"
              required
              value={showDateShort(receivedOn)}
              hint="続けて受け付ける間は、前に入力した日のままです。"
            />
            <Button>開く</Button>
          </Form>
        </Panel>
      </>
    ),
  });
}

async function receivePage(
  { work, platform }: ScreenRequest,
  number: string,
  given: { receivedOn: IsoDate; errors?: Record<string, string>; refused?: OpeningRefused },
) {
  const { found, person } = await work(async (unit) => {
    const found = await findInvited(unit, number);
    return {
      found,
      person: found && (await lookAtPerson(unit, found.personNumber, ["facts", "name"])),
    };
  });
  const { errors, refused } = given;
  return page({
    title: "更新の受付",
    status: refused ? refused.status : errors ? 422 : 200,
    breadcrumb: [
      { title: "更新", path: paths.seasons },
      { title: "受付", path: paths.entry },
      { title: number },
    ],
    content: (
      <>
        <PageTitle>{`更新の受付 ${number}`}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        {refused?.obstacles.map(({ code, reason, advice, see }) => (
          <Notification key={code} tone="warning" title={reason}>
            <p>
              {advice} {see && <a href={see.path}>{see.title}</a>}
            </p>
          </Notification>
        ))}
        <Panel title="受付">
          <DefinitionList
            items={[
              ["氏名・年齢", <PersonLink key="person" person={person} platform={platform} />],
              ["期", found ? seasonTitle(found) : "―"],
            ]}
          />
          {!refused && (
            <Form
              action={`${paths.entry}/receive`}
              class="form stacked"
              keys="search"
              focusFirst
              errors={errors ?? {}}
            >
              <input type="hidden" name="number" value={number} />
              <input type="hidden" name="key" value={randomUUID()} />
              <DateField
                name="receivedOn"
                label="受付日"
                required
                value={showDateShort(given.receivedOn)}
              />
              <Button autofocus>更新の申請を受け付ける</Button>
            </Form>
          )}
          {refused && <a href={paths.entry}>次の受給者番号を読み取る</a>}
        </Panel>
      </>
    ),
  });
}
