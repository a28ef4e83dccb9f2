import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { PNG } from "pngjs";
import {
  describeProblem,
  type Form,
  forms,
  getForm,
  inspectPiece,
  writeForm,
} from "#forms/index.ts";
import { envelopeWindow } from "#forms/language/letter.ts";
import { renderPages } from "./render.ts";

/**
 * The workshop of the forms: every form with every sample as pages in the browser, with rulers, the envelope's window and
 * safe margins over them. Run with `--watch`, it starts anew when a form is saved, and the page follows by itself.
 */
const PORT = 8090;
const DPI = 110;
/** Printers need so much white at the edge, millimetres. */
const SAFE = 5;

const started = Date.now();
const pictures = new Map<string, Promise<Buffer[]>>();

function sampleOf(form: Form<unknown>, index: number): { name: string; data: unknown } {
  const [name, data] = Object.entries(form.samples)[index] ?? [];
  if (name === undefined) throw new RangeError("no such sample");
  return { name, data };
}

function picturesOf(form: Form<unknown>, index: number): Promise<Buffer[]> {
  const key = `${form.id} ${form.version} ${index}`;
  const known = pictures.get(key);
  if (known) return known;
  const made = writeForm(form, [sampleOf(form, index).data])
    .then((pdf) => renderPages(pdf, DPI))
    .then((pages) => pages.map((page) => PNG.sync.write(page)));
  pictures.set(key, made);
  return made;
}

/** Millimetre rulers at the edges, safe margins, fold lines and the window of the envelope. */
function overlay({ size }: Form<unknown>, letter: boolean): string {
  const { width, height } = size;
  const tick = (place: number) => (place % 50 === 0 ? 4 : place % 10 === 0 ? 3 : 1.2);
  const across = Array.from({ length: Math.floor(width) }, (_, x) => `M${x} 0v${tick(x)}`).join("");
  const down = Array.from({ length: Math.floor(height) }, (_, y) => `M0 ${y}h${tick(y)}`).join("");
  const labels = Array.from(
    { length: Math.floor(width / 10) },
    (_, x) => `<text x="${x * 10 + 0.5}" y="5.5">${x * 10}</text>`,
  );
  const more = Array.from(
    { length: Math.floor(height / 10) },
    (_, y) => `<text x="3.4" y="${y * 10 + 1}">${y * 10}</text>`,
  );
  const { x, y, width: wide, height: high } = envelopeWindow;
  const window = letter
    ? `<rect class="window" x="${x}" y="${y}" width="${wide}" height="${high}" rx="2"/><path class="fold" d="M0 99H${width}M0 198H${width}"/>`
    : "";
  return `<svg viewBox="0 0 ${width} ${height}"><path class="ruler" d="${across}${down}"/>${labels.join("")}${more.join("")}
<rect class="safe" x="${SAFE}" y="${SAFE}" width="${width - 2 * SAFE}" height="${height - 2 * SAFE}"/>${window}</svg>`;
}

async function figures(form: Form<unknown>): Promise<string> {
  const shown = Object.entries(form.samples).map(async ([name, data], index) => {
    const problems = inspectPiece(form, data);
    if (problems.length > 0)
      return `<p class="held">${name}: ${problems.map(describeProblem).join("、")}</p>`;
    const letter =
      typeof data === "object" && data !== null && "to" in data && form.size.height === 297;
    const place = `${form.id}/${form.version}/${index}`;
    return (await picturesOf(form, index))
      .map(
        (
          _,
          page,
        ) => `<figure style="width:${form.size.width * 3.2}px"><figcaption><a href="/pdf/${place}">${name}</a> ${page + 1}枚目</figcaption>
<div class="page"><img src="/page/${place}/${page}" alt="" loading="lazy">${overlay(form, letter)}</div></figure>`,
      )
      .join("");
  });
  return (await Promise.all(shown)).join("");
}

const STYLE = `body{font:15px/1.6 sans-serif;margin:0;background:#e8ebef;color:#1a1a1c}header{position:sticky;top:0;z-index:1;background:#fff;padding:.5rem 1rem;box-shadow:0 1px 4px #0003}
nav a{margin-right:1rem}h2{margin:1.5rem 1rem 0}.row{display:flex;flex-wrap:wrap;gap:1rem;padding:1rem}figure{margin:0}.page{position:relative;background:#fff;box-shadow:0 1px 6px #0004}
img{display:block;width:100%}svg{position:absolute;inset:0;width:100%;height:100%}.ruler{stroke:#0017c1;stroke-width:.15}text{font-size:2.4px;fill:#0017c1}.safe,.window,.fold{fill:none;stroke-width:.3}
.safe{stroke:#259d63;stroke-dasharray:2 1}.window{stroke:#ec0000}.fold{stroke:#ec0000;stroke-dasharray:4 2}body.plain svg{display:none}.held{color:#ec0000;font-weight:bold}`;
const SCRIPT = `const start=${started};new EventSource("/events").onmessage=(event)=>{if(Number(event.data)!==start)location.reload()};
document.querySelector("input").onchange=(event)=>document.body.classList.toggle("plain",!event.target.checked)`;

async function workshop(): Promise<string> {
  const sections = await Promise.all(
    forms.map(
      async (form) =>
        `<h2 id="${form.id}">${form.title} <small>${form.id} v${form.version}</small></h2><div class="row">${await figures(form)}</div>`,
    ),
  );
  const links = forms.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join("");
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>帳票の工房</title><style>${STYLE}</style>
<header><label><input type="checkbox" checked> 定規・封筒の窓・余白を重ねる</label> <nav>${links}</nav></header>${sections.join("")}<script>${SCRIPT}</script></html>`;
}

async function answer({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, kind, room = "", name = "", version, sample, page] = url.split("/");
  if (kind === "events") {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`retry: 300\ndata: ${started}\n\n`);
    return;
  }
  if (kind === "page" || kind === "pdf") {
    const form = getForm(`${room}/${name}`, Number(version));
    const bytes =
      kind === "pdf"
        ? await writeForm(form, [sampleOf(form, Number(sample)).data])
        : (await picturesOf(form, Number(sample)))[Number(page)];
    response.writeHead(200, {
      "content-type": kind === "pdf" ? "application/pdf" : "image/png",
      "cache-control": "no-store",
    });
    response.end(bytes);
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(await workshop());
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    response.end(String(error));
  });
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
