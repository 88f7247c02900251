// The line between the levers and the server: hands a question up, and hands the answer to the levers of that key.
// It stands in a fragment, so that a question runs nothing else of the page.
export default function ({ data, setTriggerValue }) {
  const lines = (window.coopfinLines ??= new Map());
  const line = lines.get(data.key) ?? {};
  lines.set(data.key, line);
  const ask = line.ask = question => setTriggerValue("ask", question);
  line.last = data;
  line.heard?.(data);
  return () => { if (line.ask === ask) delete line.ask; }; // a page that does not answer is asked nothing
}
