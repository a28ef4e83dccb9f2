import { PNG } from "pngjs";
import {
  type BulkResult,
  describeProblem,
  type Form,
  forms,
  templateName,
  writeBulk,
} from "#forms/index.ts";
import { renderPages } from "./render.ts";
import { overlay } from "./workshop-overlay.ts";

const DPI = 110;
/** When the program was started: a page of an earlier start reloads itself. */
export const started = Date.now();

/** A sample as it is written, plain or marked 見本, and its pages once they are asked for. */
interface Written extends BulkResult {
  pictures?: Promise<Buffer[]>;
}
const written = new Map<string, Promise<Written>>();

/** Where a sample of a form is shown: `letters/approval v1`, number of the sample, 見本 or not. */
export interface Place {
  readonly form: Form<unknown>;
  readonly index: number;
  readonly marked: boolean;
}

/** A sample written, with its number of pages and what holds it. */
export function pieceAt({ form, index, marked }: Place): Promise<Written> {
  const key = `${templateName(form)} ${index} ${marked}`;
  const data = Object.values(form.samples)[index];
  const made = written.get(key) ?? writeBulk(form, [data], { sample: marked });
  written.set(key, made);
  return made;
}

/** A page of a sample as PNG. */
export async function pictureAt(place: Place, page: number): Promise<Buffer | undefined> {
  const piece = await pieceAt(place);
  piece.pictures ??= renderPages(piece.pdf, DPI).then((pages) =>
    pages.map((one) => PNG.sync.write(one)),
  );
  return (await piece.pictures)[page];
}

const addressOf = ({ form, index, marked }: Place) =>
  new URLSearchParams({
    form: templateName(form),
    index: `${index}`,
    ...(marked && { marked: "1" }),
  });

async function figuresOf(form: Form<unknown>, marked: boolean): Promise<string> {
  const samples = Object.entries(form.samples).map(async ([name, data], index) => {
    const place = { form, index, marked };
    const { held, pages } = await pieceAt(place);
    if (held.length > 0)
      return `<p class="held">${name}: ${held.flatMap(({ problems }) => problems.map(describeProblem)).join("、")}</p>`;
    const figure = (page: number) => `<figure style="width:${Math.round(form.size.width * 3.2)}px">
<figcaption><a href="/pdf?${addressOf(place)}">${name}</a> ${page + 1}枚目</figcaption>
<div class="page"><img src="/page?${addressOf(place)}&page=${page}" alt="" loading="lazy">${overlay(form, data)}</div></figure>`;
    return Array.from({ length: pages[0] ?? 0 }, (_, page) => figure(page)).join("");
  });
  return (await Promise.all(samples)).join("");
}

/** One form: its pages, and the standing texts that a city may word itself. */
async function sectionOf(form: Form<unknown>, marked: boolean): Promise<string> {
  const texts = Object.entries(form.wording ?? {})
    .map(([key, text]) => `<dt>${key}</dt><dd>${text}</dd>`)
    .join("");
  const wording =
    texts && `<details><summary>市が決められる文言</summary><dl>${texts}</dl></details>`;
  return `<section><h2>${form.title} <small>${templateName(form)}・${form.size.width}×${form.size.height} mm</small></h2>${wording}<div class="row">${await figuresOf(form, marked)}</div></section>`;
}

const STYLE = `body{font:15px/1.6 sans-serif;margin:0;background:#e8ebef;color:#1a1a1c;display:grid;grid-template-columns:15rem 1fr}
nav{position:sticky;top:0;height:100vh;overflow:auto;background:#fff;padding:1rem;box-sizing:border-box}nav a{display:block;padding:.15rem 0}nav [aria-current]{font-weight:bold;color:#1a1a1c;text-decoration:none}
section{padding:1rem}h2{margin:0}.row{display:flex;flex-wrap:wrap;gap:1rem;padding-top:1rem}figure{margin:0}.page{position:relative;background:#fff;box-shadow:0 1px 6px #0004}dd{white-space:pre-line}
img{display:block;width:100%}svg{position:absolute;inset:0;width:100%;height:100%}.ruler{stroke:#0017c1;stroke-width:.15}text{font-size:2.4px;fill:#0017c1}.safe,.window,.fold{fill:none;stroke-width:.3}
.safe{stroke:#259d63;stroke-dasharray:2 1}.window{stroke:#ec0000}.fold{stroke:#ec0000;stroke-dasharray:4 2}body.plain svg{display:none}.held{color:#ec0000;font-weight:bold}`;
const SCRIPT = `new EventSource("/events").onmessage=(event)=>{if(Number(event.data)!==${started})location.reload()};
const rulers=document.querySelector("input");rulers.checked=localStorage.plain!=="1";
(rulers.onchange=()=>{localStorage.plain=rulers.checked?"":"1";document.body.classList.toggle("plain",!rulers.checked)})()`;

/** The page in the browser: one form, or all of them when none is asked for. */
export async function workshop(form: Form<unknown> | undefined, marked: boolean): Promise<string> {
  const sections: string[] = [];
  for (const one of form ? [form] : forms) sections.push(await sectionOf(one, marked));
  const link = (query: Record<string, string>, title: string, current: boolean) =>
    `<a href="/?${new URLSearchParams(query)}"${current ? ' aria-current="page"' : ""}>${title}</a>`;
  const here = form ? { form: templateName(form) } : {};
  const links = forms.map((one) =>
    link(
      { form: templateName(one), ...(marked && { marked: "1" }) },
      one.version > 1 || forms.some(({ id, version }) => id === one.id && version > one.version)
        ? `${one.title} v${one.version}`
        : one.title,
      one === form,
    ),
  );
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>帳票の工房</title><style>${STYLE}</style>
<nav><label><input type="checkbox"> 定規・封筒の窓・余白を重ねる</label>${link(marked ? here : { ...here, marked: "1" }, marked ? "見本の印を外す" : "見本の印を付ける", false)}<hr>${link({}, "すべての帳票", !form)}${links.join("")}</nav>
<main>${sections.join("")}</main><script>${SCRIPT}</script></html>`;
}
