import sharp from "sharp";

/** A page as dots: four bytes each (red, green, blue, opacity), row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A part of a page in thousandths of its width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const thousand = 1000;

/** The page with the boxes black: their dots are gone, nothing lies over them. Dots that a box touches are black whole. */
export function blackOut(page: Picture, boxes: readonly Box[]): Picture {
  const data = Uint8Array.from(page.data);
  for (const { left, top, width, height } of boxes) {
    const at = (part: number, of: number) => (part * of) / thousand;
    const [fromX, toX] = [
      Math.floor(at(left, page.width)),
      Math.ceil(at(left + width, page.width)),
    ];
    const [fromY, toY] = [
      Math.floor(at(top, page.height)),
      Math.ceil(at(top + height, page.height)),
    ];
    for (let y = Math.max(0, fromY); y < Math.min(toY, page.height); y++)
      for (let x = Math.max(0, fromX); x < Math.min(toX, page.width); x++)
        data.set([0, 0, 0, 255], (y * page.width + x) * 4);
  }
  return { ...page, data };
}

/** A page as JPEG on white; of other software, place and time nothing stands in it. */
export const asJpeg = ({ data, width, height }: Picture): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .flatten({ background: "#fff" })
    .jpeg({ quality: 85 })
    .toBuffer();
