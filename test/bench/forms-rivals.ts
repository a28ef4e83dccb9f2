import { readFileSync } from "node:fs";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import * as fontkit from "fontkit";
import { PDFDocument, type PDFFont, type PDFImage, rgb } from "pdf-lib";
import PdfKit from "pdfkit";
import type { Colour } from "#forms/language/paper.ts";
import { type DrawStep, fontPaths, type Mark } from "./forms-recording.ts";

type Pages = readonly (readonly DrawStep[])[];
const A4_POINTS: [number, number] = [595.28, 841.89];

/** A page's steps with what is the same on many pages in its place. */
function flat(steps: readonly DrawStep[]): readonly Mark[] {
  return steps.flatMap((step) => (step.kind === "sheet" ? step.steps : [step]));
}

const fontFile = (name: string): Buffer => readFileSync(fontPaths.get(name) ?? "");

/** pdf-lib as its documentation shows it, with upstream fontkit, since its own fork blanks glyphs of these fonts. */
export async function withPdfLib(pages: Pages): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit({
    create: (bytes: Uint8Array) => streaming(fontkit.create(Buffer.from(bytes)) as fontkit.Font),
  } as never);
  const fonts = new Map<string, PDFFont>();
  const images = new Map<Uint8Array, PDFImage>();
  for (const steps of pages) {
    const page = document.addPage(A4_POINTS);
    for (const step of flat(steps)) {
      if (step.kind === "text") {
        const font =
          fonts.get(step.font) ?? (await document.embedFont(fontFile(step.font), { subset: true }));
        fonts.set(step.font, font);
        page.drawText(step.text, {
          x: step.x,
          y: step.y,
          size: step.size,
          font,
          color: rgb(...step.colour),
        });
      } else if (step.kind === "line") {
        page.drawLine({
          start: { x: step.x1, y: step.y1 },
          end: { x: step.x2, y: step.y2 },
          thickness: step.width,
        });
      } else if (step.kind === "frame") {
        page.drawRectangle({
          ...place(step),
          borderWidth: step.line,
          borderColor: rgb(...step.colour),
        });
      } else if (step.kind === "fill") {
        page.drawRectangle({ ...place(step), color: rgb(...step.colour) });
      } else if (step.kind === "code") {
        page.drawSvgPath(step.path, { x: step.x, y: step.y, color: rgb(0, 0, 0), borderWidth: 0 });
      } else {
        const image = images.get(step.png) ?? (await document.embedPng(step.png));
        images.set(step.png, image);
        page.drawImage(image, place(step));
      }
    }
  }
  return await document.save();
}

function place({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x, y, width, height };
}

/** Gives the font's subset the stream that pdf-lib reads. */
function streaming(font: fontkit.Font): fontkit.Font {
  const create = font.createSubset.bind(font);
  font.createSubset = () => {
    const subset = create();
    const stream = {
      on(event: string, listener: (bytes?: Uint8Array) => void) {
        if (event === "data") queueMicrotask(() => listener(subset.encode()));
        if (event === "end") queueMicrotask(() => queueMicrotask(() => listener()));
        return stream;
      },
    };
    return Object.assign(subset, { encodeStream: () => stream });
  };
  return font;
}

