import type { PaperVersion } from "#src/platform/printing/index.ts";

/** With which form and 帳票の設定 a paper is printed; the setting can be looked at. */
export const PaperWords = ({ paper: { template, setting } }: { paper: PaperVersion }) => (
  <>
    {template}・
    {setting === null ? (
      "付属の文言"
    ) : (
      <a href={`/form-settings/proposals/${setting}`}>帳票の設定 第{setting}号</a>
    )}
  </>
);
