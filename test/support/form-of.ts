/** What a browser would send of the form with that address if nothing was typed: the last value of each name. */
export function formOf(html: string, action: string): Record<string, string> {
  const [form = ""] =
    html.match(/<form\b.*?<\/form>/gs)?.filter((one) => one.includes(`action="${action}"`)) ?? [];
  const sent: Record<string, string> = {};
  for (const [tag, inside = "", text = ""] of form.matchAll(
    /<input\b[^>]*>|<select\b[^>]*>(.*?)<\/select>|<textarea\b[^>]*>(.*?)<\/textarea>/gs,
  )) {
    const name = attribute(tag, "name");
    const type = attribute(tag, "type");
    if (!name || name === "_csrf" || type === "file") continue;
    if (["checkbox", "radio"].includes(type ?? "") && !/ checked\b/.test(tag)) continue;
    if (tag.startsWith("<select")) {
      const options = inside.match(/<option\b[^>]*>/g) ?? [];
      const chosen = options.find((option) => / selected\b/.test(option)) ?? options[0];
      sent[name] = attribute(chosen ?? "", "value") ?? "";
    } else if (tag.startsWith("<textarea")) sent[name] = plain(text);
    else sent[name] = plain(attribute(tag, "value") ?? "");
  }
  return sent;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

const plain = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
