/** A scheduled job of the test alone; it comes once a year, so that no test meets its time by chance. */
export const endless = { name: "test.endless", title: "終わらない処理", cron: "0 0 1 1 *" };
