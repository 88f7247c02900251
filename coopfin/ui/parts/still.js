// The half of a component that seldom changes: hands script, style and what stands still to the other half.
export default function ({ data }) {
  const parts = (window.coopfinParts ??= new Map());
  const part = parts.get(data.key) ?? {};
  parts.set(data.key, part);
  Object.assign(part, { run, HTML, CSS, of: data.of, told: JSON.parse(data.told) });
  part.draw?.();
}
