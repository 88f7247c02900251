// Says in words that the server is out of reach, from the moment it is until it is back. Streamlit's own message is a dialog
// over the page that speaks of a "Streamlit server" and takes the focus: it is closed, the page stays in use.
const FLICKER = 300 // milliseconds: a page that is left closes its connection too, and should not cry out

export default function ({ parentElement, data }) {
  const told = parentElement.querySelector("[role=status]")
  const app = document.querySelector("[data-testid=stApp]")
  if (!app || told.leave) return told.leave
  let timer = 0
  const away = () => !navigator.onLine || app.dataset.testConnectionState !== "CONNECTED"
  const dialogs = new MutationObserver(() => {
    for (const dialog of document.querySelectorAll("[data-testid=stDialog]"))
      if (dialog.textContent.startsWith("Connection error")) dialog.querySelector("button[aria-label=Close]")?.click()
  })
  const tell = () => (told.textContent = away() ? data.words : "")
  const look = () => {
    clearTimeout(timer)
    if (!away()) {
      dialogs.disconnect()
      return tell()
    }
    dialogs.observe(document.body, { childList: true, subtree: true })
    timer = setTimeout(tell, FLICKER)
  }
  const state = new MutationObserver(look)
  state.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  addEventListener("offline", look)
  addEventListener("online", look)
  look()
  return (told.leave = () => {
    if (told.isConnected) return // Streamlit also calls this for a call that newer data overtook
    clearTimeout(timer)
    state.disconnect()
    dialogs.disconnect()
    removeEventListener("offline", look)
    removeEventListener("online", look)
    delete told.leave
  })
}
