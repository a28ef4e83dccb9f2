import sharp from "sharp";

const lines = (width: number, height: number, page: number) => {
  const pixels = Buffer.alloc(width * height, 255);
  // A bar of its own height tells the pages apart.
  pixels.fill(0, width * 10, width * (20 + page * 10));
  return pixels;
};

/** A TIFF as a scanner writes it; each page of black bars on white, the first 10 rows high and every further one 10 more. */
export async function scannedTiff(
  compression: "ccittfax4" | "lzw" | "jpeg" | "deflate" | "packbits" | "none",
  { pages = 1, width = 200, height = 300, colour = false } = {},
): Promise<Buffer> {
  const all = Buffer.concat(Array.from({ length: pages }, (_, n) => lines(width, height, n)));
  const image = sharp(all, {
    raw: { width, height: height * pages, channels: 1, pageHeight: height },
    limitInputPixels: false,
  }).toColourspace(colour ? "srgb" : "b-w");
  const dots = 200 / 25.4;
  return image
    .tiff({
      compression,
      xres: dots,
      yres: dots,
      ...(compression === "ccittfax4" ? { bitdepth: 1 as const } : {}),
    })
    .toBuffer();
}
