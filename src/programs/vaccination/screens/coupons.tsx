import { eq } from "drizzle-orm";
import { coupon } from "#db/schema/vaccination.ts";
import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DefinitionList,
  type FieldErrors,
  Form,
  NumberField,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  TimeLine,
} from "#src/web/components/index.ts";
import { showDate, showMoment } from "#src/web/dates.ts";
import { PaperWords } from "#src/web/paper-words.tsx";
import { personPath } from "#src/web/person-path.ts";
import { inlinePdf, moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { NumberHit } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import {
  type CancelReason,
  type Coupon,
  cancelCoupon,
  cancelReasons,
  getCoupon,
  type ReprintReason,
  readCouponNumber,
  reprintReasons,
} from "../coupons.ts";
import { reprintInOffice } from "../office-coupons.ts";
import { couponEventTitles, couponReasonTitle } from "./coupon-words.ts";
import { paths } from "./paths.ts";

const common = { program: "vaccination", purpose: "counter" } as const;

const couponName = ({ vaccine, label }: Pick<Coupon, "vaccine" | "label">) =>
  `${vaccineLabel(vaccine as VaccineId)} ${label}`;

/** The coupon with a number that was typed into the search, for whoever may open its page. */
export async function numberHits(work: Work, typed: string): Promise<NumberHit[]> {
  const number = readCouponNumber(typed);
  if (!number || !holds(work.actor, "person.read", { program: "vaccination" })) return [];
  const [found] = await work.tx
    .select({ number: coupon.number })
    .from(coupon)
    .where(eq(coupon.number, number));
  return found ? [{ title: `接種券 ${number}`, to: { path: paths.coupon(number) } }] : [];
}

/** 接種券を番号で探す: the check digit answers a slip before anything is shown. */
export const couponSearch = defineRoute({
  ...common,
  method: "get",
  path: paths.coupons,
  right: "document.print",
  audit: "nothing-personal",
  because: "a form with nothing in it yet",
  async handle() {
    return searchPage("", {});
  },
});

export const couponFind = defineRoute({
  ...common,
  method: "post",
  path: paths.coupons,
  right: "document.print",
  audit: "coupon.searched",
  async handle({ form, work }) {
    const number = readCouponNumber(form.text("number"));
    if (!number)
      return searchPage(form.text("number"), {
        number: "券番号10桁を確かめてください。検査数字が合いません。",
      });
    await work((unit) => getCoupon(unit, number));
    return moveOn(paths.coupon(number));
  },
});

function searchPage(number: string, errors: Record<string, string>) {
  return page({
    title: "予防接種 接種券",
    breadcrumb: [{ title: "接種券" }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>接種券</PageTitle>
        <Panel title="番号で探す">
          <Form action={paths.coupons} errors={errors} keys="search">
            <NumberField name="number" label="券番号" required value={number} />
            <Actions>
              <Button>探す</Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

/** A coupon with its history; printed again or cancelled here. */
export const couponPage = defineRoute({
  ...common,
  method: "get",
  path: "/vaccination/coupons/:number",
  right: "person.read",
  audit: "coupon.opened",
  handle: (request) => couponReply(request, {}),
});

/** The page of a coupon; a form without its reason comes back with the mistake at its field. */
async function couponReply(
  { params, work, platform, actor }: ScreenRequest<"/:number">,
  errors: FieldErrors,
): Promise<Reply> {
  const { coupon, events, person } = await work(async (unit) => {
    const found = await getCoupon(unit, params.number);
    const person = await lookAtPerson(unit, found.coupon.personNumber, ["name"]);
    return { ...found, person };
  });
  const prints = holds(actor, "document.print", { program: "vaccination" });
  return page({
    title: `予防接種 接種券 ${coupon.number}`,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [{ title: "接種券", path: paths.coupons }, { title: coupon.number }],
    content: (
      <>
        <PageTitle badge={<StateBadge coupon={coupon} />}>
          接種券 {coupon.number}
          <span class="title-note">{couponName(coupon)}</span>
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <Columns wide="first">
          <div>
            <Panel title="内容">
              <DefinitionList
                items={[
                  [
                    "氏名",
                    <a href={personPath(platform, coupon.personNumber)}>{person?.name?.kanji}</a>,
                  ],
                  ["予防接種", couponName(coupon)],
                  [
                    "接種できる期間",
                    `${showDate(coupon.usableFrom as IsoDate)} から ${showDate(coupon.usableTo as IsoDate)}`,
                  ],
                  ["発行日", showDate(coupon.issuedOn as IsoDate)],
                  [
                    "様式・設定",
                    <PaperWords
                      paper={{ template: coupon.templateVersion, setting: coupon.formSettingId }}
                    />,
                  ],
                  ["印刷回数", `${coupon.printCount} 回`],
                ]}
              />
            </Panel>
            {prints && coupon.state === "issued" && (
              <CouponActions number={coupon.number} errors={errors} />
            )}
          </div>
          <Panel title="発行履歴">
            <TimeLine
              label="発行履歴"
              entries={events.toReversed().map(({ at, event, reason, staffName }) => ({
                at: showMoment(at),
                who: staffName,
                what: couponEventTitles[event],
                ...(couponReasonTitle(reason) ? { detail: couponReasonTitle(reason) } : {}),
              }))}
            />
          </Panel>
        </Columns>
      </>
    ),
  });
}

export const StateBadge = ({ coupon }: { coupon: Pick<Coupon, "state"> }) =>
  coupon.state === "issued" ? <Badge tone="success">有効</Badge> : <Badge>取消</Badge>;

const optionsOf = (titles: Record<string, string>, without: readonly string[] = []) =>
  Object.entries(titles)
    .filter(([value]) => !without.includes(value))
    .map(([value, label]) => ({ value, label }));

/** The errors of one of two forms on a page. */
const errorsAt = (errors: FieldErrors, name: string): FieldErrors =>
  errors[name] ? { [name]: errors[name] } : {};

function CouponActions({ number, errors }: { number: string; errors: FieldErrors }) {
  return (
    <>
      <Panel title="再印刷">
        <Form
          action={`${paths.coupon(number)}/reprint`}
          keys="search"
          errors={errorsAt(errors, "reason-reprint")}
        >
          <SelectField
            name="reason-reprint"
            label="理由"
            required
            empty="選んでください"
            options={optionsOf(reprintReasons)}
            hint="同じ番号で印刷し、回数と理由を記録します。"
          />
          <Actions>
            <Button>この場で再印刷する</Button>
          </Actions>
        </Form>
      </Panel>
      <Panel title="取消">
        <Form
          action={`${paths.coupon(number)}/cancel`}
          keys="search"
          errors={errorsAt(errors, "reason-cancel")}
        >
          <SelectField
            name="reason-cancel"
            label="理由"
            required
            empty="選んでください"
            options={optionsOf(cancelReasons, ["run-cancelled"])}
            hint="取り消すと、同じ回の接種券を新しい番号で発行できます。"
          />
          <Actions>
            <Button look="danger" confirm="この接種券を取り消します。よろしいですか。">
              取り消す
            </Button>
          </Actions>
        </Form>
      </Panel>
    </>
  );
}

const reprintCodes = Object.keys(reprintReasons) as ReprintReason[];
const cancelCodes = Object.keys(cancelReasons) as CancelReason[];

/** 再印刷: the paper comes at once, counted with its reason. */
export const couponReprint = defineRoute({
  ...common,
  method: "post",
  path: "/vaccination/coupons/:number/reprint",
  right: "document.print",
  audit: "coupon.reprint-asked",
  async handle(request) {
    const { params, form, work } = request;
    const reason = form.choice("reason-reprint", reprintCodes);
    if (!reason) return couponReply(request, { "reason-reprint": "理由を選んでください。" });
    const pdf = await work((unit) => reprintInOffice(unit, params.number, reason));
    return inlinePdf(`coupon-${params.number}.pdf`, pdf);
  },
});

export const couponCancel = defineRoute({
  ...common,
  method: "post",
  path: "/vaccination/coupons/:number/cancel",
  right: "document.print",
  audit: "coupon.cancel-asked",
  async handle(request) {
    const { params, form, work } = request;
    const reason = form.choice("reason-cancel", cancelCodes);
    if (!reason) return couponReply(request, { "reason-cancel": "理由を選んでください。" });
    await work((unit) => cancelCoupon(unit, params.number, reason));
    return redirect(paths.coupon(params.number), "接種券を取り消しました。");
  },
});
