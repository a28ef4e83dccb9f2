import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DefinitionList,
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
import { inlinePdf, page, redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
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
import { paths } from "./paths.ts";

const common = { program: "vaccination", purpose: "counter" } as const;

const couponName = ({ vaccine, label }: Pick<Coupon, "vaccine" | "label">) =>
  `${vaccineLabel(vaccine as VaccineId)} ${label}`;

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
    return redirect(paths.coupon(number));
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

const eventTitles = {
  issued: "発行",
  reprinted: "再印刷",
  "reprint-withdrawn": "再印刷の取りやめ",
  cancelled: "取消",
} as const;
const reasonTitle = (reason: string | null) =>
  reason ? ({ ...reprintReasons, ...cancelReasons } as Record<string, string>)[reason] : undefined;

/** A coupon with its history; printed again or cancelled here. */
export const couponPage = defineRoute({
  ...common,
  method: "get",
  path: "/vaccination/coupons/:number",
  right: "person.read",
  audit: "coupon.opened",
  async handle({ params, work, platform, actor }) {
    const { coupon, events, person } = await work(async (unit) => {
      const found = await getCoupon(unit, params.number);
      const person = await lookAtPerson(unit, found.coupon.personNumber, ["name"]);
      return { ...found, person };
    });
    const prints = holds(actor, "document.print", { program: "vaccination" });
    return page({
      title: `予防接種 接種券 ${coupon.number}`,
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
              {prints && coupon.state === "issued" && <CouponActions number={coupon.number} />}
            </div>
            <Panel title="発行履歴">
              <TimeLine
                label="発行履歴"
                entries={events.toReversed().map(({ at, event, reason, staffName }) => ({
                  at: showMoment(at),
                  who: staffName,
                  what: eventTitles[event],
                  ...(reasonTitle(reason) ? { detail: reasonTitle(reason) } : {}),
                }))}
              />
            </Panel>
          </Columns>
        </>
      ),
    });
  },
});

export const StateBadge = ({ coupon }: { coupon: Pick<Coupon, "state"> }) =>
  coupon.state === "issued" ? <Badge tone="success">有効</Badge> : <Badge>取消</Badge>;

const optionsOf = (titles: Record<string, string>, without: readonly string[] = []) =>
  Object.entries(titles)
    .filter(([value]) => !without.includes(value))
    .map(([value, label]) => ({ value, label }));

function CouponActions({ number }: { number: string }) {
  return (
    <>
      <Panel title="再印刷">
        <Form action={`${paths.coupon(number)}/reprint`} keys="search">
          <SelectField
            name="reason"
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
        <Form action={`${paths.coupon(number)}/cancel`} keys="search">
          <SelectField
            name="reason"
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

function required<T>(reason: T | undefined): T {
  if (reason === undefined) throw new Problem({ status: 422, message: "理由を選んでください。" });
  return reason;
}

/** 再印刷: the paper comes at once, counted with its reason. */
export const couponReprint = defineRoute({
  ...common,
  method: "post",
  path: "/vaccination/coupons/:number/reprint",
  right: "document.print",
  audit: "coupon.reprint-asked",
  async handle({ params, form, work }) {
    const reason = required(form.choice("reason", reprintCodes));
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
  async handle({ params, form, work }) {
    const reason = required(form.choice("reason", cancelCodes));
    await work((unit) => cancelCoupon(unit, params.number, reason));
    return redirect(paths.coupon(params.number), "接種券を取り消しました。");
  },
});
