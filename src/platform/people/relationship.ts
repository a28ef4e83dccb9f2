/** 続柄, one step: two digits. */
const steps: Readonly<Record<string, string>> = {
  "02": "世帯主",
  "11": "夫",
  "12": "妻",
  "13": "夫（未届）",
  "14": "妻（未届）",
  "20": "子",
  "31": "父",
  "32": "母",
  "41": "祖父",
  "42": "祖母",
  "51": "兄",
  "52": "姉",
  "53": "弟",
  "54": "妹",
  "98": "縁故者",
  "99": "同居人",
};

/** 続柄 of a code of up to four steps, such as `2012` 子の妻; nothing when a step is unknown. */
export function relationshipTitle(code: string): string | undefined {
  const titles = (code.match(/../g) ?? []).map((step) => steps[step]);
  const known = titles.filter((title) => title !== undefined);
  return code.length % 2 === 0 &&
    code.length <= 8 &&
    known.length > 0 &&
    known.length === titles.length
    ? known.join("の")
    : undefined;
}
