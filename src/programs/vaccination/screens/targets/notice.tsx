import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  choicesOf,
  DefinitionList,
  EmptyState,
  type FieldErrors,
  Form,
  Notification,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  TimeLine,
} from "#src/web/components/index.ts";
import { showDate, showMoment } from "#src/web/dates.ts";
import { PaperWords } from "#src/web/paper-words.tsx";
import { personPath } from "#src/web/person-path.ts";
import { inlinePdf, page, type Reply } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type ReprintReason, reprintReasons } from "../../coupons.ts";
import { isReprintable, notReprintable } from "../../targets/notice-reprints.ts";
import { getNotice, type Notice, noticeTitles } from "../../targets/notices.ts";
import { reprintNoticeInOffice } from "../../targets/office-notices.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { couponEventTitles, couponReasonTitle } from "../coupon-words.ts";
import { paths } from "../paths.ts";

const common = { program: "vaccination", purpose: "counter" } as const;
const path = "/vaccination/notices/:number" as const;
const reasonCodes = Object.keys(reprintReasons) as ReprintReason[];

/** A letter or reminder with its history; printed again here. */
export const noticeScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    path,
    right: "person.read",
    audit: "notice.opened",
    handle: (request) => noticeReply(request, {}),
  }),
  defineRoute({
    ...common,
    method: "post",
    path: `${path}/reprint`,
    right: "document.print",
    audit: "notice.reprint-asked",
    async handle(request) {
      const { params, form, work } = request;
      const reason = form.choice("reason", reasonCodes);
      if (!reason) return noticeReply(request, { reason: "理由を選んでください。" });
      const pdf = await work((unit) => reprintNoticeInOffice(unit, params.number, reason));
      return inlinePdf(`notice-${params.number}.pdf`, pdf);
    },
  }),
];

async function noticeReply(
  { params, work, platform, actor }: ScreenRequest<"/:number">,
  errors: FieldErrors,
): Promise<Reply> {
  const { notice, events, person } = await work(async (unit) => {
    const found = await getNotice(unit, params.number);
    const person = await lookAtPerson(unit, found.notice.personNumber, ["name"]);
    return { ...found, person };
  });
  const { number, personNumber } = notice;
  const title = noticeTitles[notice.output];
  const prints = holds(actor, "document.print", { program: "vaccination" });
  return page({
    title: `予防接種 ${title} ${number}`,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [{ title }, { title: number }],
    content: (
      <>
        <PageTitle badge={<StateBadge notice={notice} />}>
          {title} {number}
          <span class="title-note">{subjectTitle(notice.subject)}</span>
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <Columns wide="first">
          <div>
            <Panel title="内容">
              <DefinitionList
                items={[
                  ["氏名", <a href={personPath(platform, personNumber)}>{person?.name?.kanji}</a>],
                  ["予防接種・回", subjectTitle(notice.subject)],
                  ...contentOf(notice),
                  ["送った日", showDate(notice.issuedOn as IsoDate)],
                  [
                    "印刷回数",
                    `${1 + events.filter(({ event }) => event === "reprinted").length} 回`,
                  ],
                ]}
              />
            </Panel>
            {prints && <Reprint notice={notice} errors={errors} />}
          </div>
          <Panel title="発行の後の履歴">
            {events.length === 0 ? (
              <EmptyState>まだ何もありません。</EmptyState>
            ) : (
              <TimeLine
                label="発行の後の履歴"
                entries={events.toReversed().map(({ at, event, reason, staffName }) => ({
                  at: showMoment(at),
                  who: staffName,
                  what: couponEventTitles[event],
                  ...(reason ? { detail: couponReasonTitle(reason) } : {}),
                }))}
              />
            )}
          </Panel>
        </Columns>
      </>
    ),
  });
}

const StateBadge = ({ notice }: { notice: Notice }) =>
  notice.state === "sent" ? <Badge tone="success">発行</Badge> : <Badge>取下げ</Badge>;

/** What stood on it, where that is known. */
const contentOf = ({ usableFrom, usableTo, templateVersion, formSettingId }: Notice) =>
  usableFrom && usableTo && templateVersion
    ? ([
        [
          "接種できる期間",
          `${showDate(usableFrom as IsoDate)} から ${showDate(usableTo as IsoDate)}`,
        ],
        [
          "様式・設定",
          <PaperWords paper={{ template: templateVersion, setting: formSettingId }} />,
        ],
      ] as const)
    : [];

function Reprint({ notice, errors }: { notice: Notice; errors: FieldErrors }) {
  if (!isReprintable(notice))
    return (
      <Notification tone="info" title="再印刷できません。">
        {notReprintable}
      </Notification>
    );
  return (
    <Panel title="再印刷">
      <Form action={`${paths.notice(notice.number)}/reprint`} keys="search" errors={errors}>
        <SelectField
          name="reason"
          label="理由"
          required
          empty="選んでください"
          options={choicesOf(reprintReasons)}
          hint="同じ番号、送ったときの内容で印刷し、回数と理由を記録します。"
        />
        <Actions>
          <Button>この場で再印刷する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
