// Copies the address, and the table both as HTML (for a mail) and as text with tabs (for a spreadsheet); asks for the code and
// the stage; tells which head of the table was clicked.
export default function ({ parentElement, setTriggerValue }) {
  const [link, table, code, stage] = parentElement.querySelectorAll("button");
  const told = parentElement.querySelector("[role=status]");
  const tell = text => { told.textContent = text; setTimeout(() => { told.textContent = ""; }, 2500); };
  // A cell that begins like a formula would be one in a spreadsheet.
  const plain = text => (/^[=+@\t\r＝＋＠]/.test(text) ? "'" + text : text);
  const write = async items => {
    try { await items(); tell("Copied"); } catch { tell("Your browser does not allow copying"); }
  };
  link.onclick = () => write(() => navigator.clipboard.writeText(location.href));
  table.onclick = () => write(() => {
    const found = document.querySelector("table.board");
    const rows = [...found.rows].map(row => [...row.cells].map(cell => plain(cell.innerText.trim().replace(/\s*\n+\s*/g, "; "))));
    const text = rows.map(cells => cells.join("\t")).join("\n");
    const html = "<table>" + rows.map(cells => "<tr>" + cells.map(cell => `<td>${cell.replace(/[&<>]/g,
      sign => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign])}</td>`).join("") + "</tr>").join("") + "</table>";
    return navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }),
    })]);
  });
  code.onclick = () => setTriggerValue("code", true);
  stage.onclick = () => setTriggerValue("stage", true);
  // The table is drawn anew with every move, so the page listens for its heads; a name is what the server called the firm.
  const against = ({ target }) => {
    const head = target.closest?.("table.board [data-against]");
    if (head) setTriggerValue("against", head.dataset.against);
  };
  document.addEventListener("click", against);
  return () => document.removeEventListener("click", against);
}
