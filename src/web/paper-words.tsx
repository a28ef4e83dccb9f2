import type { PaperVersion } from "#src/platform/printing/index.ts";

/** `vaccination/coupon v2` on a screen: 第2版. */
const versionWords = (template: string): string => `第${template.split(" v").at(-1)}版`;

/** With which form and 帳票の設定 a paper is printed; the setting can be looked at. */
export const PaperWords = ({ paper: { template, setting } }: { paper: PaperVersion }) => (
  <>
    {template && `${versionWords(template)}・`}
    {setting === null ? (
      "付属の文言"
    ) : (
      <a href={`/form-settings/proposals/${setting}`}>帳票の設定 第{setting}号</a>
    )}
  </>
);
