import type { Purpose } from "#forms/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";
import type { ProgramScreens } from "../../screens.ts";

/** A 事務 that prints. */
export interface PrintingProgram {
  id: string;
  title: string;
  papers: ProgramPapers;
}

export const printingPrograms = (programs: readonly ProgramScreens[]): PrintingProgram[] =>
  programs.flatMap(({ id, title, papers }) => (papers ? [{ id, title, papers }] : []));

const textTitles: Record<string, string> = {
  intro: "はじめの文",
  introReissue: "はじめの文（再交付）",
  use: "使い方",
  band: "見出しの帯の色",
  duties: "届出などのお願い",
  closing: "むすびの文",
  notes: "注意書き",
  how: "提出の方法",
  requests: "お願い",
  appealObjection: "教示（審査請求）",
  appealAction: "教示（取消しの訴え）",
  hardship: "減免・猶予の案内",
  steps: "書き方",
  consent: "同意の文",
  handling: "取扱い",
  statement: "証明の文",
  postage: "料金後納の表示",
  headline: "宛名面の見出し",
  hint: "はがし方",
  open: "はがすところの表示",
  title: "見出し",
  belongings: "持ち物",
  done: "行き違いのお断り",
  note: "備考",
  introReduction: "変更の書き出し",
  introPlan: "分納の書き出し",
  slipNote: "納付書の注意",
  noStore: "コンビニで使えないときの注意",
  crossed: "行き違いと相談の文",
  received: "領収の文",
  introNone: "不支給の書き出し",
  introPart: "一部支給の書き出し",
  withheld: "省いた欄の言葉",
  enclosed: "添付書類",
  ask: "お願い",
  mandate: "委任の文",
  agree: "同意の文",
};

/** What a standing text of a form is called. */
export const textTitle = (key: string): string => textTitles[key] ?? "そのほかの文";

const placeTitles: Record<string, string> = {
  program: "事務の名前",
  title: "受給者証の名前",
  authority: "審査請求をする相手",
  defendant: "訴えの被告",
  representative: "被告を代表する者",
  deadline: "提出の期限",
  returnBy: "返してもらう期限",
  payBy: "指定期限",
  mandatary: "委任を受ける人",
  dueOn: "過ぎた期限",
  sendBy: "送ってもらう期限",
  endsOn: "有効期間の終わり",
  recommendedUntil: "早めの申請の期限",
  from: "始まる日",
  until: "使える最後の日",
  date: "記録の基準日",
  asked: "照会した日",
  number: "前の文書の番号",
  dose: "予防接種と回数",
  units: "限度額の単位数",
  reason: "開示しない理由",
  city: "市の名前",
};

/** A text as it stands on a screen: what is filled in is called in Japanese, `{事務の名前}` for `{program}`. */
export const placesInWords = (text: string): string =>
  text.replaceAll(/\{(\w+)\}/g, (place, name) => `{${placeTitles[name] ?? place.slice(1, -1)}}`);

/** The same back, as the form fills it in; a name that is none of these stays, and is refused by its name. */
export const placesFromWords = (text: string): string =>
  text.replaceAll(/\{([^{}]+)\}/g, (place, title) => {
    const found = Object.entries(placeTitles).find(([, words]) => words === title);
    return found ? `{${found[0]}}` : place;
  });

export const purposeTitles: Record<Purpose, string> = {
  name: "氏名・宛名",
  address: "住所",
  text: "そのほかの文",
};

export const title = "帳票の設定";

/** Addresses of these screens. */
export const paths = {
  list: "/form-settings" as const,
  approvals: "/form-settings/approvals" as const,
  program: (id: string) => `/form-settings/${id}` as const,
  entry: (id: string) => `/form-settings/${id}/new` as const,
  entryPreview: (id: string) => `/form-settings/${id}/preview` as const,
  preview: (id: string, form: string) => `/form-settings/${id}/preview/${form}` as const,
  proposal: (id: number) => `/form-settings/proposals/${id}` as const,
  proposalPreview: (id: number, form: string) =>
    `/form-settings/proposals/${id}/preview/${form}` as const,
};

/** Name of the frame beside the texts in which papers are looked at. */
export const previewFrame = "paper-preview";
