import {
  Checkbox,
  choicesOf,
  FieldGroup,
  SelectField,
  TextArea,
} from "#src/web/components/index.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import { type ReprintReason, reprintReasons } from "../../coupons.ts";
import {
  isReprintable,
  mostReprints,
  noticeReprintOrder,
  noticeReprints,
  spoiltNotices,
} from "../../targets/notice-reprints.ts";
import { type Notice, noticesByNumber, noticeTitles } from "../../targets/notices.ts";

/** 再印刷 of letters, or of reminders: a small package of spoilt or lost pieces for the contractor. */
const orderPage = (output: Notice["output"]): OrderPage => ({
  kind: noticeReprints[output],
  path: `${output}-reprints/new`,
  title: `${noticeTitles[output]}の再印刷`,
  button: "準備を始める",
  audit: "mailing.reprint-started",
  Fields: () => (
    <FieldGroup title="再印刷するもの">
      <Checkbox
        name="spoilt"
        label="委託先の結果にある、処理していない損紙をすべて入れる"
        hint="すでに再印刷した損紙は入りません。"
      />
      <TextArea
        name="numbers"
        label="整理番号"
        rows={6}
        hint="一行に一つ、またはコンマや空白で区切って入力します。同じ番号で、送ったときの内容で印刷されます。"
      />
      <SelectField
        name="reason"
        label="理由"
        required
        empty="選んでください"
        options={choicesOf(reprintReasons)}
      />
    </FieldGroup>
  ),
  async read(form, errors, { work }) {
    const typed = form.text("numbers").normalize("NFKC").match(/\d+/g) ?? [];
    const known = await noticesByNumber(work, typed);
    const strange = typed.filter((number) => {
      const found = known.get(number);
      return found?.output !== output || !isReprintable(found);
    });
    const spoilt = form.has("spoilt") ? await spoiltNotices(work, output) : [];
    const numbers = [...new Set([...spoilt, ...typed])];
    const what = noticeTitles[output];
    if (strange.length > 0)
      errors.numbers = `再印刷できる${what}ではありません: ${strange.slice(0, 5).join("、")}`;
    else if (numbers.length === 0)
      errors.numbers = form.has("spoilt")
        ? `処理していない${what}の損紙はありません。整理番号を入力してください。`
        : "整理番号を入力するか、損紙をすべて入れてください。";
    else if (numbers.length > mostReprints)
      errors.numbers = `一度に${mostReprints.toLocaleString("ja-JP")}通までです（いま${numbers.length.toLocaleString("ja-JP")}通）。番号を分けて入力してください。`;
    const reason = form.choice("reason", Object.keys(reprintReasons) as ReprintReason[]);
    if (!reason) errors.reason = "理由を選んでください。";
    return reason && !errors.numbers ? noticeReprintOrder(output, numbers, reason) : undefined;
  },
});

export const noticeReprintPages = [orderPage("letter"), orderPage("postcard")] as const;
