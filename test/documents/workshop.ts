import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { formOf } from "#forms/index.ts";
import { pictureAt, pieceAt, started, workshop } from "./workshop-pages.ts";

/**
 * The workshop of the forms: every form with every sample as pages in the browser, with rulers, the envelope's window,
 * folds and safe margins over them. Run with `--watch`, it starts anew when a file is saved, and the page follows by itself.
 */
const PORT = 8090;

async function answer({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams: query } = new URL(url, `http://127.0.0.1:${PORT}`);
  if (pathname === "/events") {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`retry: 300\ndata: ${started}\n\n`);
    return;
  }
  const send = (type: string, body: string | Uint8Array | undefined) => {
    response.writeHead(body ? 200 : 404, { "content-type": type, "cache-control": "no-store" });
    response.end(body);
  };
  const name = query.get("form");
  const form = name ? formOf(name) : undefined;
  const marked = query.has("marked");
  if (!form || pathname === "/")
    return send("text/html; charset=utf-8", await workshop(form, marked));
  const place = { form, marked, index: Number(query.get("index")) };
  if (pathname === "/pdf") return send("application/pdf", (await pieceAt(place)).pdf);
  send("image/png", await pictureAt(place, Number(query.get("page"))));
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    response.end(String(error));
  });
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
