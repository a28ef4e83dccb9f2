import { specialV1 } from "#workflows/vaccination/special/machine.ts";

/** Kinds of audit records of 特例・注意, each as the end of a sentence. */
export const specialAuditWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(specialV1.events).flatMap(([type, { title }]) => [
      [`special.${type}-asked`, `予防接種の特例・注意の「${title}」の操作をした`],
      [`special.${type}`, `予防接種の特例・注意の「${title}」を行った`],
    ]),
  ),
  "specials.listed": "予防接種の特例・注意の一覧を見た",
  "special.new-opened": "予防接種の特例・注意の入力の画面を開いた",
  "special.enter-asked": "予防接種の特例・注意を入力する操作をした",
  "special.told-for-mailing": "発送の対象を判定するため、妊娠・障害・長期療養の特例を見た",
  "special.enter": "予防接種の特例・注意を入力した",
  "special.opened": "予防接種の特例・注意の画面を開いた",
  "special.change-asked": "予防接種の特例・注意を直す操作をした",
  "special.held": "請求に答えるため予防接種の特例・注意を見た",
  "sealed.special-words": "予防接種の特例・注意の文章を保存した",
  "sealed.special-address": "予防接種の滞在先か送付先を保存した",
};
