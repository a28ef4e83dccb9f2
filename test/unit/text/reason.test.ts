import { expect, test } from "vitest";
import { reasonFault } from "#workflows/text/reason.ts";

test.each(["あ", "。", "…", "ああああ", "ｘｘ", "XxX", "１２３", "-- --", "？！", "😀😀"])(
  "「%s」は理由にならない",
  (text) => {
    expect(reasonFault(text)).toContain("言葉で入力してください");
  },
);

test.each(["確認", "書類がそろったため", "第2版", "OK済"])("「%s」は理由になる", (text) => {
  expect(reasonFault(text)).toBeUndefined();
});

test("何も入力していなければ、その欄の名で伝える。長すぎれば字数を伝える", () => {
  expect(reasonFault("　 ", "差し戻す理由")).toBe("差し戻す理由を入力してください。");
  expect(reasonFault(`理由${"長".repeat(399)}`)).toContain("いま401文字");
});

test("目に見えない文字や制御文字のある理由は断られ、改行とタブは断られない", () => {
  expect(reasonFault("書類が\r\n\tそろったため")).toBeUndefined();
  for (const [character, words] of [
    ["\u0000", "制御文字"],
    ["\u200b", "目に見えない文字"],
    ["\ufffd", "文字化け"],
  ])
    expect(reasonFault(`書類が${character}そろったため`), words).toContain(`理由に${words}`);
});
