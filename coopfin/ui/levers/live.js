// The line between the levers and the server: hands a question up, and hands the answer to the levers of that key.
// It stands in a fragment, so that a question runs nothing else of the page.
const RESTS = 700; // milliseconds without a move, until what takes longer is asked for

export default function ({ data, setTriggerValue }) {
  const lines = (window.coopfinLines ??= new Map());
  const line = lines.get(data.key) ?? {};
  lines.set(data.key, line);
  const ask = line.ask = question => setTriggerValue("ask", question);
  line.last = data;
  line.heard?.(data);
  clearTimeout(line.resting);
  if (data.rest) {
    const wait = () => { line.resting = setTimeout(() => (line.busy?.() ? wait() : line.ask?.("rest")), RESTS); };
    wait();
  }
  for (const [place, text] of Object.entries(data.texts ?? {})) {
    for (const element of document.querySelectorAll(`[data-live="${place}"]`)) {
      element.textContent = text;
      element.classList.remove("old");
    }
  }
  return () => { // a page that does not answer is asked nothing
    if (line.ask !== ask) return;
    clearTimeout(line.resting);
    delete line.ask;
  };
}
