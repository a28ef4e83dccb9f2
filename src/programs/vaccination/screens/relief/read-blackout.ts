import { EntryProblem } from "#src/platform/problem.ts";
import type { Values } from "#src/web/values.ts";

/** Dots at which a page stands on the screen: a click on it is told in them. */
export const shownWide = 560;

/** A box of a page, in thousandths of it. */
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where the picture was clicked, in thousandths. */
export function clicked(form: Values): { x: number; y: number } {
  const high = form.integer("shownHigh") ?? shownWide;
  const within = (at: number, of: number) =>
    Math.min(1000, Math.max(0, Math.round((at * 1000) / of)));
  return {
    x: within(form.integer("at.x") ?? 0, shownWide),
    y: within(form.integer("at.y") ?? 0, high),
  };
}

/** The box between the first click and this one; nothing while this is the first. @throws EntryProblem */
export function clickedBox(form: Values): Box | undefined {
  const point = clicked(form);
  const [fromX, fromY] = [form.integer("fromX"), form.integer("fromY")];
  if (fromX === undefined || fromY === undefined) return undefined;
  const box = {
    left: Math.min(fromX, point.x),
    top: Math.min(fromY, point.y),
    width: Math.abs(fromX - point.x),
    height: Math.abs(fromY - point.y),
  };
  if (box.width === 0 || box.height === 0)
    throw new EntryProblem("left", "2か所目は、1か所目と縦にも横にも離れた所を選んでください。");
  return box;
}

/** A box as it was typed, in hundredths of the page. @throws EntryProblem */
export function typedBox(form: Values): Box {
  const part = (name: string, label: string): number => {
    const value = Number(form.text(name));
    if (form.text(name) === "" || !Number.isFinite(value) || value < 0 || value > 100)
      throw new EntryProblem(name, `${label}は、0から100までの数で入力してください。`);
    return Math.round(value * 10);
  };
  const box = {
    left: part("left", "左から"),
    top: part("top", "上から"),
    width: part("width", "幅"),
    height: part("height", "高さ"),
  };
  if (
    box.width === 0 ||
    box.height === 0 ||
    box.left + box.width > 1000 ||
    box.top + box.height > 1000
  )
    throw new EntryProblem("width", "黒塗りする所が、ページからはみ出しています。");
  return box;
}
