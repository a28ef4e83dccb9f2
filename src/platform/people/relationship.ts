/** 続柄 in steps of two digits from the head of the household. */
const steps: Readonly<Record<string, string>> = {
  "01": "本人",
  "02": "世帯主",
  "03": "準世帯主",
  "11": "夫",
  "12": "妻",
  "13": "夫（未届）",
  "14": "妻（未届）",
  "20": "子",
  "21": "長男",
  "22": "長女",
  "31": "父",
  "32": "母",
  "41": "祖父",
  "42": "祖母",
  "51": "兄",
  "52": "弟",
  "53": "姉",
  "54": "妹",
  "98": "縁故者",
  "99": "同居人",
};

/** 続柄 of a code of up to four steps, such as `2012` 子の妻; nothing when a step is unknown. */
export function relationshipTitle(code: string): string | undefined {
  if (!/^(\d{2}){1,4}$/.test(code)) return;
  const titles = (code.match(/../g) ?? []).map((step) => steps[step]);
  return titles.includes(undefined) ? undefined : titles.join("の");
}
