// Draws what was changed as the server names it, and tells which way back was taken. It stays open or folded as the reader left it.
const PIN = "What you have now becomes the baseline: every figure that moves says what it was.";

export default function ({ data, parentElement, setTriggerValue }) {
  const part = selector => parentElement.querySelector(selector), { rows, pinned } = data;
  const ask = (...step) => setTriggerValue("asked", step);
  const list = part("details");
  if (!list.ontoggle) list.open = !!window.coopfinChangedOpen; // as it was on the page before
  list.ontoggle = () => { window.coopfinChangedOpen = list.open; };
  part("summary").textContent = `What I changed (${rows.length})`;
  part("ul").replaceChildren(...rows.map(([label, before, after, name, firm]) => {
    const row = document.createElement("li"), told = document.createElement("span"), value = document.createElement("b");
    const back = Object.assign(document.createElement("button"), { name: "take-back", textContent: "Take back", title: `Back to ${before}` });
    back.setAttribute("aria-label", `Take back: ${label}`);
    back.onclick = () => ask("take-back", name, firm);
    value.textContent = after;
    told.append(label, document.createElement("br"), `${before} → `, value);
    row.append(told, back);
    return row;
  }));
  const shown = { ".none": !rows.length, "[name=reset]": rows.length, "[name=pin]": rows.length, ".pinned": pinned, "[name=unpin]": pinned };
  for (const selector in shown) part(selector).hidden = !shown[selector];
  part("[name=pin]").title = PIN;
  for (const step of ["reset", "pin", "unpin"]) part(`[name=${step}]`).onclick = () => ask(step);
}
