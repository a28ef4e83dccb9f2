import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { customerBars, customerBarsSize } from "../codes/bars.ts";
import type { Issuer, Office, Recipient } from "../data.ts";
import type { Purpose } from "../fonts/fonts.ts";
import type { Item } from "./flow.ts";
import { type Template, templateName } from "./form.ts";
import { type Block, grey, type Size } from "./paper.ts";
import { type Box, type Breaking, layOut, text, write } from "./text.ts";

/**
 * The window of a 長形3号 envelope on a sheet folded in three: 20 mm from the left, 12 mm from the top, 90 × 45 mm.
 * The address keeps 4 mm from its edges, since the sheet moves in the envelope.
 */
export const envelopeWindow = { x: 20, y: 12, width: 90, height: 45 };

const MARGIN = 4;

/** One line of the address block: type size when there is room, smallest size, and the space above it. */
interface AddressLine {
  readonly content: string;
  readonly field: string;
  readonly purpose: Purpose;
  readonly size: number;
  readonly smallest: number;
  readonly lines: number;
  readonly above: number;
}

function addressLines(to: Recipient): AddressLine[] {
  const small = { size: 11, smallest: 8, lines: 1, above: 1.2 };
  const name = to.attention ? to.name : `${to.name}　${to.honorific ?? "様"}`;
  return [
    {
      ...small,
      content: `〒${hyphenated(to.postalCode)}`,
      field: "郵便番号",
      purpose: "text",
      above: 0,
    },
    { ...small, content: to.address, field: "住所", purpose: "address", lines: 2 },
    ...(to.building
      ? [
          {
            ...small,
            content: to.building,
            field: "方書",
            purpose: "address" as const,
            lines: 2,
            above: 0.6,
          },
        ]
      : []),
    { content: name, field: "宛名", purpose: "name", size: 14, smallest: 10, lines: 2, above: 2.4 },
    ...(to.attention
      ? [{ ...small, content: to.attention, field: "宛名の添え書き", purpose: "name" as const }]
      : []),
  ];
}

/** Parts of the full size that are tried until the whole address fits the window. */
const SCALES = [1, 0.92, 0.84, 0.78, 0.72];

/** {@link addressBlock} in the window of the envelope. */
export function windowAddress(to: Recipient, breaking?: Breaking): Block {
  const { x, y, width, height } = envelopeWindow;
  const box = {
    x: x + MARGIN,
    y: y + MARGIN,
    width: width - 2 * MARGIN,
    height: height - 2 * MARGIN,
  };
  return addressBlock(to, box, breaking);
}

/** Postal code, address and name from the top of a box, the customer barcode at its foot; long ones shrink together. */
export function addressBlock(
  to: Recipient,
  box: Required<Box>,
  breaking: Breaking = "parts",
): Block {
  const { x, y: top, width } = box;
  const foot = top + box.height;
  const barcodeTop = foot - customerBarsSize.height;
  const room = (to.barcode ? barcodeTop - 2 : foot) - top;
  const lines = addressLines(to);
  return (paper) => {
    const fitting = SCALES.values()
      .map((scale) => {
        const laid = lines.map(({ content, size, smallest, above, ...style }) => ({
          above: above * scale,
          text: layOut(paper, { x, y: 0, width }, content, {
            ...style,
            breaking,
            size: Math.max(smallest, size * scale),
            smallest,
            leading: 1.15,
          }),
        }));
        const height = laid.reduce(
          (sum, one) => sum + one.above + (one.text?.height ?? Number.POSITIVE_INFINITY),
          0,
        );
        return { laid, height };
      })
      .find(({ height }) => height <= room);
    if (!fitting) paper.hold({ kind: "does-not-fit", field: "宛名", smallest: 10 });
    let y = top;
    for (const { above, text: laid } of fitting?.laid ?? []) {
      laid?.draw(y + above);
      y += above + (laid?.height ?? 0);
    }
    if (to.barcode) customerBars(x, barcodeTop, to.barcode)(paper);
  };
}

/** `860-0808` */
function hyphenated(postalCode: string): string {
  return `${postalCode.slice(0, 3)}-${postalCode.slice(3)}`;
}

const RIGHT = { x: 122, width: 68 };
const SEAL = 21;
const LOGO_HEIGHT = 8;

