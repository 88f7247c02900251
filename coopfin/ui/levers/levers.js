// The levers of one key: native ranges for keys and screen readers, one pointer for a row's thumbs, an exact entry each.
// A value on the screen is, in this order: the one under the hand, one moved and not yet answered, the server's.

const stores = (window.coopfinLevers ??= new Map()); // a page that is turned draws us anew: what is not answered yet lives on
const LANE = 4; // pixels: the thumbs of two firms stand off the line, one above, one below
const REACH = 16; // how near a pointer grips a thumb where it is, instead of calling it to the pointer
const PATIENCE = 200, LOST = 3000; // milliseconds until we interrupt the server's run; until we take a message for lost

export default function ({ parentElement, data, setStateValue }) {
  if (!stores.has(data.key)) stores.set(data.key, create(data.key));
  return stores.get(data.key)(parentElement, data, setStateValue);
}

function create(key) {
  const lines = (window.coopfinLines ??= new Map());
  const line = lines.get(key) ?? {}; // to the fragment that answers questions, see live.js
  lines.set(key, line);
  let root, view, structure, send; // where we stand, the server's last word, its rows and thumbs, the way to it
  let sent = 0, sentAt = 0, timer = 0; // the number of the last message, its time, and when to look again
  const waiting = new Map(); // thumb → its value moved and not yet answered; n is 0 until it is sent
  const rows = new Map(), thumbs = new Map(), sweeps = new Map();
  let hand = null; // a pointer that holds a thumb
  let lead = null; // the thumb that moved last: the page shows its sweep
  let wanted = null, asked = { n: 0, of: "", open: false }, frame = 0, stopDrawn = null;

  const now = t => (hand?.thumb === t && hand.moved ? hand.value : waiting.get(t.id)?.value ?? t.value);
  const name = (lever, firm) => `${lever}\n${firm}`;
  const others = (t, value) => JSON.stringify([view.context, [...thumbs.values()].filter(o => o !== t).map(o => [o.id, value(o)])]);

  // --- the server's word -------------------------------------------------------------------------------------------

  function receive(parent, data, setStateValue) {
    const turned = root !== parent, other = view && view.session !== data.session;
    root = parent;
    send = list => setStateValue("moves", { to: view.session, list });
    // Another session never got what the old one did not answer; a page that was turned may not have.
    if (turned || other) for (const move of waiting.values()) if (other || move.n > data.seen) move.n = 0;
    sent = Math.max(sent, data.seen);
    let answered = false;
    for (const [id, move] of waiting) if (move.n && move.n <= data.seen) answered = waiting.delete(id);
    view = data;
    data.rows = data.rows.map((row, i) => complete(row, ...data.values[i]));
    build(turned);
    for (const row of data.rows) for (const each of row.thumbs) Object.assign(thumbs.get(name(row.name, each.firm)), each, { row });
    for (const [id, sweep] of sweeps) {
      place(sweep);
      const old = !sweep.lasting && sweep.version !== view.version;
      if (old || sweep.basis !== others(thumbs.get(id) ?? {}, o => o.value)) sweeps.delete(id);
    }
    const signs = data.rows.map(row => {
      const longest = Math.max(...[row.low, row.high, ...row.thumbs.map(t => t.value)].map(value => write(value, row).length));
      rows.get(row.name).style.setProperty("--own", Math.min(12, Math.max(6, longest)));
      return longest;
    });
    root.querySelector(".levers").style.setProperty("--signs", Math.min(12, Math.max(6, ...signs))); // what a field must hold
    for (const row of data.rows) paintRow(row);
    for (const t of thumbs.values()) paint(t);
    if (answered && lead) lead.answered = true;
    if (waiting.size) flush();
    if (!running()) settleSoon();
    // Streamlit also calls this for a call that newer data overtook, while we stand where we stood.
    return () => { if (root === parent && !parent.host.isConnected) { stopIdle(); root = null; markPage(""); } };
  }

  // A row with what changes: its note, and the values of its thumbs, at which they can stop too.
  function complete(row, note, ...values) {
    const inside = values.filter(value => row.low <= value && value <= row.high);
    const points = [...new Set([...row.points, ...inside])].sort((a, b) => a - b);
    return { ...row, note, points, thumbs: row.thumbs.map((t, k) => ({ ...t, value: values[k] })) };
  }

  // A sweep counts for the values of the other thumbs that it was made with, whatever its own thumb does. Where a picture has
  // got another axis since, what it says in words still counts.
  function place(sweep) {
    const t = thumbs.get(name(sweep.lever, sweep.firm));
    if (t && sweep.version === view.version) Object.assign(sweep, { basis: others(t, o => o.value), frame: view.frame });
  }

  line.waits = () => waiting.size > 0;
  line.busy = () => !!hand || line.waits() || asked.open || running();

  line.heard = data => {
    if (data.asked === asked.n) asked.open = false;
    if (data.sweep && view) {
      const id = name(data.sweep.lever, data.sweep.firm);
      sweeps.set(id, data.sweep);
      place(data.sweep);
      if (lead?.id === id) drawSoon();
    }
    reach(wanted);
  };

  // For who moves the levers from elsewhere, as a stage by its keys: take hold of a thumb, move it by so many stops, show it
  // at another value for a while, and tell whose a range is.
  line.hold = (lever, firm) => { const t = root && thumbs.get(name(lever, firm)); t?.range.focus({ preventScroll: true, focusVisible: true }); return !!t; };
  line.step = (lever, firm, by) => {
    const t = thumbs.get(name(lever, firm)), points = t?.row.points;
    if (t) commit(t, points[Math.min(points.length - 1, Math.max(0, nearest(points, now(t)) + by))]);
  };
  line.look = (lever, firm, value) => { const t = thumbs.get(name(lever, firm)); if (t) paint(t, value); };
  line.is = (element, lever, firm) => thumbs.get(name(lever, firm))?.range === element;

  // --- to the server -----------------------------------------------------------------------------------------------

  function commit(t, value) {
    if (value !== now(t)) {
      waiting.set(t.id, { lever: t.row.name, firm: t.firm, value, n: 0 });
      lead = t;
    }
    refuse(t.row);
    paint(t);
    drawSoon();
    flush();
  }

  // One message holds all that is not answered, so that none is lost when the server takes only the last of several.
  function flush() {
    clearTimeout(timer);
    const moves = [...waiting.values()], waited = performance.now() - sentAt;
    if (!moves.length || !root) return settleSoon();
    const fresh = moves.some(move => !move.n), flying = moves.some(move => move.n);
    if (!fresh && waited > LOST && !running()) for (const move of moves) move.n = 0;
    else if (!fresh || (flying && waited < PATIENCE)) { timer = setTimeout(flush, fresh ? PATIENCE - waited + 1 : LOST); return; }
    for (const move of moves) move.n ||= ++sent;
    sentAt = performance.now();
    timer = setTimeout(flush, LOST);
    send(moves.map(move => [move.lever, move.firm, move.value, move.n]));
  }

  // The hand comes near a thumb: ask for its sweep, unless we have it. One question at a time.
  function reach(t) {
    wanted = t;
    if (!t || !root || !line.ask || !thumbs.has(t.id)) return;
    const basis = others(t, o => o.value), of = name(t.id, view.version), known = sweeps.get(t.id);
    if ((known?.basis === basis && known.frame === view.frame) || asked.of === of) return;
    if (asked.open && asked.of.endsWith(view.version)) return; // first the answer that is on its way
    asked = { n: asked.n + 1, of, open: true };
    line.ask([t.row.name, t.firm, asked.n]);
  }

  // --- the page around us ------------------------------------------------------------------------------------------

  function drawSoon() {
    markPage(hand?.moved ? "moving" : waiting.size ? "waiting" : document.documentElement.dataset.liveState ?? "");
    frame ||= requestAnimationFrame(draw);
    stopDrawn ??= whenDrawn(() => (hand?.moved || waiting.size) && draw());
  }

  function draw() {
    frame = 0;
    const sweep = lead && sweeps.get(lead.id);
    if (!sweep || sweep.basis !== others(lead, now)) return lead && reach(lead);
    const i = sweep.points.indexOf(now(lead)), framed = sweep.frame === view.frame;
    if (!framed) reach(lead);
    if (i < 0) return;
    showPoint(sweep, i, framed);
    for (const [lever, firm, values] of sweep.thumbs) {
      const t = thumbs.get(name(lever, firm));
      if (t) paint(t, values[i]);
    }
  }

  // The server is done: what it did not draw anew is as it was, and what it said is said once. A question may have been
  // overtaken by a move: it is asked again.
  const idle = () => {
    const { n } = asked;
    flush();
    settleSoon();
    setTimeout(() => { if (asked.open && asked.n === n && !running()) { asked.of = ""; asked.open = false; } reach(wanted); }, PATIENCE);
  };
  let settling = 0, stopIdle = () => {};
  const settleSoon = () => { clearTimeout(settling); settling = setTimeout(settle, 150); };
  function settle() {
    if (hand || waiting.size || running()) return;
    restorePage();
    markPage("");
    stopDrawn?.();
    stopDrawn = null;
    for (const t of thumbs.values()) paint(t);
    if (lead?.answered && root) root.querySelector(".spoken").textContent = view.spoken || answer();
    if (lead) lead.answered = false;
    lead = null;
  }

  // --- rows --------------------------------------------------------------------------------------------------------

  const copy = kind => root.querySelector(`template.for-${kind}`).content.firstElementChild.cloneNode(true);
  const part = (row, selector) => rows.get(row.name).querySelector(selector);

  function build(turned) {
    const wants = JSON.stringify(view.rows.map(row => [row.name, row.group, row.thumbs.map(t => [t.firm, t.label, t.shape])]));
    if (turned) { stopIdle(); stopIdle = whenIdle(idle); }
    if (!turned && wants === structure) return;
    structure = wants;
    for (const map of [rows, thumbs, sweeps]) map.clear();
    hand = lead = wanted = null;
    const list = root.querySelector(".levers");
    list.replaceChildren(...(view.legend ? [legend()] : []));
    let group;
    for (const row of view.rows) {
      if (!group || group.dataset.name !== row.group) {
        group = list.appendChild(copy("group"));
        group.dataset.name = row.group;
        group.firstElementChild.textContent = row.group;
        group.setAttribute("aria-label", row.group);
        group.firstElementChild.hidden = !row.group;
      }
      buildRow(row, group.appendChild(copy("row")));
    }
    for (const id of waiting.keys()) if (!thumbs.has(id)) waiting.delete(id); // its firm is gone
  }

  // Which shape is which firm, once for all rows.
  function legend() {
    const firms = new Map(view.rows.flatMap(row => row.thumbs).filter(t => t.label).map(t => [t.label, t]));
    const box = Object.assign(document.createElement("p"), { className: "legend" });
    for (const [label, t] of firms) {
      const each = box.appendChild(copy("firm"));
      dress(each, t);
      each.lastElementChild.textContent = label;
    }
    return box;
  }

  const dress = (element, t) => { element.dataset.shape = t.shape; if (t.colour) element.style.setProperty("--firm", t.colour); };

  function buildRow(row, element) {
    rows.set(row.name, element);
    element.style.setProperty("--more", Math.max(0, row.thumbs.length - 2));
    element.classList.toggle("many", row.thumbs.length > 2);
    row.thumbs.forEach((each, k) => {
      const t = { ...each, id: name(row.name, each.firm), row, el: copy("thumb"), entry: copy("field") };
      t.lane = LANE * (2 * k + 1 - row.thumbs.length);
      t.range = t.el.querySelector("input");
      t.field = t.entry.querySelector("input");
      for (const el of [t.el, t.entry]) dress(el, each);
      t.el.style.setProperty("--lane", `${t.lane}px`);
      t.range.setAttribute("aria-describedby", `effect-${row.name} law-${row.name}-${k}`);
      t.el.querySelector(".law").id = `law-${row.name}-${k}`;
      thumbs.set(t.id, t);
      part(row, ".rail").append(t.el);
      part(row, ".fields").append(t.entry);
      t.range.oninput = () => commit(t, t.row.points[t.range.valueAsNumber]);
      t.range.onfocus = () => reach(t);
      t.field.onfocus = () => { t.field.select(); reach(t); };
      t.field.onchange = () => enter(t);
      t.field.onkeydown = e => { if (e.key === "Escape") { t.field.value = write(now(t), t.row); refuse(t.row); } };
    });
    part(row, ".effect").id = `effect-${row.name}`;
    followPointer(row, part(row, ".track"));
    helpOn(part(row, ".ask"), part(row, ".help"), row);
  }

  function paintRow(row) {
    for (const [place, text] of [["name", row.label], ["effect", row.effect], ["note", row.note], ["help", row.help]]) {
      const at = part(row, `.${place}`);
      if (at.textContent !== text) at.textContent = text;
    }
    rows.get(row.name).setAttribute("aria-label", row.label);
    part(row, ".ask").setAttribute("aria-label", `What is “${row.label}”?`);
    part(row, ".ask").hidden = !row.help;
  }

  const at = (row, value) => Math.min(1, Math.max(0, (value - row.low) / (row.high - row.low)));
  const nearest = (points, value) => points.reduce((best, p, i) => (Math.abs(p - value) < Math.abs(points[best] - value) ? i : best), 0);

  function paint(t, value = now(t)) {
    const { row, el } = t, beyond = value < row.low ? "low" : value > row.high ? "high" : "", index = nearest(row.points, value);
    const looks = JSON.stringify([value, t.base, t.law, index, row.points.length, row.label, row.spoken]);
    if (t.looks === looks) return;
    t.looks = looks;
    const [x, base] = [at(row, value), at(row, t.base)];
    for (const [key, v] of [["at", x], ["base", base], ["from", Math.min(x, base)], ["way", Math.abs(x - base)]]) el.style.setProperty(`--${key}`, v);
    el.dataset.beyond = beyond;
    t.range.max = row.points.length - 1;
    t.range.value = index;
    const whose = t.label ? `${row.label}, ${t.label}` : row.label;
    t.range.setAttribute("aria-label", whose);
    t.range.setAttribute("aria-valuetext", say(value, row) + (beyond && `, beyond the ${beyond} end of the track`));
    t.field.setAttribute("aria-label", `${whose}, exact value`);
    t.entry.title = t.label;
    if (root.activeElement !== t.field || t.field.value === t.field.written) t.field.value = t.field.written = write(value, row);
    const law = el.querySelector(".law");
    law.hidden = !t.law;
    if (t.law && law.title !== t.law.text) law.title = law.textContent = t.law.text;
    if (t.law) law.style.setProperty("--at", at(row, t.law.value));
  }

  // --- exact entry -------------------------------------------------------------------------------------------------

  function enter(t) {
    const got = read(t.field.value, t.row);
    t.field.value = t.field.written = write("value" in got ? got.value : now(t), t.row);
    if ("value" in got) commit(t, got.value);
    else refuse(t.row, `${got.why}; ${write(now(t), t.row)} was kept.`);
  }

  function refuse(row, why = "") {
    for (const [each, element] of rows) {
      const place = element.querySelector(".refused");
      place.textContent = each === row.name ? why : "";
      place.hidden = !place.textContent;
    }
  }

  // --- the pointer -------------------------------------------------------------------------------------------------

  function followPointer(first, track) {
    const mine = () => [...thumbs.values()].filter(t => t.row.name === first.name);
    const spot = (t, e, box) => [e.clientX - box.left - at(t.row, now(t)) * box.width, e.clientY - box.top - box.height / 2 - t.lane];
    const near = e => {
      const box = track.firstElementChild.getBoundingClientRect();
      return mine().reduce((a, b) => (Math.hypot(...spot(b, e, box)) < Math.hypot(...spot(a, e, box)) ? b : a));
    };
    const follow = e => {
      const { thumb: t, grip } = hand, { row } = t, box = track.firstElementChild.getBoundingClientRect();
      const value = row.points[nearest(row.points, row.low + ((e.clientX - grip - box.left) / box.width) * (row.high - row.low))];
      if (value === now(t)) return;
      Object.assign(hand, { value, moved: true });
      lead = t;
      paint(t);
      drawSoon();
    };
    const drop = () => { const held = hand; hand = null; held.thumb.el.classList.remove("held"); return held; };
    let rest = 0;
    track.onpointermove = e => {
      if (hand?.pointer === e.pointerId) {
        // A finger may want to scroll: it has a thumb once it goes sideways. The browser takes back what goes up or down.
        hand.sideways ||= Math.abs(e.clientX - hand.x) > 3;
        if (hand.sideways) follow(e);
      } else if (!hand && e.pointerType === "mouse") {
        clearTimeout(rest); // only where the pointer rests a little: crossing all rows asks nothing
        rest = setTimeout(() => hand || reach(near(e)), 60);
      }
    };
    track.onpointerleave = () => clearTimeout(rest);
    track.onpointerdown = e => {
      if (hand || e.button) return;
      e.preventDefault();
      const thumb = near(e), [off] = spot(thumb, e, track.firstElementChild.getBoundingClientRect());
      hand = { thumb, pointer: e.pointerId, x: e.clientX, grip: Math.abs(off) < REACH ? off : 0, moved: false, sideways: e.pointerType === "mouse" };
      track.setPointerCapture(e.pointerId);
      thumb.el.classList.add("held");
      thumb.range.focus({ preventScroll: true });
      reach(thumb);
      refuse(thumb.row);
      if (hand.sideways && !hand.grip) follow(e);
    };
    track.onpointerup = e => {
      if (hand?.pointer !== e.pointerId) return;
      if (!hand.sideways && !hand.grip) follow(e); // a tap
      const { thumb, value, moved } = drop();
      if (moved) commit(thumb, value);
      settleSoon();
    };
    track.onpointercancel = e => { if (hand?.pointer === e.pointerId) { paint(drop().thumb); draw(); settleSoon(); } };
  }

  return receive;
}

/** Help that opens by hover, focus and tap, in front of everything; Escape closes it. */
function helpOn(button, help, row) {
  help.id = `help-${row.name}`;
  button.setAttribute("aria-describedby", help.id);
  const open = () => {
    help.showPopover();
    const at = button.getBoundingClientRect(), box = help.getBoundingClientRect();
    help.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
    help.style.top = `${at.bottom + box.height + 8 > innerHeight ? at.top - box.height - 6 : at.bottom + 6}px`;
  };
  const close = () => help.matches(":popover-open") && help.hidePopover();
  button.onpointerenter = e => e.pointerType === "mouse" && open();
  button.onpointerleave = e => e.pointerType === "mouse" && document.activeElement?.shadowRoot?.activeElement !== button && close();
  button.onfocus = open;
  button.onblur = close;
  button.onclick = () => { button.focus(); open(); }; // a tap on a phone, where a button may not take the focus
  button.onkeydown = e => e.key === "Escape" && close();
}
