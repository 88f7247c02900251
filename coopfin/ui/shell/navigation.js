// The pages of the app as a landmark of links, in at most six groups, and the steps back and forth.
// A plain click goes there without a new start; with Ctrl, or when nobody answers, the link's own address does the same.
export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const nav = parentElement.querySelector("nav")
  const keep = (nav.keep ??= { token: Math.random().toString(36).slice(2), steps: [], asked: [] })
  const lines = () => [...(window.coopfinLines?.values() ?? [])]
  keep.step = (name) => {
    // What can be undone is known once the steps before are answered; until then every step is asked for.
    if (!keep.data[name] && !keep.open) return
    keep.open = true
    keep.asked.push(name)
    keep.send()
  }
  // A lever that moved before is answered before: else the step would take back another one.
  keep.send = () => {
    clearTimeout(keep.timer)
    if (lines().some((line) => line.waits?.())) return (keep.timer = setTimeout(() => keep.send(), 30))
    keep.steps.push(...keep.asked.splice(0))
    setStateValue("steps", { token: keep.token, all: [...keep.steps] })
  }
  keep.go = (page) => {
    // What the levers of this page would still ask for would come after the next page, and empty it.
    for (const line of lines()) {
      clearTimeout(line.resting)
      delete line.ask
    }
    setTriggerValue("go", page)
  }
  keep.data = data
  keep.open = keep.asked.length > 0

  const link = (page) => {
    const a = document.createElement("a")
    a.textContent = page.label
    a.dataset.page = page.path
    a.dataset.address = page.href
    if (page.current) a.setAttribute("aria-current", "page")
    const item = document.createElement("li")
    item.append(a)
    return item
  }
  const group = ({ name, pages }) => {
    if (pages.length === 1) return link(pages[0])
    const item = document.createElement("li")
    const details = document.createElement("details")
    const summary = document.createElement("summary")
    const list = document.createElement("ul")
    summary.textContent = name
    if (pages.some((page) => page.current)) summary.className = "current"
    list.append(...pages.map(link))
    details.append(summary, list)
    item.append(details)
    return item
  }
  const shown = JSON.stringify(data.groups)
  if (keep.shown !== shown) {
    keep.shown = shown
    nav.querySelector(".pages").replaceChildren(...data.groups.map(group))
  }
  for (const a of nav.querySelectorAll("a")) a.href = data.query ? `${a.dataset.address}?${data.query}` : a.dataset.address
  // The left side: folded or not, as was last asked for at this width; on a phone every page begins anew.
  const root = document.documentElement
  const levers = nav.querySelector("[name=levers]")
  keep.narrow ??= matchMedia("(max-width: 56rem)")
  const asked = (window.coopfinFolds ??= {})
  const page = data.groups.flatMap((each) => each.pages).find((each) => each.current)?.path
  if (asked.page !== page) Object.assign(asked, { page, narrow: undefined })
  keep.fold = () => {
    const open = (keep.narrow.matches ? asked.narrow : asked.wide) ?? (keep.data.shown || !keep.narrow.matches)
    root.dataset.levers = open ? "shown" : "folded"
    levers.setAttribute("aria-expanded", String(open))
    levers.hidden = !keep.data.levers
  }
  keep.fold()
  for (const name of ["undo", "redo"]) nav.querySelector(`[name=${name}]`).disabled = !data[name]
  if (keep.leave) return keep.leave

  const menu = nav.querySelector("[name=menu]")
  const open = (is) => {
    nav.classList.toggle("open", is)
    menu.setAttribute("aria-expanded", String(is))
    nav.querySelectorAll("details").forEach((each) => (each.open = is)) // one menu shows them all
  }
  const close = (except) => nav.classList.contains("open") || nav.querySelectorAll("details[open]").forEach((each) => each !== except && (each.open = false))
  nav.addEventListener("click", (event) => {
    const { target } = event
    if (target === menu) open(!nav.classList.contains("open"))
    else if (target === levers) {
      asked[keep.narrow.matches ? "narrow" : "wide"] = levers.getAttribute("aria-expanded") !== "true"
      keep.fold()
    } else if (target.name === "undo" || target.name === "redo") keep.step(target.name)
    else if (target.tagName === "SUMMARY") close(target.parentElement)
    else if (target.dataset?.page && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
      event.preventDefault()
      open(false)
      keep.go(target.dataset.page)
    }
  })
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    const details = event.target.closest("details[open]")
    const inMenu = nav.classList.contains("open")
    open(false)
    if (inMenu) menu.focus()
    else if (details) details.querySelector("summary").focus()
  })
  const outside = (event) => event.composedPath().includes(nav) || open(false)
  // Ctrl+Z belongs to the text where one is written; in a field that holds what it was given, none is.
  const writes = (element) =>
    element &&
    (element.isContentEditable ||
      element.tagName === "TEXTAREA" ||
      (element.tagName === "INPUT" && element.type !== "range" && element.value !== element.written))
  const keys = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || writes(event.composedPath()[0])) return
    const key = event.key.toLowerCase()
    const name = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" && !event.shiftKey ? "redo" : ""
    if (!name) return
    event.preventDefault()
    keep.step(name)
  }
  const turn = () => keep.fold()
  keep.narrow.addEventListener("change", turn)
  document.addEventListener("pointerdown", outside)
  document.addEventListener("keydown", keys)
  return (keep.leave = () => {
    if (nav.isConnected) return // Streamlit also calls this for a call that newer data overtook
    keep.narrow.removeEventListener("change", turn)
    document.removeEventListener("pointerdown", outside)
    document.removeEventListener("keydown", keys)
    delete keep.leave
  })
}
