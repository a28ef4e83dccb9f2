import { hash } from "node:crypto";
import { deflateSync } from "node:zlib";
import {
  CustomFontSubsetEmbedder,
  PDFContext,
  PDFHexString,
  PDFRawStream,
  type PDFRef,
  PDFString,
  PDFWriter,
  PngEmbedder,
} from "pdf-lib";
import { fontkitFor } from "../fonts/adapter.ts";
import type { Glyph, Typeface } from "../fonts/typeface.ts";
import {
  DARKEN,
  type DrawnPage,
  type PieceProblem,
  type Size,
  type Store,
} from "../language/paper.ts";

const POINTS = 72 / 25.4;

/** What a file says of itself; never anything of a person. */
export interface Metadata {
  readonly title: string;
  readonly subject: string;
}

/** A typeface in the file: codes are given in the order of use, as the subset numbers its glyphs. */
interface FileFont {
  readonly name: string;
  readonly ref: PDFRef;
  readonly codes: Map<number, string>;
  readonly used: Glyph[];
}

/**
 * One PDF file while it is written: one font subset a typeface, drawings used on many pages once, and the pages. The same
 * calls give the same bytes: nothing in it comes from a clock or from chance.
 */
export class PdfFile implements Store {
  readonly #context = PDFContext.create();
  readonly #pagesRef = this.#context.nextRef();
  readonly #resourcesRef = this.#context.nextRef();
  readonly #mediaBox: number[];
  readonly #metadata: Metadata;
  readonly #fonts = new Map<Typeface, FileFont>();
  readonly #stencils = new Map<
    string,
    { name: string; ref: PDFRef; problems: readonly PieceProblem[] }
  >();
  readonly #images = new Map<string, { name: string; ref: PDFRef; png: Uint8Array }>();
  readonly #imageNames = new WeakMap<Uint8Array, string>();
  readonly #pages: PDFRef[] = [];
  /** Parts of each page as the structure tree knows them. */
  readonly #parts: PDFRef[][] = [];
  readonly #documentRef = this.#context.nextRef();

