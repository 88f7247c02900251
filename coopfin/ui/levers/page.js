// What the levers write into the page around them: the texts and attributes of elements with `data-live`, while a lever
// moves, and for the whole page that it moves. `isolate_styles` hides our own elements from it, not it from us.

const pick = (column, i) => column.strings[column.index.length ? column.index[i] : 0];
const written = new Map(); // element → {attribute or "" for its text: what the server had written there}
const hands = new MutationObserver(records => spoken(records)); // sees when the server writes over what we wrote

/** Put what a sweep says of its point i into the page; of pictures only if they are still `framed` as it knows them. */
function showPoint(sweep, i, framed) {
  spoken(hands.takeRecords());
  for (const element of document.querySelectorAll("[data-live]")) {
    const text = sweep.places[element.dataset.live], marks = sweep.marks[element.dataset.live];
    if (text) put(element, "", pick(text, i));
    for (const name in marks) if (framed || name === "class") put(element, name, pick(marks[name], i));
  }
  hands.takeRecords(); // that was us
}

function put(element, name, text) {
  const now = name ? element.getAttribute(name) : element.textContent;
  if (now === text) return;
  if (!written.has(element)) hands.observe(element, { attributes: true, characterData: true, childList: true, subtree: true });
  const before = written.get(element) ?? {};
  before[name] ??= now;
  written.set(element, before);
  set(element, name, text);
}

/** What the server wrote holds: there is nothing to restore. */
function spoken(records) {
  for (const { target } of records) written.delete(target.nodeType === Node.TEXT_NODE ? target.parentElement : target);
}

function set(element, name, text) {
  if (name) element.setAttribute(name, text);
  // A text node that stands there stays: the page's own framework may hold on to it.
  else if (element.childNodes.length === 1 && element.firstChild.nodeType === Node.TEXT_NODE) element.firstChild.nodeValue = text;
  else element.textContent = text;
}

/**
 * The server has answered and the page is drawn. What it did not write anew is as it was before the hand moved: the server
 * refused the move, or the figure is the same.
 */
function restorePage() {
  spoken(hands.takeRecords());
  for (const [element, before] of written) if (element.isConnected) for (const name in before) set(element, name, before[name]);
  written.clear();
  hands.disconnect();
}

/** `moving` under a hand, `waiting` for the server's answer, or nothing; regions that speak are busy until then. */
function markPage(state) {
  const root = document.documentElement;
  if ((root.dataset.liveState ?? "") === state) return;
  if (state) root.dataset.liveState = state; else delete root.dataset.liveState;
  for (const region of document.querySelectorAll("[aria-live]")) {
    if (region.querySelector("[data-live]") || region.matches("[data-live]")) region.setAttribute("aria-busy", String(!!state));
  }
}

/** The page's answer as it stands. */
const answer = () => document.querySelector(".st-key-answer")?.innerText ?? "";

const app = () => document.querySelector('[data-testid="stApp"]');
const running = () => app()?.dataset.testScriptState === "running";

/** Calls `then` whenever the server has finished with the page; gives back how to stop. */
function whenIdle(then) {
  const watch = new MutationObserver(() => running() || then());
  if (app()) watch.observe(app(), { attributeFilter: ["data-test-script-state"] });
  return () => watch.disconnect();
}

const REDRAWN = ["x", "width", "points", "transform", "class"]; // attributes that move with a lever

/** Calls `then` when something of the page is drawn anew, in whole or a number of it, before it is painted; gives back how to stop. */
function whenDrawn(then) {
  const watch = new MutationObserver(() => { then(); watch.takeRecords(); }); // what `then` writes is not the server's
  watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: REDRAWN });
  return () => watch.disconnect();
}
