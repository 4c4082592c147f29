/*
 * Evaluates an expression's tree over answers, exactly as the server does: docs/expressions.md.
 * Inside, a number is a BigInt of millionths, a date is its ISO text, and null is empty.
 */
(() => {
  "use strict";
  const PLACES = 6;
  const ONE = 1000000n;
  const END = 1000000000000000n * ONE;

  /* Numbers */
  const within = (n) => (-END < n && n < END ? n : null);
  const size = (n) => (n < 0n ? -n : n);

  function divided(a, b) {
    const [top, bottom] = [size(a), size(b)];
    const quotient = top / bottom + (2n * (top % bottom) >= bottom ? 1n : 0n);
    return a < 0n === b < 0n ? quotient : -quotient;
  }

  const floored = (n) => n / ONE - (n < 0n && n % ONE ? 1n : 0n);

  function number(value) {
    if (typeof value !== "number" || !(Math.abs(value) < 1e15)) return null;
    if (Number.isInteger(value)) return BigInt(value) * ONE;
    const [, sign, whole, parts = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(value);
    const digits = BigInt(sign + whole + parts);
    const places = PLACES - parts.length + Number(power);
    return within(places < 0 ? divided(digits, 10n ** BigInt(-places)) : digits * 10n ** BigInt(places));
  }

  function decimal(n) {
    const digits = size(n).toString().padStart(PLACES + 1, "0");
    const parts = digits.slice(-PLACES).replace(/0+$/, "");
    return (n < 0n ? "-" : "") + digits.slice(0, -PLACES) + (parts && "." + parts);
  }

  const SIGNS = {
    "+": (a, b) => within(a + b),
    "-": (a, b) => within(a - b),
    "*": (a, b) => within(divided(a * b, ONE)),
    "/": (a, b) => (b ? within(divided(a * ONE, b)) : null),
  };

  /* Dates */
  const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lastOf = (year, month) =>
    month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const split = (day) => day.split("-").map(Number);
  const two = (n) => String(n).padStart(2, "0");

  function date(value) {
    if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
    const [year, month, day] = split(value);
    const real = year > 0 && month > 0 && month < 13 && day > 0 && day <= lastOf(year, month);
    return real ? value : null;
  }

  function partial(value) {
    const part = typeof value === "string" && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value);
    return part && !value.startsWith("0000") ? value : date(value);
  }

  /* Days since 0000-03-01: years that begin in March have their leap day at the end. */
  function dayNumber(text) {
    const [year, month, day] = split(text);
    const y = month > 2 ? year : year - 1;
    const before = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
    return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + before + day - 1;
  }

  function dayAt(number) {
    let y = Math.floor(number / 365.2425);
    const first = (year) => dayNumber(`${year}-3-1`);
    if (first(y + 1) <= number) y += 1;
    if (first(y) > number) y -= 1;
    const rest = number - first(y);
    const m = Math.floor((5 * rest + 2) / 153);
    const day = rest - Math.floor((153 * m + 2) / 5) + 1;
    const year = m > 9 ? y + 1 : y;
    return `${String(year).padStart(4, "0")}-${two(((m + 2) % 12) + 1)}-${two(day)}`;
  }

  const [FIRST_DAY, LAST_DAY] = [dayNumber("0001-01-01"), dayNumber("9999-12-31")];

  function plusDays(day, n) {
    const there = BigInt(dayNumber(day)) * ONE + n;
    const real = n % ONE === 0n && there >= BigInt(FIRST_DAY) * ONE && there <= BigInt(LAST_DAY) * ONE;
    return real ? dayAt(Number(there / ONE)) : null;
  }

  function months(start, end) {
    if (end < start) return -months(end, start);
    const [[y, m, d], [toY, toM, toD]] = [split(start), split(end)];
    return (toY - y) * 12 + toM - m - (toD < Math.min(d, lastOf(toY, toM)) ? 1 : 0);
  }

  /* Texts */
  const text = (value) => (typeof value === "string" && value ? value.normalize("NFC") : null);

  /* By code point: a surrogate stands for a character above all others. */
  function less(a, b) {
    if (typeof a !== "string") return a < b;
    for (let i = 0; i < a.length && i < b.length; i += 1) {
      const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
      if (x === y) continue;
      const [high, higher] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000];
      return high === higher ? x < y : higher;
    }
    return a.length < b.length;
  }

  /* Answers */
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const list = (value) => (Array.isArray(value) && value.length ? value : null);

  function texts(value) {
    const found = list(value)?.map(text);
    return found && !found.includes(null) ? found : null;
  }

  const READERS = {
    number,
    text,
    date,
    partial,
    texts,
    files: texts,
    boolean: (value) => (typeof value === "boolean" ? value : null),
    rows: (value) => (list(value)?.every(isObject) ? value : null),
    block: (value) => (isObject(value) && Object.keys(value).length ? value : null),
  };

  const own = (object, key) => (isObject(object) && Object.hasOwn(object, key) ? object[key] : null);

  function read(type, name, ...places) {
    const [head, part] = name.split(".");
    const place = places.find((each) => isObject(each) && Object.hasOwn(each, head));
    const value = own(place, head);
    return READERS[type](part === undefined ? value : own(value, part));
  }

  /* Operators and functions: of the moment (answers, row, item, today, case) and their parts. */
  const scaled = (n) => BigInt(n) * ONE;
  const whole = (n) => within(n * ONE);
  const one = (work) => (at, [a]) => {
    const value = run(a, at);
    return value === null ? null : work(value);
  };
  const both = (work, empty) => (at, [a, b]) => {
    const [x, y] = [run(a, at), run(b, at)];
    return x === null || y === null ? empty : work(x, y);
  };
  const many = (work) => (at, parts) => {
    const values = parts.map((each) => run(each, at)).filter((each) => each !== null);
    return values.length ? values.reduce(work) : null;
  };
  const inRows = (at, [rows, asked]) =>
    (run(rows, at) ?? []).map((item) => run(asked, { ...at, item }));
  const holding = (at, parts) => inRows(at, parts).filter(Boolean).length;

  function chain(at, [first, ...rest]) {
    let total = run(first, at);
    for (let i = 0; i < rest.length && total !== null; i += 2) {
      const value = run(rest[i + 1], at);
      total = value === null ? null : SIGNS[rest[i]](total, value);
    }
    return total;
  }

  function choose(at, parts) {
    let i = 0;
    while (i + 1 < parts.length && !run(parts[i], at)) i += 2;
    return run(parts[i + 1 < parts.length ? i + 1 : i], at);
  }

  const WORDS = {
    number: (_, [millionths]) => BigInt(millionths),
    text: (_, [value]) => value,
    empty: () => null,
    true: () => true,
    false: () => false,
    date: (_, [value]) => value,
    today: (at) => at.today,
    case: (at) => text(at.case),
    name: (at, [type, name]) => read(type, name, at.row, at.answers),
    column: (at, [type, name]) => read(type, name, at.item),
    chain,
    minus: one((n) => -n),
    "=": both((x, y) => x === y, false),
    "!=": both((x, y) => x !== y, true),
    "<": both((x, y) => less(x, y), false),
    "<=": both((x, y) => !less(y, x), false),
    ">": both((x, y) => less(y, x), false),
    ">=": both((x, y) => !less(x, y), false),
    in: (at, [left, ...values]) => {
      const value = run(left, at);
      return value !== null && values.some((each) => run(each, at) === value);
    },
    contains: both((x, y) => x.includes(y), false),
    not: (at, [part]) => !run(part, at),
    and: (at, parts) => parts.every((part) => run(part, at)),
    or: (at, parts) => parts.some((part) => run(part, at)),
    if: choose,
    present: (at, [part]) => run(part, at) !== null,
    count: (at, [part]) => scaled(run(part, at)?.length ?? 0),
    count_if: (at, parts) => scaled(holding(at, parts)),
    sum: (at, parts) => within(inRows(at, parts).reduce((total, n) => total + (n ?? 0n), 0n)),
    any: (at, parts) => holding(at, parts) > 0,
    every: (at, parts) => inRows(at, parts).every(Boolean),
    min: many((x, y) => (less(y, x) ? y : x)),
    max: many((x, y) => (less(x, y) ? y : x)),
    round: one((n) => whole(divided(n, ONE))),
    floor: one((n) => whole(floored(n))),
    ceil: one((n) => whole(-floored(-n))),
    years: both((x, y) => scaled(Math.trunc(months(x, y) / 12)), null),
    months: both((x, y) => scaled(months(x, y)), null),
    days: both((x, y) => scaled(dayNumber(y) - dayNumber(x)), null),
    year: one((day) => scaled(Number(day.slice(0, 4)))),
    plus_days: both(plusDays, null),
    join: many((x, y) => x + y),
    starts_with: both((x, y) => x.startsWith(y), null),
  };

  function run([word, ...parts], at) {
    return WORDS[word](at, parts);
  }

  const asked = (tree, answers, moment) =>
    run(tree, { row: null, case: null, item: null, ...moment, answers });

  /* The value with a number as its decimal digits, none lost: "0.5". */
  function exact(tree, answers, moment) {
    const found = asked(tree, answers, moment);
    return typeof found === "bigint" ? decimal(found) : found;
  }

  /* The value as JSON has it: a number, a text, a date's ISO text, true, false; null is empty. */
  function value(tree, answers, moment) {
    const found = asked(tree, answers, moment);
    return typeof found === "bigint" ? Number(decimal(found)) : found;
  }

  window.motcuaExpressions = { value, exact };
})();
