import { describe, expect, test } from "vitest";
import { type CopyContext, copyV1, logCopyV1 } from "#workflows/access/copy-machine.ts";
import { type GrantContext, grantV1 } from "#workflows/access/grant-machine.ts";
import { type ResetContext, resetV1 } from "#workflows/access/reset-machine.ts";
import { answer, stateNames } from "#workflows/flows/answer.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { settingV1 } from "#workflows/printing/setting-machine.ts";

/** Every event in every state for everybody: where it leads, or why not. */
function matrix<Context>(
  definition: FlowDefinition<Context>,
  people: Record<string, Context>,
): Record<string, string> {
  const rows: Record<string, string> = {};
  for (const state of stateNames(definition))
    for (const type of Object.keys(definition.events))
      for (const [who, context] of Object.entries(people)) {
        const got = answer(definition, state, context, { type });
        if (got.possible) rows[`${state} ${type} ${who}`] = got.state;
        else if (got.because === "conditions")
          rows[`${state} ${type} ${who}`] = got.reasons.join(" ");
        else expect(got.because).toBe("wrong-state");
      }
  return rows;
}

describe("権限の申請", () => {
  const [requester, holder, other] = [1, 2, 3];
  const seenBy = (actingStaffId: number, staffId = holder): GrantContext => ({
    actingStaffId,
    requestedBy: requester,
    staffId,
  });

  test("申請した人にも、本人にも、承認も却下もできない。決まった申請は動かない", () => {
    const people = {
      申請者: seenBy(requester),
      本人: seenBy(holder),
      自分のために申請した人: seenBy(requester, requester),
      ほかの承認者: seenBy(other),
    };
    const own = "自分が申請した権限は、承認も却下もできません。";
    const oneself = "自分に対する権限は、承認も却下もできません。";
    const decided = (event: string, state: string) => ({
      [`waiting ${event} 申請者`]: own,
      [`waiting ${event} 本人`]: oneself,
      [`waiting ${event} 自分のために申請した人`]: `${own} ${oneself}`,
      [`waiting ${event} ほかの承認者`]: state,
    });
    const ended = Object.keys(people).map((who) => [`approved end ${who}`, "withdrawn"]);
    expect(matrix(grantV1, people)).toEqual({
      ...decided("approve", "approved"),
      ...decided("refuse", "refused"),
      ...Object.fromEntries(ended),
    });
  });
});

describe("帳票の設定", () => {
  test("承認と差戻しは起案者でない人、取下げは起案者だけ。決まった起案は動かない", () => {
    const people = {
      起案者: { actingStaffId: 1, preparedBy: 1 },
      ほかの承認者: { actingStaffId: 2, preparedBy: 1 },
    };
    expect(matrix(settingV1, people)).toEqual({
      "waiting approve 起案者": "起案した本人は承認も差戻しもできません。",
      "waiting approve ほかの承認者": "approved",
      "waiting remand 起案者": "起案した本人は承認も差戻しもできません。",
      "waiting remand ほかの承認者": "remanded",
      "waiting retract 起案者": "retracted",
      "waiting retract ほかの承認者": "取り下げるのは、起案した本人です。",
    });
  });
});

describe("一覧の写し", () => {
  test("承認と却下は申請者でない人、受け取りは期限のうちに申請者だけ。廃棄は受け取った人が、期限を過ぎれば承認者も記録する", () => {
    const as = (actingStaffId: number, given: Partial<CopyContext> = {}): CopyContext => ({
      actingStaffId,
      requestedBy: 1,
      expired: false,
      taken: false,
      overdue: false,
      ...given,
    });
    const people = {
      申請者: as(1),
      ほかの承認者: as(2),
      受け取って期限を過ぎた申請者: as(1, { expired: true, taken: true, overdue: true }),
      期限を過ぎた後の承認者: as(2, { expired: true, taken: true, overdue: true }),
    };
    const own = "自分が申請した写しは、承認も却下もできません。";
    const requester = "写しを受け取れるのは、申請した本人だけです。";
    const late = "受け取れる期限を過ぎました。もう一度申請してください。";
    const nothing = "まだ受け取られていない写しに、廃棄するものはありません。";
    const whoever = "廃棄を入力するのは、写しを受け取った本人です。";
    const mine = "自分が受け取った写しは、「廃棄した」と入力してください。";
    const early = "廃棄の期限までは、写しを受け取った本人が入力します。";
    for (const flow of [copyV1, logCopyV1])
      expect(matrix(flow, people)).toEqual({
        "waiting approve 申請者": own,
        "waiting approve ほかの承認者": "approved",
        "waiting approve 受け取って期限を過ぎた申請者": own,
        "waiting approve 期限を過ぎた後の承認者": "approved",
        "waiting refuse 申請者": own,
        "waiting refuse ほかの承認者": "refused",
        "waiting refuse 受け取って期限を過ぎた申請者": own,
        "waiting refuse 期限を過ぎた後の承認者": "refused",
        "approved take 申請者": "approved",
        "approved take ほかの承認者": requester,
        "approved take 受け取って期限を過ぎた申請者": late,
        "approved take 期限を過ぎた後の承認者": `${requester} ${late}`,
        "approved erase 申請者": nothing,
        "approved erase ほかの承認者": `${nothing} ${whoever}`,
        "approved erase 受け取って期限を過ぎた申請者": "erased",
        "approved erase 期限を過ぎた後の承認者": whoever,
        "approved confirm 申請者": `${nothing} ${mine} ${early}`,
        "approved confirm ほかの承認者": `${nothing} ${early}`,
        "approved confirm 受け取って期限を過ぎた申請者": mine,
        "approved confirm 期限を過ぎた後の承認者": "erased",
      });
  });
});

describe("サインインの再設定", () => {
  test("承認と却下は申請者でも本人でもない人、再設定は承認の後に申請者だけ、期限まで", () => {
    const as = (actingStaffId: number, expired = false): ResetContext => ({
      actingStaffId,
      requestedBy: 1,
      staffId: 3,
      expired,
    });
    const people = {
      申請者: as(1),
      ほかの承認者: as(2),
      本人: as(3),
      期限を過ぎた申請者: as(1, true),
    };
    const own = "自分が申請した再設定は、承認も却下もできません。";
    const oneself = "自分の再設定は、承認も却下もできません。";
    const other = "再設定を行えるのは、申請した本人だけです。";
    const decided = (event: string, state: string) => ({
      [`waiting ${event} 申請者`]: own,
      [`waiting ${event} ほかの承認者`]: state,
      [`waiting ${event} 本人`]: oneself,
      [`waiting ${event} 期限を過ぎた申請者`]: own,
    });
    expect(matrix(resetV1, people)).toEqual({
      ...decided("approve", "approved"),
      ...decided("refuse", "refused"),
      "approved issue 申請者": "issued",
      "approved issue ほかの承認者": other,
      "approved issue 本人": other,
      "approved issue 期限を過ぎた申請者":
        "再設定できる期限を過ぎました。もう一度申請してください。",
    });
  });
});
