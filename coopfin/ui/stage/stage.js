// The stage: keys and buttons that move the lever, choose another, and show something else for a while: the base, a replay.
// It comes after page.js of the levers and writes into the page as they do; whatever it wrote is put back.

const TIMES = 3, LASTS = 1400, PAUSE = 500; // of a replay: how often, milliseconds from was to now, and between two
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const bar = parentElement.querySelector(".bar");
  bar.stage ??= create(parentElement);
  return bar.stage(data, setStateValue, setTriggerValue);
}

function create(root) {
  const find = selector => root.querySelector(selector);
  const button = name => find(`.bar [name=${name}]`);
  const [help, code] = [find("dialog.help"), find("dialog.code")];
  let data, choose, ask; // the server's last word, and the ways to it
  let at = 0; // which thumb the keys move
  let shows = ""; // what the page shows beside the truth: the base, a replay
  let films = 0, frame = 0, pending = 0, ready = false;

  const line = () => window.coopfinLines?.get(data.levers) ?? {};
  const thumb = () => data.thumbs[at];
  const note = text => { find(".note").textContent = text; find(".note").hidden = !text; };
  const hidden = () => document.documentElement.hasAttribute("data-stage-hidden");

  function receive(told, setStateValue, setTriggerValue) {
    const before = data?.lever;
    [data, choose, ask] = [told, value => setStateValue("choice", value), number => setTriggerValue("film", number)];
    leave = () => setTriggerValue("leave", true);
    // At first, and where the lever is not the one that the keys chose.
    if (!before || (before !== data.lever && data.thumbs[at]?.[0] !== data.lever)) at = last(data.lever);
    at = Math.min(at, data.thumbs.length - 1);
    const select = button("lever"), names = new Map(data.thumbs.map(([name, label]) => [name, label]));
    const wants = JSON.stringify([...names]);
    if (select.made !== wants) select.replaceChildren(...[...names].map(([name, label]) => new Option(label, name)));
    select.made = wants;
    select.value = data.lever;
    button("years").firstElementChild.textContent = data.years === "Cash" ? "Income" : "Cash";
    button("room").hidden = !data.room;
    if (data.room) button("room").href = data.room;
    find(".corner").hidden = !data.code;
    for (const image of root.querySelectorAll("img")) image.src = `data:image/svg+xml,${encodeURIComponent(data.code)}`;
    code.querySelector("p").textContent = data.address;
    if (data.asked && data.asked === films) calm(play);
    else rest(); // the page was drawn anew
    if (!ready) begin();
    else if (before !== data.lever) hold();
    return () => end();
  }
  let leave;

  // The thumb of the last firm: of the cooperative, where there are two.
  const last = lever => data.thumbs.findLastIndex(([name]) => name === lever);

  // --- what the keys do --------------------------------------------------------------------------------------------

  function hold(tries = 60) {
    const [lever, , firm] = thumb();
    if (!line().hold?.(lever, firm) && tries) requestAnimationFrame(() => hold(tries - 1));
  }

  function step(by) {
    rest();
    const [lever, , firm] = thumb();
    line().step?.(lever, firm, by);
  }

  // Another lever is drawn by the server: it is asked once all moves of this one are answered, and for the last of several.
  function turn(to) {
    rest();
    at = to;
    const [lever] = thumb();
    button("lever").value = lever;
    calm(() => {
      if (lever !== data.lever) choose({ lever, years: data.years });
      else hold();
    });
  }

  // Once every move is answered, and of several that wait the last.
  function calm(then) {
    clearTimeout(pending);
    if (document.documentElement.dataset.liveState) pending = setTimeout(calm, 30, then);
    else then();
  }
  const next = by => turn((at + by + data.thumbs.length) % data.thumbs.length);

  function hide(is) {
    document.documentElement.toggleAttribute("data-stage-hidden", is);
    button("hide").setAttribute("aria-pressed", String(is));
    button("hide").firstChild.textContent = is ? "Show " : "Hide ";
  }

  function base() {
    const on = shows !== "base";
    rest();
    if (on) calm(() => show("base", data.base, 0, data.pinned ? "The base: what was pinned" : "The base: the preset as it is"));
  }

  function years() {
    rest();
    choose({ lever: data.lever, years: data.years === "Cash" ? "Income" : "Cash" });
  }

  function replay() {
    rest();
    films += 1;
    ask(films);
  }

  function play() {
    films += 1; // once
    if (!data.film) { note("No lever was moved since; there is nothing to replay"); setTimeout(() => shows || note(""), 2500); return; }
    const { film, frames } = data, began = performance.now();
    let drawn = -1; // the round that was begun: however slow the machine, each begins with what was
    const draw = () => {
      const since = performance.now() - began; // a frame's own time may be older than the beginning
      const round = Math.floor(since / (LASTS + PAUSE)), into = Math.min(1, (since % (LASTS + PAUSE)) / LASTS);
      if (round >= TIMES) return rest();
      const far = STILL.matches ? Number(into > 0.5) : into * into * (3 - 2 * into);
      show("replay", film, round > drawn ? 0 : Math.round(far * (frames - 1)), `The last change, ${round + 1} of ${TIMES}`);
      drawn = round;
      frame = requestAnimationFrame(draw);
    };
    draw();
  }

  function show(what, sweep, i, text) {
    shows = what;
    document.documentElement.dataset.stageShows = what;
    button("base").setAttribute("aria-pressed", String(what === "base"));
    note(text);
    showPoint(sweep, i);
    for (const [lever, firm, values] of sweep.thumbs) line().look?.(lever, firm, values[i]);
  }

  /** The page shows again what is so. */
  function rest() {
    cancelAnimationFrame(frame);
    if (!shows) return;
    const thumbs = [...data.base.thumbs, ...(data.film?.thumbs ?? [])];
    shows = "";
    delete document.documentElement.dataset.stageShows;
    button("base").setAttribute("aria-pressed", "false");
    note("");
    restorePage();
    for (const [lever, firm] of thumbs) line().look?.(lever, firm);
  }

  const open = dialog => { rest(); dialog.showModal(); };

  // --- where they come from ----------------------------------------------------------------------------------------

  const keys = {
    ArrowLeft: e => step(e.shiftKey ? -5 : -1), ArrowRight: e => step(e.shiftKey ? 5 : 1),
    ArrowUp: () => next(-1), ArrowDown: () => next(1), PageUp: () => next(-1), PageDown: () => next(1),
    " ": replay, b: base, ".": base, h: () => hide(!hidden()), y: years, q: () => data.code && open(code), "?": () => open(help),
    Escape: () => leave(),
  };
  const clicks = {
    up: () => next(-1), down: () => next(1), less: () => step(-1), more: () => step(1), replay, base, years,
    hide: () => hide(!hidden()), help: () => open(help), code: () => open(code), leave: () => leave(),
  };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const [target] = event.composedPath(), { key } = event;
    const dialog = [help, code].find(each => each.open);
    if (dialog) {
      if (key === "?" || key === "q") dialog.close();
      return; // Esc closes it by itself
    }
    if (target.tagName === "TEXTAREA" || target.isContentEditable || (target.tagName === "INPUT" && target.type !== "range")) return;
    if (target.tagName === "SELECT" && key !== "Escape") return;
    if (key === " " && ["BUTTON", "A"].includes(target.tagName)) return;
    const does = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does(event);
  }

  // A hand on the lever itself: its thumb is the one the keys move from now on.
  function grip(event) {
    if (event.composedPath().includes(root.host)) return;
    if (event.type === "pointerdown") rest();
    const range = event.composedPath()[0];
    const held = data.thumbs.findIndex(([lever, , firm]) => line().is?.(range, lever, firm));
    if (held >= 0) at = held;
  }

  function begin() {
    ready = true;
    document.addEventListener("keydown", press, true);
    document.addEventListener("pointerdown", grip, true);
    document.addEventListener("focusin", grip, true);
    hold();
  }
  function end() {
    if (root.host?.isConnected) return;
    ready = false;
    rest();
    hide(false);
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("pointerdown", grip, true);
    document.removeEventListener("focusin", grip, true);
  }

  root.addEventListener("click", event => {
    const { name } = event.target.closest("button") ?? {};
    if (name === "close") event.target.closest("dialog").close();
    if (!clicks[name]) return;
    clicks[name]();
    if (event.detail) event.target.closest("button").blur(); // after a mouse the keys are the stage's again
  });
  button("lever").onchange = () => { turn(last(button("lever").value)); button("lever").blur(); };
  return receive;
}