/** PDFKit drawing the same pages. */
export async function withPdfKit(pages: Pages): Promise<Uint8Array> {
  const document = new PdfKit({ size: "A4", margin: 0, autoFirstPage: false });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve) => {
    document.on("data", (bytes) => chunks.push(bytes));
    document.on("end", () => resolve());
  });
  const known = new Set<string>();
  const down = (y: number) => A4_POINTS[1] - y;
  const colour = ([red, green, blue]: Colour): [number, number, number] => [
    red * 255,
    green * 255,
    blue * 255,
  ];
  for (const steps of pages) {
    document.addPage();
    for (const step of flat(steps)) {
      if (step.kind === "text") {
        if (!known.has(step.font)) document.registerFont(step.font, fontPaths.get(step.font));
        known.add(step.font);
        document.font(step.font).fontSize(step.size).fillColor(colour(step.colour));
        document.text(step.text, step.x, down(step.y), {
          lineBreak: false,
          baseline: "alphabetic",
          characterSpacing: step.tracking,
        });
      } else if (step.kind === "line") {
        document
          .lineWidth(step.width)
          .moveTo(step.x1, down(step.y1))
          .lineTo(step.x2, down(step.y2))
          .stroke();
      } else if (step.kind === "frame") {
        document
          .lineWidth(step.line)
          .strokeColor(colour(step.colour))
          .rect(step.x, down(step.y + step.height), step.width, step.height)
          .stroke();
      } else if (step.kind === "fill") {
        document
          .fillColor(colour(step.colour))
          .rect(step.x, down(step.y + step.height), step.width, step.height)
          .fill();
      } else if (step.kind === "code") {
        document
          .save()
          .translate(step.x, down(step.y))
          .fillColor([0, 0, 0])
          .path(step.path)
          .fill()
          .restore();
      } else {
        document.image(Buffer.from(step.png), step.x, down(step.y + step.height), {
          width: step.width,
          height: step.height,
        });
      }
    }
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

const TYPST_FONTS: Readonly<Record<string, string>> = {
  BIZUDGothic_400Regular: `font: "BIZ UDGothic"`,
  BIZUDGothic_700Bold: `font: "BIZ UDGothic", weight: "bold"`,
  BIZUDMincho_400Regular: `font: "BIZ UDMincho"`,
  NotoSansJP_400Regular: `font: "Noto Sans JP"`,
  NotoSansJP_700Bold: `font: "Noto Sans JP", weight: "bold"`,
  OCRB: `font: "OCRB"`,
};

/** Typst (through its Node binding) setting the same pages from one source, what repeats defined once. */
export async function withTypst(pages: Pages): Promise<Uint8Array> {
  const compiler = NodeCompiler.create({
    workspace: "/",
    fontArgs: [{ fontBlobs: [...fontPaths.keys()].map(fontFile) }],
  });
  const seal = pages.flatMap(flat).find((step) => step.kind === "image");
  if (seal?.kind === "image") compiler.mapShadow("/seal.png", Buffer.from(seal.png));
  const head = `#set page(width: ${A4_POINTS[0]}pt, height: ${A4_POINTS[1]}pt, margin: 0pt)\n#set text(top-edge: "baseline", lang: "ja", cjk-latin-spacing: none)\n`;
  const sheets = new Map<string, string>();
  const body = pages.map((steps) =>
    steps
      .map((step) => {
        if (step.kind !== "sheet") return typstOf(step);
        if (!sheets.has(step.key))
          sheets.set(
            step.key,
            `#let sheet${sheets.size} = [${step.steps.map(typstOf).join("\n")}]\n`,
          );
        return `#sheet${Array.from(sheets.keys()).indexOf(step.key)}`;
      })
      .join("\n"),
  );
  return compiler.pdf({
    mainFileContent: head + Array.from(sheets.values()).join("") + body.join("\n#pagebreak()\n"),
  });
}

function typstOf(step: Mark): string {
  const at = (x: number, y: number, content: string) =>
    `#place(dx: ${x}pt, dy: ${A4_POINTS[1] - y}pt, ${content})`;
  const paint = (parts: readonly number[]) =>
    `rgb(${parts.map((part) => `${part * 100}%`).join(", ")})`;
  switch (step.kind) {
    case "text":
      return at(
        step.x,
        step.y,
        `text(${TYPST_FONTS[step.font]}, size: ${step.size}pt, tracking: ${step.tracking}pt, fill: ${paint(step.colour)}, ${JSON.stringify(step.text)})`,
      );
    case "line":
      return at(
        step.x1,
        step.y1,
        `line(end: (${step.x2 - step.x1}pt, ${step.y1 - step.y2}pt), stroke: ${step.width}pt)`,
      );
    case "frame":
      return at(
        step.x,
        step.y + step.height,
        `rect(width: ${step.width}pt, height: ${step.height}pt, stroke: ${step.line}pt + ${paint(step.colour)})`,
      );
    case "fill":
      return at(
        step.x,
        step.y + step.height,
        `rect(width: ${step.width}pt, height: ${step.height}pt, fill: ${paint(step.colour)})`,
      );
    case "code": {
      const corners = step.rectangles.flatMap(([x, y, width, height]) => [
        `curve.move((${x}pt, ${y}pt))`,
        `curve.line((${x + width}pt, ${y}pt))`,
        `curve.line((${x + width}pt, ${y + height}pt))`,
        `curve.line((${x}pt, ${y + height}pt))`,
        "curve.close()",
      ]);
      return at(step.x, step.y, `curve(fill: black, ${corners.join(", ")})`);
    }
    case "image":
      return at(
        step.x,
        step.y + step.height,
        `image("/seal.png", width: ${step.width}pt, height: ${step.height}pt)`,
      );
  }
}
