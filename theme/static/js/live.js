// When something is open, on pages that are complete without this script:
// - [data-timetable] with [data-window] and [data-opening]: open now or not, and when next. What is
//   in [data-closures] is closed on those days. On a day of which it is not known whether it is a
//   holiday, what is said are the usual hours. Where the days of hours are not known, nothing is.
// - [data-today] has such timetables: [data-scripted] is shown there, [data-unscripted] is not, and
//   [data-none-today] is if none of them has hours today.
// All words are the page's own: theme/templates/macros/frame.html.

import { all, civil, eachMinute, isShown, MINUTE } from "./ends.js";
import "./place.js";

const DAY = 1440 * MINUTE;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** How far ahead the next opening is looked for, in days: closures are known for no longer. */
const AHEAD = 731;

/** From how many days on it is simply open: round the clock. */
const LONG = 8;

/** A time of a date as if the clocks showed UTC. */
const asUtc = (date, time) => Date.parse(`${date}T${time}Z`);

const plusDays = (date, days) =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

/** The time around a date, cut where clocks are changed: how far they are ahead of UTC, from, to. */
function stretches(date, zone) {
  const ahead = (instant) => {
    const now = civil(instant, zone);
    return asUtc(now.date, now.time) - instant;
  };
  let low = Date.parse(date) - 2 * DAY;
  let high = low + 5 * DAY;
  const [first, last] = [ahead(low), ahead(high)];
  if (first === last) return [[first, -Infinity, Infinity]];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (ahead(middle) === first) low = middle; else high = middle;
  }
  return [[first, -Infinity, high], [last, high, Infinity]];
}

/** When it is open on a date: starts and ends in their order, none touching another. */
function spans(date, { windows, closures, zone }) {
  const weekday = WEEKDAYS[new Date(date).getUTCDay()];
  const own = windows.filter((window) => window.days.includes(weekday)
    && isShown({ from: window.valid_from, until: window.valid_until }, date));
  const shut = closures.some(({ from, until }) => isShown({ from, until: until || from }, date));
  if (shut || !own.length) return [];
  const found = [];
  for (const [ahead, low, high] of stretches(date, zone)) {
    for (const { opens, closes } of own) {
      const start = Math.max(low, asUtc(date, opens) - ahead);
      const end = Math.min(high, asUtc(date, closes) - ahead);
      if (start < end) found.push([start, end]);
    }
  }
  const merged = [];
  for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Until when it is open at an instant (hours that meet at midnight are one; Infinity: for more than
 *  a week); or when it opens next, if that is known. */
export function opening(instant, hours) {
  const { date } = civil(instant, hours.zone);
  let until = instant;
  for (let days = 0; days <= AHEAD; days += 1) {
    const day = plusDays(date, days);
    if (until > instant) {
      if (days > LONG) return { until: Infinity };
      if (civil(until, hours.zone).date < day) return { until };
    }
    for (const [start, end] of spans(day, hours)) {
      if (end <= until) continue;
      if (start > until) return until > instant ? { until } : { next: start };
      until = end;
    }
  }
  return {};
}

/** A day to come in a language. */
const dayName = (date, style, lang) =>
  new Intl.DateTimeFormat(lang, { ...style, timeZone: "UTC" }).format(Date.parse(date));

/** The same in a sentence: its weekday is enough within a week. ``name``: of the sentence in words. */
function onDay(name, date, today, words, lang) {
  if (date >= plusDays(today, 7)) {
    const full = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    return words[`${name}Date`].replace("{date}", dayName(date, full, lang));
  }
  const forms = JSON.parse(words.days || "{}")[name];
  const day = forms ? forms[WEEKDAYS[new Date(date).getUTCDay()]]
    : dayName(date, { weekday: "long" }, lang);
  return words[name].replace("{day}", day);
}

/** The end of hours on the clocks of a time zone: midnight is 24:00 of the day that ends. */
function ending(until, zone) {
  const { time } = civil(until, zone);
  return { date: civil(until - 1, zone).date, time: time === "00:00" ? "24:00" : time };
}

/** Hours that hold on a date or later, and of which it is not known on which days. */
const isVague = ({ days, valid_until: last }, date) => !days.length && !(last && last < date);

/** The hours of a date, in their order, each once. */
function timesOn(date, { windows, zone, closures }) {
  if (!spans(date, { windows, zone, closures }).length) return [];
  const weekday = WEEKDAYS[new Date(date).getUTCDay()];
  const own = windows.filter((window) => window.days.includes(weekday)
    && isShown({ from: window.valid_from, until: window.valid_until }, date));
  return [...new Set(own.map(({ opens, closes }) => `${opens}–${closes}`))].sort();
}

/** What is said of hours at an instant; nothing, if that is not known. */
function say(now, hours, words, lang) {
  const today = civil(now, hours.zone).date;
  if (hours.windows.some((window) => isVague(window, today))) return "";
  const { until, next } = opening(now, hours);
  const then = next ? civil(next, hours.zone)
    : until < Infinity ? ending(until, hours.zone) : { date: today, time: "" };
  const isKnown = (date) => date <= (hours.known || "");
  if (!isKnown(today) && (until || then.date === today && next)) {
    const times = timesOn(today, hours).join(", ").replace("00:00–24:00", words.allDay);
    return words.usualToday.replace("{times}", times);
  }
  const on = (name) => onDay(name, then.date, today, words, lang);
  const form = until === Infinity ? words.always
    : until ? (then.date === today || until - now < DAY ? words.open : on("openUntil"))
      : !next ? words.closed
        : then.date === today ? words.today : on(isKnown(then.date) ? "next" : "usualNext");
  return form.replace("{time}", then.time);
}

/** When what is in a part of the page is closed, and until when all holidays are known. */
function closuresOf(part) {
  const closures = [];
  let known = "";
  for (let at = part.closest("[data-closures]"); at; at = at.parentElement.closest("[data-closures]")) {
    closures.push(...JSON.parse(at.dataset.closures).map(([from, until]) => ({ from, until })));
    known ||= at.dataset.holidaysKnownUntil || "";
  }
  return { closures, known };
}

const keyOf = ({ channel, appointment }) => [channel, appointment].filter(Boolean).join(" ");

function update(words) {
  const now = Date.now();
  const zone = words.timeZone;
  const today = civil(now, zone).date;
  for (const timetable of all("[data-timetable]")) {
    const windows = all("[data-window]", timetable).map((part) => JSON.parse(part.dataset.window));
    const hours = { ...closuresOf(timetable), zone };
    for (const place of all("[data-opening]", timetable)) {
      const own = windows.filter((window) => keyOf(window) === place.dataset.opening);
      const said = say(now, { ...hours, windows: own }, words,
        words.locale || document.documentElement.lang);
      const slot = place.querySelector("span");
      if (slot.textContent !== said) slot.textContent = said;
      place.hidden = !said || !isShown(place.dataset, today);
    }
    const vague = windows.some((window) => isVague(window, today));
    timetable.dataset.timetable =
      vague || timesOn(today, { ...hours, windows }).length ? "today" : "other";
  }
  for (const section of all("[data-today]")) {
    for (const part of all("[data-scripted]", section)) part.hidden = false;
    for (const part of all("[data-unscripted]", section)) part.hidden = true;
    const isAny = section.querySelector('[data-timetable="today"]');
    for (const part of all("[data-none-today]", section)) part.hidden = Boolean(isAny);
  }
}

const saying = document.querySelector("script[data-open]");
if (saying) eachMinute(() => update(saying.dataset));
