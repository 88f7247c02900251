// Numbers as people write and read them. `row` says how: percent (a ratio is stored, per cent is seen), whole, the least
// and the most that is possible (null: no end; open: the least itself is not), the sign behind a number.

const DIGITS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 10 });
const THIN = "\u202f";
const GAP = "[ \u00a0\u2009\u202f'’]"; // what only ever separates thousands
const SPACED = new RegExp(`^[1-9][0-9]{0,2}(?:${GAP}[0-9]{3})+(?:[.,][0-9]+)?$`);
const GROUPED = /^[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?$/;
const EITHER = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;

/** A value as it is, never rounded: 20.7 %, 2.95 ×, 1,234.5. */
export function write(value, row) {
  const shown = +(value * (row.percent ? 100 : 1)).toPrecision(12); // 0.207 * 100 is not 20.7 in binary
  return `${shown < 0 ? "−" : ""}${DIGITS.format(Math.abs(shown))}${row.sign ? THIN + row.sign : ""}`;
}

/** The same with its unit, as it is said aloud: 250,000 USD. */
export const say = (value, row) => (row.sign || !row.spoken ? write(value, row) : `${write(value, row)} ${row.spoken}`);

/** What may be entered: between 0 and 100 %. */
export function range(row) {
  const low = row.least === null ? "" : write(row.least, row), high = row.most === null ? "" : write(row.most, row);
  const kind = row.whole ? "a whole number, " : "";
  if (row.open) return `${kind}above ${low}${high && ` and at most ${high}`}`;
  return kind + (high ? `between ${low.replace(THIN + row.sign, "")} and ${high}` : `${low} or more`);
}

/** What is typed, as {value}, or as {why} in words when it is no number, has two meanings or is not possible. */
export function read(typed, row) {
  const text = typed.trim();
  const quoted = `“${text.length > 24 ? text.slice(0, 24) + "…" : text}”`;
  if (!text) return { why: "Nothing was entered" };
  let bare = text;
  if (row.spoken) { // the unit, where it is written along: 15 %, 250 USD, USD 250
    const unit = row.spoken.toLowerCase(), lower = bare.toLowerCase();
    if (lower.endsWith(unit)) bare = bare.slice(0, -unit.length);
    else if (lower.startsWith(unit)) bare = bare.slice(unit.length);
    bare = bare.trim();
  }
  const signed = /^([-−+]?)(.*)$/su.exec(bare);
  const minus = signed[1] === "-" || signed[1] === "−" ? "-" : "";
  const ways = bare.length > 40 ? [] : readings(signed[2].trim());
  if (!ways.length) {
    const other = /\p{Nd}/u.test(text.replace(/[0-9]/g, ""));
    return { why: `${quoted} is not a number${other ? " in the digits 0 to 9" : ""}; write it like ${row.whole ? "12" : row.percent ? "12.5" : "1234.50"}` };
  }
  const possible = [...new Set(ways.map(each => +`${minus}${each}${row.percent ? "e-2" : ""}`))].filter(v => permits(v, row));
  if (possible.length === 1) return { value: possible[0] + 0 }; // no -0
  if (!possible.length) return { why: `${quoted} is not ${range(row)}` };
  const [whole, part] = ways.map(each => minus + each);
  return { why: `${quoted} may be ${write(possible[0], row)} or ${write(possible[1], row)}; write ${whole} or ${part}0` };
}

function permits(value, row) {
  const above = row.least === null || (row.open ? value > row.least : value >= row.least);
  return Number.isFinite(value) && above && (row.most === null || value <= row.most) && (!row.whole || Number.isInteger(value));
}

/** The ways to read digits with points, commas and gaps, as plain decimals: none, one, or two for 1.234. */
function readings(text) {
  if (/^[0-9]+$/.test(text)) return [text];
  if (SPACED.test(text)) return [text.replace(new RegExp(GAP, "g"), "").replace(",", ".")];
  if (EITHER.test(text)) return [text.replace(/[.,]/, ""), text.replace(",", ".")];
  if (/^[0-9]*[.,][0-9]+$/.test(text)) return [text.replace(",", ".").replace(/^\./, "0.")];
  const mark = GROUPED.exec(text);
  return mark ? [text.replaceAll(mark[1], "").replace(",", ".")] : [];
}
