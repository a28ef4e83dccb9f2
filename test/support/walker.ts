/** A browser without a screen that goes from one site to another: cookies by host, and the CSRF token of the page last seen. */
export function walker() {
  const jars = new Map<string, Map<string, string>>();
  let csrf = "";
  return async function go(address: string, fields?: Record<string, string>, file?: File) {
    const { hostname } = new URL(address);
    const jar = jars.get(hostname) ?? new Map<string, string>();
    jars.set(hostname, jar);
    const response = await fetch(address, {
      redirect: "manual",
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(fields && { method: "POST", body: bodyOf({ _csrf: csrf, ...fields }, file) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? csrf;
    return { status: response.status, location: response.headers.get("Location") ?? "", text };
  };
}

/** With a file in the field of that name, a form as it is sent with files. */
function bodyOf(fields: Record<string, string>, file: File | undefined) {
  if (!file) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  return form;
}

/** The value of a hidden field of a page. */
export const fieldOf = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";
