/** PMH登録 of a 事務 as its screens know it. */
export interface PmhSet {
  program: string;
  /** Of the 事務, before the titles of pages. */
  title: string;
  paths: {
    runs: `/${string}`;
    run(id: string): `/${string}`;
    errors: `/${string}`;
  };
  /** What guards a page on which runs are looked at. */
  reading: { right: "pmh.read"; program: string; purpose: "feed" };
}

export const pmhOf = ({ program, title }: { program: string; title: string }): PmhSet => ({
  program,
  title,
  paths: {
    runs: `/${program}/pmh`,
    run: (id) => `/${program}/pmh/runs/${id}`,
    errors: `/${program}/pmh/errors`,
  },
  reading: { right: "pmh.read", program, purpose: "feed" },
});

/** What is done with a line. */
export const operationTitles = { register: "登録", delete: "削除" } as const;
/** What changed. */
export const whyTitles = {
  new: "新規",
  period: "有効期間の変更",
  number: "受給者番号の変更",
  person: "氏名・住所等の変更",
  disclosure: "不開示の変更",
  lost: "資格喪失",
  revoked: "資格取消",
  suspended: "資格停止",
} as const;
/** Why a line is held, was refused, or was not sent. */
export const lineReasonTitles: Readonly<Record<string, string>> = {
  "no-person": "住民の記録がない",
  "no-individual-number": "個人番号がない",
  "no-birth-date": "生年月日が分からない",
  "no-sex": "性別が分からない",
  "refused-by-hub": "PMHが受け付けなかった",
  "not-replaced": "新しい登録が受け付けられなかったため、前の登録を残した",
  "not-sent": "送らずに終えた",
};
/** Why sending stopped. */
export const interruptionTitles: Readonly<Record<string, string>> = {
  unreachable: "PMHにつながりません。ネットワークを確かめて、再開してください。",
  timeout: "PMHの応答がありません。時間をおいて、再開してください。",
  "server-error":
    "PMHがエラーを返しました。時間をおいて、再開してください。続くときは、サーバーの管理者に知らせてください。",
  credentials:
    "PMHが認証を断りました。クライアント証明書とトークンを、サーバーの管理者に確かめてもらってください。",
  "unreadable-answer": "PMHの回答を読めません。サーバーの管理者に知らせてください。",
  setting: "PMH登録の設定か公費負担者番号が、今日の分としてそろっていません。",
  files: "クライアント証明書のファイルがありません。サーバーの管理者に置いてもらってください。",
  program: "送信の処理が繰り返し止まりました。サーバーの管理者に知らせてください。",
  "by-hand": "職員が送信を止めました。",
};
