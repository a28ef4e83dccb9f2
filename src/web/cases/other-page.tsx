import { CaseFrame } from "./case-frame.tsx";
import type { OtherShown } from "./shown.ts";

/** The page of a case of another kind: its own panels in the common frame. */
export function OtherPage(shown: OtherShown) {
  const { other, view } = shown;
  const { Content, Side } = other;
  return (
    <CaseFrame shown={shown} granting={<Side view={view} />}>
      <Content view={view} />
    </CaseFrame>
  );
}
