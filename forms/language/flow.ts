import type { Face, Purpose } from "../fonts/fonts.ts";
import { type Block, nowhere, Paper } from "./paper.ts";
import { BODY, type Breaking, lineEnds, points } from "./text.ts";
import { measure, wrap } from "./wrap.ts";

/**
 * Where running text goes: from `y` down to `bottom`, on further pages from `nextY`. Without `nextY` there are no further
 * pages, and a text that is too long holds the piece.
 */
export interface FlowBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly bottom: number;
  readonly nextY?: number;
}

/** The rest of a flow's page while it is filled from above. */
export class Area {
  readonly paper: Paper;
  readonly box: FlowBox;
  y: number;
  /** Pages begun after the first. */
  page = 0;

  constructor(paper: Paper, box: FlowBox) {
    this.paper = paper;
    this.box = box;
    this.y = box.y;
  }

  get room(): number {
    return this.box.bottom - this.y;
  }

  /** Goes on on a new page, where there may be one. */
  turn(): void {
    const { nextY, y } = this.box;
    if (nextY === undefined) this.paper.hold({ kind: "does-not-fit", field: BODY, smallest: 12 });
    else {
      this.paper.newPage();
      this.page++;
    }
    this.y = nextY ?? y;
  }

  /** Takes a strip and gives its top; goes to a new page when the strip and `keep` below it have no room. */
  take(height: number, keep = 0): number {
    if (height + keep > this.room + 1e-6) this.turn();
    const top = this.y;
    this.y += height;
    return top;
  }
}

/** A part of running text: a paragraph, a table … */
export type Item = (area: Area) => void;

/** Running text over as many pages as it needs. */
export function flow(box: FlowBox, items: readonly Item[]): Block {
  return (paper) => {
    const area = new Area(paper, box);
    for (const item of items) item(area);
  };
}

/** Empty space; nothing at the top of a page. */
export function gap(height: number): Item {
  return (area) => {
    if (area.y > (area.box.nextY ?? 0)) area.y += height;
  };
}

export interface ParagraphStyle {
  readonly size?: number;
  readonly leading?: number;
  readonly face?: Face;
  readonly purpose?: Purpose;
  readonly breaking?: Breaking;
  readonly align?: "left" | "centre" | "right";
  /** Indent of all lines, millimetres. */
  readonly indent?: number;
  /** A mark before the first line, left of the indent: 1, ・ … */
  readonly mark?: string;
  /** Millimetres that must stay free below, so that a heading is not left alone. */
  readonly keep?: number;
}

/** Lines of text, 12 pt unless stated; a line feed begins a new line. */
export function paragraph(content: string, style: ParagraphStyle = {}): Item {
  const { size = 12, leading = 1.6, face = "gothic", purpose = "text" } = style;
  const { align = "left", indent = 0, keep = 0 } = style;
  return (area) => {
    const { paper, box } = area;
    const width = box.width - indent;
    const step = points(size * leading);
    const lines = content
      .split("\n")
      .flatMap((part) =>
        wrap(
          paper.shape(BODY, part, face, purpose),
          width / points(size),
          lineEnds(purpose, style.breaking),
        ),
      );
    lines.forEach((line, index) => {
      const y = area.take(step, index === 0 ? keep : 0) + (step - points(size)) / 2;
      const free = width - measure(line) * points(size);
      const shift = align === "right" ? free : align === "centre" ? free / 2 : 0;
      if (index === 0 && style.mark)
        paper.set(box.x, y, paper.shape(style.mark, style.mark, face, "text"), size);
      paper.set(box.x + indent + shift, y, line, size);
    });
  };
}

/** A heading that stays with what follows. */
export function heading(content: string): Item {
  return (area) => {
    gap(2)(area);
    area.paper.tagged("H2", () => paragraph(content, { size: 13, face: "bold", keep: 16 })(area));
  };
}

/** Numbered or dotted points, one sentence each. */
export function list(
  points: readonly string[],
  style: ParagraphStyle & { numbered?: boolean } = {},
): Item {
  const { numbered = false, ...rest } = style;
  return (area) => {
    points.forEach((point, index) => {
      paragraph(point, {
        indent: numbered ? 7 : 5,
        mark: numbered ? `${index + 1}` : "・",
        ...rest,
      })(area);
    });
  };
}

/** Parts that stay on one page: they begin a new one when they do not fit below. */
export function together(items: readonly Item[]): Item {
  return (area) => {
    const { paper, box } = area;
    const trial = new Area(new Paper(paper.fonts, nowhere, paper), {
      ...box,
      y: 0,
      bottom: Number.POSITIVE_INFINITY,
      // Nothing on trial is at the top of a page: gaps count.
      nextY: -1,
    });
    for (const item of items) item(trial);
    if (trial.y > area.room && area.page === 0 && box.nextY !== undefined) area.turn();
    for (const item of items) item(area);
  };
}

/** Puts what follows at the foot of the first page; on a further page it follows the text. */
export function atFoot(height: number, item: Item): Item {
  return (area) => {
    const top = area.take(height);
    area.y =
      area.page === 0 && area.box.bottom < Number.POSITIVE_INFINITY
        ? Math.max(top, area.box.bottom - height)
        : top;
    item(area);
  };
}