  constructor(size: Size, metadata: Metadata) {
    this.#mediaBox = [0, 0, hundredths(size.width * POINTS), hundredths(size.height * POINTS)];
    this.#metadata = metadata;
    // Fonts and pictures too are packed by zlib: pdf-lib's own way, in JavaScript, takes several times as long.
    this.#context.flateStream = (contents, dict = {}) => {
      const packed = deflateSync(
        typeof contents === "string" ? Buffer.from(contents, "latin1") : contents,
      );
      return this.#context.stream(packed, { ...dict, Filter: "FlateDecode" });
    };
  }

  get pageCount(): number {
    return this.#pages.length;
  }

  fontName(glyph: Glyph): string {
    return this.#font(glyph.typeface).name;
  }

  code(glyph: Glyph): string {
    const { codes, used } = this.#font(glyph.typeface);
    const known = codes.get(glyph.id);
    if (known) return known;
    used.push(glyph);
    const code = used.length.toString(16).padStart(4, "0").toUpperCase();
    codes.set(glyph.id, code);
    return code;
  }

  stencil(key: string, draw: () => { content: string; problems: readonly PieceProblem[] }) {
    const known = this.#stencils.get(key);
    if (known) return known;
    const { content, problems } = draw();
    const ref = this.#stream(content, {
      Type: "XObject",
      Subtype: "Form",
      BBox: this.#mediaBox,
      Resources: this.#resourcesRef,
    });
    const stencil = { name: `S${this.#stencils.size}`, ref, problems };
    this.#stencils.set(key, stencil);
    return stencil;
  }

  image(png: Uint8Array): string {
    const known = this.#imageNames.get(png);
    if (known) return known;
    const digest = hash("sha256", png);
    const image = this.#images.get(digest) ?? {
      name: `I${this.#images.size}`,
      ref: this.#context.nextRef(),
      png,
    };
    this.#images.set(digest, image);
    this.#imageNames.set(png, image.name);
    return image.name;
  }

  addPage({ content, roles }: DrawnPage): void {
    const page = this.#context.obj({
      Type: "Page",
      Parent: this.#pagesRef,
      MediaBox: this.#mediaBox,
      Resources: this.#resourcesRef,
      Contents: this.#stream(content),
      StructParents: this.#pages.length,
      Tabs: "S",
    });
    const ref = this.#context.register(page);
    this.#pages.push(ref);
    this.#parts.push(
      roles.map((role, number) =>
        this.#context.register(
          this.#context.obj({ S: role, P: this.#documentRef, Pg: ref, K: number }),
        ),
      ),
    );
  }

  /** Closes the file and gives its bytes. */
  async finish(): Promise<Uint8Array> {
    const context = this.#context;
    for (const [typeface, font] of this.#fonts) await this.#embed(typeface, font);
    for (const { ref, png } of this.#images.values())
      await (await PngEmbedder.for(png)).embedIntoContext(context, ref);
    context.assign(
      this.#resourcesRef,
      context.obj({
        Font: Object.fromEntries(Array.from(this.#fonts.values(), ({ name, ref }) => [name, ref])),
        ExtGState: { [DARKEN]: { Type: "ExtGState", BM: "Multiply" } },
        XObject: Object.fromEntries(
          [...this.#stencils.values(), ...this.#images.values()].map(({ name, ref }) => [
            name,
            ref,
          ]),
        ),
      }),
    );
    context.assign(
      this.#pagesRef,
      context.obj({ Type: "Pages", Kids: this.#pages, Count: this.#pages.length }),
    );
    context.trailerInfo.Root = context.register(
      context.obj({
        Type: "Catalog",
        Pages: this.#pagesRef,
        Lang: PDFString.of("ja-JP"),
        ViewerPreferences: { DisplayDocTitle: true },
        Metadata: this.#xmp(),
        MarkInfo: { Marked: true },
        StructTreeRoot: this.#structure(),
      }),
    );
    context.trailerInfo.Info = context.register(
      context.obj({
        Title: PDFHexString.fromText(this.#metadata.title),
        Subject: PDFHexString.fromText(this.#metadata.subject),
        Producer: PDFString.of("madoguchi"),
      }),
    );
    return await PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
  }

  /** The order in which a reader speaks the parts of the pages, and what they are. */
  #structure(): PDFRef {
    const context = this.#context;
    const root = context.nextRef();
    context.assign(
      this.#documentRef,
      context.obj({ S: "Document", P: root, K: this.#parts.flat() }),
    );
    const numbers = this.#parts.flatMap((parts, page) => [page, parts]);
    const tree = {
      Type: "StructTreeRoot",
      K: this.#documentRef,
      ParentTree: { Nums: numbers },
      ParentTreeNextKey: this.#parts.length,
    };
    context.assign(root, context.obj(tree));
    return root;
  }

  #font(typeface: Typeface): FileFont {
    const known = this.#fonts.get(typeface);
    if (known) return known;
    const font = {
      name: `F${this.#fonts.size}`,
      ref: this.#context.nextRef(),
      codes: new Map(),
      used: [],
    };
    this.#fonts.set(typeface, font);
    return font;
  }

  async #embed(typeface: Typeface, { name, ref, codes, used }: FileFont): Promise<void> {
    const tag = `MADOG${String.fromCharCode(65 + Number(name.slice(1)))}`;
    const embedder = await CustomFontSubsetEmbedder.for(
      fontkitFor(typeface),
      new Uint8Array(),
      `${tag}+${typeface.name}`,
    );
    for (const glyph of used) {
      const code = embedder.encodeText(glyph.text).asString();
      if (code !== codes.get(glyph.id))
        throw new Error(`${typeface.name}: the subset numbers its glyphs differently`);
    }
    await embedder.embedIntoContext(this.#context, ref);
  }

  #stream(content: string, entries: Record<string, string | number[] | PDFRef> = {}): PDFRef {
    const bytes = deflateSync(Buffer.from(content, "latin1"));
    const dict = this.#context.obj({ ...entries, Filter: "FlateDecode", Length: bytes.length });
    return this.#context.register(PDFRawStream.of(dict, bytes));
  }

  #xmp(): PDFRef {
    const { title, subject } = this.#metadata;
    const alternative = (name: string, value: string) =>
      `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(value)}</rdf:li></rdf:Alt></dc:${name}>`;
    const xml = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${alternative("title", title)}${alternative("description", subject)}<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
    const bytes = Buffer.from(xml, "utf8");
    const dict = this.#context.obj({ Type: "Metadata", Subtype: "XML", Length: bytes.length });
    return this.#context.register(PDFRawStream.of(dict, bytes));
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
