import { Problem } from "#src/platform/problem.ts";

/** A form of a page that was opened under another session: nothing was done, and what was typed is carried to a fresh page. */
export class StalePage extends Problem {
  constructor() {
    super({
      status: 403,
      message: "この画面は、サインインし直す前に開いたものです。送信した内容は保存されていません。",
      details: [
        "入力した内容は残っています。引き継いで開き直し、確かめてから、もう一度送信してください。",
      ],
    });
  }
}
