import sharp from "sharp";

// What was scanned does not stay in memory, and nothing but TIFF is read, whatever a file pretends to be.
sharp.cache(false);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadTiffBuffer"] });

/** Pages of a file at most. */
export const mostPages = 50;
/** Pixels of a page at most: A3 at 600 dpi has 70 million. */
const mostPixels = 80_000_000;
/** Pixels of all pages together: 50 pages of A4 at 300 dpi have 435 million. */
const mostInAll = 500_000_000;

/** Why a TIFF is not taken. */
export class TiffRefusal extends Error {
  readonly because: "unreadable" | "too-many-pages" | "too-large";
  constructor(because: TiffRefusal["because"]) {
    super(`TIFF refused: ${because}`);
    this.because = because;
  }
}

/** A page as its head describes it. */
export interface Page {
  at: number;
  /** Without colour: black and white, or shades of grey. */
  grey: boolean;
  /** Dots per inch; none where the file does not say, or nothing believable. */
  density: number | undefined;
}

/** The heads of the pages; no pixel is unpacked before all are known to fit. @throws TiffRefusal */
export async function pagesOf(bytes: Uint8Array): Promise<Page[]> {
  const first = await headOf(bytes, 0);
  const count = first.pages ?? 1;
  if (count > mostPages) throw new TiffRefusal("too-many-pages");
  const pages: Page[] = [];
  let inAll = 0;
  for (let at = 0; at < count; at++) {
    const { width, height, channels, density } = at === 0 ? first : await headOf(bytes, at);
    inAll += width * height;
    if (width * height > mostPixels || inAll > mostInAll) throw new TiffRefusal("too-large");
    const believable = density !== undefined && density >= 50 && density <= 2400;
    pages.push({ at, grey: channels < 3, density: believable ? density : undefined });
  }
  return pages;
}

const open = (bytes: Uint8Array, page: number) =>
  // The limit is our own, told with its reason; sharp's would come first for a page that is larger than it.
  sharp(bytes, { page, failOn: "error", limitInputPixels: false });

const headOf = (bytes: Uint8Array, at: number) =>
  open(bytes, at)
    .metadata()
    .catch(() => {
      throw new TiffRefusal("unreadable");
    });

/** A page unpacked and upright on white: bytes of grey, or a JPEG where it has colours. */
export async function pixelsOf(
  bytes: Uint8Array,
  { at, grey }: Page,
): Promise<{ data: Buffer; width: number; height: number; grey: boolean }> {
  const upright = open(bytes, at).autoOrient().flatten({ background: "white" });
  const { data, info } = await (grey
    ? upright.toColourspace("b-w").raw()
    : upright.toColourspace("srgb").jpeg({ quality: 90 })
  ).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, grey };
}
