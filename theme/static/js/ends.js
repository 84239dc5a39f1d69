// What begins or ends by itself, on pages that are complete without this script: [data-from],
// [data-before], [data-until], [data-after] are shown from a day on, before it, until it, after it.
// Days are those of the site's time zone, whatever the reader's.

export const MINUTE = 60000;

const formats = {};

/** Date and time of day of an instant, on the clocks of a time zone. */
export function civil(instant, zone) {
  formats[zone] ??= new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const part = {};
  for (const { type, value } of formats[zone].formatToParts(instant)) part[type] = value;
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/** Whether what begins and ends on these days is there on a date. */
export function isShown({ from, before, until, after }, date) {
  return !(from && date < from) && !(before && date >= before)
    && !(until && date > until) && !(after && date <= after);
}

export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Do something now, at each minute of the clock, and when the page is looked at again. */
export function eachMinute(update) {
  const keep = () => {
    update();
    setTimeout(keep, MINUTE - Date.now() % MINUTE);
  };
  keep();
  document.addEventListener("visibilitychange", update);
}

const script = document.querySelector("script[data-time-zone]");
if (script) {
  eachMinute(() => {
    const today = civil(Date.now(), script.dataset.timeZone).date;
    for (const part of all("[data-from], [data-before], [data-until], [data-after]")) {
      part.hidden = !isShown(part.dataset, today);
    }
  });
}