/** Dots of a PNG, from its first chunk. */
function pngSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** 文書番号, date and issuer with the 公印, right of the window. */
export function letterHead(head: {
  documentNumber?: string;
  date: IsoDate;
  issuer: Issuer;
}): Block {
  return (paper) => {
    const { documentNumber, date, issuer } = head;
    const right = { size: 12, smallest: 10, align: "right" as const };
    if (documentNumber)
      write(paper, { ...RIGHT, y: 16 }, documentNumber, { ...right, field: "文書番号" });
    write(paper, { ...RIGHT, y: documentNumber ? 22.5 : 16 }, formatWareki(date), {
      ...right,
      field: "日付",
    });
    issuedBy(issuer, RIGHT.x, 40, RIGHT.width)(paper);
    if (issuer.logo) {
      const { width, height } = pngSize(issuer.logo);
      const scale = Math.min(RIGHT.width / width, LOGO_HEIGHT / height);
      paper.image(
        issuer.logo,
        RIGHT.x + RIGHT.width - width * scale,
        14 - height * scale,
        width * scale,
        height * scale,
      );
    }
  };
}

/** Title and name of the issuer, the seal over the end of the name; 公印省略 below where there is none. */
export function issuedBy(issuer: Issuer, x: number, y: number, width: number): Block {
  return (paper) => {
    const room = issuer.seal ? width - SEAL * 0.72 : width;
    write(paper, { x, y, width: room }, `${issuer.title}　${issuer.name}`, {
      size: 13,
      smallest: 10,
      align: "right",
      purpose: "name",
      field: "発行者",
    });
    if (issuer.seal) paper.image(issuer.seal, x + width - SEAL, y + 2.3 - SEAL / 2, SEAL, SEAL);
    else write(paper, { x, y: y + 6, width }, "（公印省略）", { size: 10.5, align: "right" });
  };
}

const TITLE_MARGIN = 20;

/** The title of a page, in its middle. */
export function title(y: number, content: string): Block {
  return (paper) =>
    paper.tagged("H1", () =>
      write(paper, { x: TITLE_MARGIN, y, width: paper.size.width - 2 * TITLE_MARGIN }, content, {
        size: 17,
        smallest: 14,
        face: "bold",
        align: "centre",
        tracking: 1,
        field: "表題",
      }),
    );
}

/** Height of {@link contact}. */
export const CONTACT_HEIGHT = 23;

/** お問い合わせ先 in a frame. */
export function contact(office: Office): Item {
  return (area) => {
    const { paper, box } = area;
    const y = area.take(CONTACT_HEIGHT);
    contactBox(office, box.x, y, box.width)(paper);
  };
}

/** お問い合わせ先 in a frame at a place of its own. */
export function contactBox(office: Office, x: number, y: number, width: number): Block {
  const lines: readonly (readonly [string, string])[] = [
    ["お問い合わせ先", office.name],
    ["", `〒${hyphenated(office.postalCode)}　${office.address}`],
    ["", `電話 ${office.telephone}（${office.hours}）`],
  ];
  return (paper) => {
    paper.frame(x, y, width, CONTACT_HEIGHT, { width: 0.3 });
    lines.forEach(([label, content], index) => {
      const top = y + 3 + index * 6.4;
      if (label) write(paper, { x: x + 4, y: top, width: 34 }, label, { size: 12, face: "bold" });
      write(paper, { x: x + 40, y: top, width: width - 44 }, content, {
        size: 12,
        smallest: 9.5,
        field: "お問い合わせ先",
      });
    });
  };
}

/** Sender and contact on a postcard, small, under a line. */
export function contactLines(office: Office, x: number, y: number, width: number): Block[] {
  const lines = [
    office.name,
    `〒${hyphenated(office.postalCode)}　${office.address}`,
    `電話 ${office.telephone}`,
  ];
  return [
    (paper) => paper.line(x, y - 2, x + width, y - 2),
    ...lines.map((content, index) =>
      text({ x, y: y + index * 5, width }, content, { size: 10, smallest: 7, field: "差出人" }),
    ),
  ];
}

/** Id and version of the template, small in the lower right corner. */
export function templateCorner(form: Template, size: Size): Block {
  return text({ x: size.width - 90, y: size.height - 9, width: 78 }, templateName(form), {
    size: 6.5,
    align: "right",
    colour: grey,
  });
}

/** At the foot of every page: the template, and `1／2` where there are several. Comes last. */
export function pageFeet(form: Template, size: Size): Block {
  return (paper) => {
    const total = paper.pageCount;
    for (let page = 0; page < total; page++) {
      paper.turnTo(page);
      templateCorner(form, size)(paper);
      const box = { x: 20, y: size.height - 13, width: size.width - 40 };
      if (total > 1) write(paper, box, `${page + 1}／${total}`, { size: 10, align: "centre" });
    }
  };
}
