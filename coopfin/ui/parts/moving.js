// The half that changes: draws as soon as it knows the other half that it was written for.
export default function (own) {
  const { data, parentElement: at } = own, parts = (window.coopfinParts ??= new Map());
  const part = parts.get(data.part) ?? {};
  parts.set(data.part, part);
  let leave, done;
  const draw = part.draw = () => {
    if (done || part.of !== data.of) return;
    done = true;
    if (!at.querySelector("style.part")) {
      const box = document.createElement("template");
      box.innerHTML = `<style class="part">${part.CSS}</style>${part.HTML}`;
      at.append(box.content);
    }
    leave = part.run({ ...own, data: { ...part.told, ...data } });
  };
  draw();
  return () => { done = true; leave?.(); };
}
