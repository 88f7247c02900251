// The browser keeps what was chosen last, by itself, and tells it where the app is opened without a link.
// Each tab has a slot of its own, so that none writes over another; the three latest stay.
const PLACE = "coopfin", SLOTS = 3;

const slots = () => JSON.parse(localStorage.getItem(PLACE) ?? "[]");
const put = list => (list.length ? localStorage.setItem(PLACE, JSON.stringify(list.slice(0, SLOTS))) : localStorage.removeItem(PLACE));
const others = id => { try { return slots().filter(each => each.id !== id); } catch { return []; } };

export default function ({ data, setTriggerValue }) {
  const tab = (window.coopfinTab ??= { id: Math.random().toString(36).slice(2) });
  try {
    if (tab.session !== data.session) {
      tab.session = data.session;
      tab.kept = "";
      if (data.asks) {
        let found = null;
        try {
          const there = slots();
          if (!Array.isArray(there) || !there.every(each => each?.id)) throw new Error("no list of slots");
          const all = others(tab.id);
          found = all.find(each => data.file && each.file === data.file) ?? all[0] ?? null;
        } catch { found = { broken: true }; }
        if (found) setTriggerValue("found", found);
      }
    }
    if (data.forget && tab.forgot !== data.forget) {
      tab.forgot = data.forget;
      const own = (() => { try { return slots().filter(each => each.id === tab.id); } catch { return []; } })();
      put(own);
    }
    const kept = JSON.stringify(data.keep);
    if (data.keep && tab.kept !== kept) {
      tab.kept = kept;
      put([{ id: tab.id, when: Date.now(), ...data.keep }, ...others(tab.id)]);
    }
  } catch { /* a browser that keeps nothing: there is only the link */ }
}
