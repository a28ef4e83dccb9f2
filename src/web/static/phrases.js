// 定型文: the sentences of the office in a window over the field, by mouse or keyboard. The one chosen is put where the
// cursor stands; nothing that was typed is lost.

const dialog = document.getElementById("phrases");
const list = document.getElementById("phrase-choices");
let field;

const buttonOf = (element) =>
  element instanceof Element
    ? (element.closest("[data-phrases]") ??
      element.closest(".field-body")?.querySelector("[data-phrases]"))
    : null;

document.addEventListener("click", (event) => {
  const opener = event.target instanceof Element && event.target.closest("[data-phrases]");
  if (opener) offer(opener);
  const chosen = event.target instanceof Element && event.target.closest("[data-phrase]");
  if (chosen) insert(chosen.dataset.phrase);
});

document.addEventListener("keydown", (event) => {
  if (dialog?.open) return choose(event);
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyT") return;
  // In the field where the person is, else the first that has sentences.
  const opener =
    buttonOf(event.target) ??
    [...document.querySelectorAll("main [data-phrases]")].find((one) => one.offsetParent !== null);
  if (!opener) return;
  event.preventDefault();
  offer(opener);
});

async function offer(opener) {
  field = document.getElementById(opener.dataset.for);
  const program = document.getElementById("main").dataset.program ?? "";
  const answer = await fetch(
    `/phrases/offered/${opener.dataset.phrases}?${new URLSearchParams({ program })}`,
    { headers: { "HX-Request": "true" } },
  );
  if (answer.status !== 200) return;
  // Markup of our own server, escaped there.
  list.innerHTML = await answer.text();
  dialog.showModal();
  list.querySelector("button")?.focus();
}

/** A digit takes a sentence, arrows go from one to the next. */
function choose(event) {
  const choices = [...list.querySelectorAll("[data-phrase]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choices[choices.indexOf(document.activeElement) + step]?.focus();
  const chosen = /^[1-9]$/.test(event.key) && choices[Number(event.key) - 1];
  if (!step && !chosen) return;
  event.preventDefault();
  event.stopPropagation();
  if (chosen) insert(chosen.dataset.phrase);
}

function insert(words) {
  dialog.close();
  field.focus();
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
