// The session as the database has it. No page judges by its own clock: it asks when the time that is left has run out, when
// the window comes to the front, and when another tab says that something changed. What is typed stays in the page under
// the lock.

const tabs = new BroadcastChannel("madoguchi");
/** The dialog over a page of somebody who is signed in; the lock page has none. */
const dialog = document.getElementById("lock");
const lockPage = document.querySelector("[data-locked]");
/** So often at most a page tells that the person is at work, and so long it believes that the session is open. */
const interval = 30_000;

/** Seconds before the end of the session at which it is told. */
const warnedBefore = 15 * 60;

let confirmedAt = Date.now();
/** When the server last heard of the person; opening the page told it. */
let toldAt = Date.now();
let asking;
/** Changes whenever the person locks: an answer to a question from before says nothing of it. */
let locks = 0;
let alarm;
let later;

const isCovered = () => document.body.classList.contains("locked");
const here = () => location.pathname + location.search;

/** Asks how the session stands; with `acts` the person did something, which prolongs it. One question at a time. */
function ask(acts = false) {
  // What the person does is told even where the page was just asking by itself.
  if (asking && acts) return asking.then(() => ask(true));
  const before = locks;
  asking ??= question(acts)
    .then((answer) => (answer.state === "open" && before !== locks ? answer.state : follow(answer)))
    .catch(() => undefined)
    .finally(() => {
      asking = undefined;
    });
  return asking;
}

async function question(acts) {
  if (acts) toldAt = Date.now();
  const told = acts && (await post("/account/present", {}));
  const answer =
    told?.status === 200
      ? told
      : await fetch(`/session?${new URLSearchParams({ back: here() })}`, { cache: "no-store" });
  return answer.json();
}

function post(path, fields) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  return fetch(path, {
    method: "POST",
    headers: { ...headers, "HX-Request": "true" },
    body: new URLSearchParams(fields),
  });
}

/** Does what the answer says; gives the state. */
function follow({ state, seconds, to, life, code }) {
  clearTimeout(alarm);
  tellEnd(life);
  if (dialog) document.getElementById("lock-second-factor").hidden = !code;
  if (state === "ended") location.assign(to);
  if (state === "locked") cover();
  if (state === "open") {
    confirmedAt = Date.now();
    // Also when the end comes near, to tell of it.
    const untilTold = life > warnedBefore ? life - warnedBefore : life;
    alarm = setTimeout(ask, Math.min(seconds, untilTold) * 1000 + 500);
    if (lockPage) goBack();
    else uncover();
  }
  return state;
}

/** A quarter of an hour before the end of the session, whatever is done, the page says when that is. */
function tellEnd(life) {
  const notice = document.getElementById("session-end");
  if (!notice || life === undefined) return;
  notice.hidden = life > warnedBefore;
  const end = new Date(Date.now() + life * 1000);
  const time = end.toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });
  const slot = notice.querySelector("[data-time]");
  if (slot.textContent !== time) slot.textContent = time;
}

// --- the person is at work ------------------------------------------------------------------------

/** Keys and clicks count, also where nothing is sent for long. */
function act() {
  if (isCovered() || later) return;
  const due = toldAt + interval - Date.now();
  if (due <= 0) ask(true);
  else
    later = setTimeout(() => {
      later = undefined;
      if (!isCovered()) ask(true);
    }, due);
}

/** A form is never sent into a lock that this page does not know of yet: first it is asked, then it goes on. */
async function askBeforeSending(event) {
  const form = event.target;
  if (form.method === "dialog" || form.closest("#lock") || Date.now() - confirmedAt < interval)
    return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  // Without an answer the form goes its way: the server judges anyhow.
  const state = await ask(true);
  if (state !== undefined && state !== "open") return;
  confirmedAt = Date.now();
  form.requestSubmit(submitter ?? undefined);
}

// --- lock -----------------------------------------------------------------------------------------

function cover() {
  if (!dialog || dialog.open) return;
  document.body.classList.add("locked");
  dialog.showModal();
  dialog.querySelector("input[type=password]").focus();
}

function uncover() {
  if (!isCovered()) return;
  document.body.classList.remove("locked");
  document.getElementById("lock-error").textContent = "";
  dialog.close();
  document.dispatchEvent(new Event("session:open"));
}

async function lock() {
  locks++;
  cover();
  await post("/lock", {});
  locks++;
  tabs.postMessage("locked");
}

async function unlock(form) {
  const { password, code } = form.elements;
  const answer = await post("/unlock", { password: password.value, code: code.value });
  password.value = "";
  code.value = "";
  if (answer.status === 422) {
    document.getElementById("lock-error").textContent = await answer.text();
    password.focus();
    return;
  }
  await ask();
  tabs.postMessage("open");
}

function goBack() {
  if (lockPage.dataset.carries !== undefined)
    sessionStorage.setItem("carry", lockPage.dataset.locked);
  location.replace(lockPage.dataset.locked);
}

// --- start ----------------------------------------------------------------------------------------

function startPage() {
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, act);
  document.addEventListener("submit", askBeforeSending, true);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyL") return;
    event.preventDefault();
    lock();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    unlock(event.target);
  });
  document.querySelector("[data-lock]").form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    lock();
  });
  // A part of the page was refused: the session is locked or over.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 423) ask();
  });
  // The same of a draft that could not be kept.
  document.addEventListener("session:locked", () => ask());
  ask();
}

if (dialog || lockPage) {
  tabs.addEventListener("message", ({ data }) => {
    if (data === "locked" || isCovered() || lockPage) ask();
  });
  window.addEventListener("focus", () => ask());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  // The other tabs may lie under a lock that is off by now, or be open under one.
  tabs.postMessage(lockPage ? "locked" : "open");
}
if (dialog) startPage();
lockPage?.addEventListener("submit", () => {
  if (lockPage.dataset.carries !== undefined)
    sessionStorage.setItem("carry", lockPage.dataset.locked);
});
