// Finds pages by their titles, names and summaries (docs/decisions/0041). search.js loads it with the
// first query; what the index holds: plugins/saig/outputs/search.py.

const NUMBER = /\b(\d{1,4})(?: ?[/-] ?| (?:de |del )?)((?:19|20)\d\d)\b/g;
const SHORT_YEAR = /\b(\d{1,3})\/(\d\d)\b/g;

/** What norms are called, and the code of their type (ELI's). */
const TYPES = [
  [/\b(?:re?i?al decreto? (?:llei|ley)|royal decree law|rd ley|rd l|rdley)\b/g, "rdl"],
  [/\b(?:re?i?al decreto? legislatiu|real decreto legislativo|rdleg)\b/g, "rdlg"],
  [/\b(?:decreto? legislatiu|decreto legislativo|dleg)\b/g, "dlg"],
  [/\b(?:decreto? (?:llei|ley)|decree law|d l|d ley)\b/g, "dl"],
  [/\b(?:re?i?al decreto?|royal decree|r d)\b/g, "rd"],
  [/\b(?:llei|ley) organica\b/g, "lo"],
  [/\b(?:ley|lley|l(?= \d+\/))\b/g, "llei"],
];

const CODES = new Set(TYPES.map(([, code]) => code));

const STOP = new Set((
  "a al als amb ante com como con d dal de del dels des donde e el els em en entre es esta este et "
  + "fer ha hace hacer haig hay he hi ho how i in is it its jo l la las le les lo los m me meu mi mis "
  + "my n ni no nos o of on or para pel pels per pero por pot puc puedo q que quan quiero quin quina "
  + "s sa se ser ses si sobre son su sus t tengo the tinc to u un una unas unos vull we what where y "
  + "ya your"
).split(" "));

/** Without capitals, accents, apostrophes, and the dot of l·l. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/l[·∙•‧⋅・.-]l/g, "ll").replace(/['’‘`´ʼ]/g, " ");
}

const WORD = /[^\s@,;:()<>]+@[\p{L}\p{N}.-]*[\p{L}\p{N}]|\d+\/\d+|[\p{L}\p{N}]+/gu;

/** Norms' numbers as 8/2020, telephones as digits. */
const numbered = (text) => text
  .replace(/\b(?:num(?:ero)?|no?)\.? ?(?=\d)/g, "")
  .replace(/(\p{L})(?=\d+\/\d)/gu, "$1 ").replace(NUMBER, "$1/$2")
  .replace(SHORT_YEAR, (_, number, year) => `${number}/${year > 50 ? 19 : 20}${year}`)
  .replace(/\+?\d[\d .()-]{6,}\d/g, (found) => ` ${found.replace(/\D/g, "").replace(/^00/, "")} `);

/** The words of a text, with norms' numbers as 8/2020, telephones as digits, mailboxes whole. */
export function words(text) {
  let folded = fold(text);
  if (folded.includes(".")) {
    folded = folded.replace(/\b(?:[a-z]\.){2,}/g, (found) => found.replace(/\./g, ""));
  }
  if (/\d/.test(folded)) folded = numbered(folded);
  return folded.match(WORD) || [];
}

/** The words of a query that tell anything; what norms are called is the code of their type. */
export function asked(query) {
  let text = words(query).join(" ");
  for (const [names, code] of TYPES) text = text.replace(names, code);
  const all = text.split(" ").filter(Boolean);
  const telling = all.filter((word) => !STOP.has(word));
  return [...new Set(telling.length ? telling : all)];
}

const cut = (word, ending, least = 3) => {
  const rest = word.replace(ending, "");
  return rest.length < least ? word : rest;
};

/** Catalan and Spanish: what is left of words that differ in gender, number, or the two languages. */
function romance(word) {
  let stem = cut(word, /[aei]?(?:ment|miento)s?$/);
  if (stem === word) {
    stem = cut(cut(cut(word, /s$/), /[aeo]$/), /[aei]r$/);
    stem = cut(stem.replace(/([io])n$/, "$1"), /o$/);
  }
  return stem.replace(/[iu](?:tat|dad)$/, "it").replace(/ll/g, "l").replace(/ss/g, "s")
    .replace(/ny/g, "n").replace(/tz/g, "z").replace(/(?:qu|z)$/, "c").replace(/(?:gu|j)$/, "g")
    .replace(/([aeiou])d$/, "$1t");
}

const english = (word) => cut(cut(word, /(?:e?s|ing|ed)$/), /e$/).replace(/y$/, "i");

const STEMS = { ca: romance, es: romance, en: english };

export function stem(word, lang) {
  const own = STEMS[lang.split("-")[0]];
  return own && word.length > 3 && !/[\d@]/.test(word) ? own(word) : word;
}

/** How many letters are wrong, missing, too many or the wrong way round; more than `most` is Infinity. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before = [];
  let last = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[other.length] <= most ? last[other.length] : Infinity;
}

// What a word weighs, by where it stands, and an entry, by its kind.
const TITLE = 6;
const NAME = 5;
const MORE = 2;
const OF_KIND = { service: 1.25, contact: 1.15, list: 1.1, norm: 1, page: 0.9, notice: 0.85 };
const PAST = ["expired", "superseded", "no-longer-in-force"];

/** The entries of a file of the index, as they are named in what is said of them. */
function unpacked({ kinds, states, entries }) {
  return entries.map(([kind, url, title, short, names, more, summary, state, until, telephones, lang]) => ({
    kind: kinds[kind], url, title, short: short || "", names: names || "", more: more || "",
    summary: summary || "",
    state: states[state || 0], until: until || "", telephones: telephones || [], lang: lang || "",
  }));
}

/** An index to ask: which entries have a word, and how much it tells of them. `add` takes one
 *  more file of it. */
export function searcher(lang) {
  const entries = [];
  const titles = [];
  const found = new Map(); // stem to entries and weights
  const known = new Map(); // word to stem
  const put = (text, at, most) => {
    const own = new Set();
    const telling = words(text).filter((word) => !STOP.has(word));
    const weight = most === TITLE ? most / (1 + 0.05 * telling.length) : most;
    for (const word of telling) {
      if (!known.has(word)) known.set(word, stem(word, lang));
      const of = known.get(word);
      if (!found.has(of)) found.set(of, new Map());
      const there = found.get(of);
      there.set(at, Math.max(there.get(at) || 0, weight));
      own.add(of);
    }
    return own;
  };

  const add = (data) => {
    for (const entry of unpacked(data)) {
      const at = entries.push(entry) - 1;
      titles.push([put(entry.title, at, TITLE), put(entry.short, at, TITLE)]);
      put(entry.names, at, NAME);
      put(`${entry.more} ${entry.summary}`, at, MORE);
      // A number is that of its contact; services show it too.
      const most = entry.kind === "contact" ? TITLE : MORE;
      for (const [, number, extensions] of entry.telephones) {
        [number.replace(/\D/g, ""), ...extensions].forEach((digits) => put(digits, at, most));
      }
    }
  };

  /** The stems that a word of a query may mean, and how surely. */
  const meanings = (word) => {
    const own = stem(word, lang);
    const all = new Map(found.has(own) ? [[own, 1]] : []);
    const put = (of, sure) => all.set(of, Math.max(sure, all.get(of) || 0));
    const digits = /^\d{5,}$/.test(word);
    for (const [other, of] of known) {
      if (digits && (other.endsWith(word.slice(-9)) || word.includes(other.slice(-9)))) {
        if (other.length > 4) put(of, 1);
      } else if (word.length > 1 && other.startsWith(word)) {
        put(of, 0.4 + 0.4 * word.length / other.length);
      } else if (own.length > 4 && of.startsWith(own)) put(of, 0.4);
    }
    if (all.size || word.length < 4 || /\d/.test(word)) return all;
    const most = word.length < 6 ? 1 : 2;
    let least = most;
    for (const [other, of] of known) {
      if (/\d/.test(other) || (most === 1 && other[0] !== word[0])) continue;
      const far = Math.min(distance(word, other, least), own.length > 3
        ? distance(own, of, least) : Infinity);
      if (far > least) continue;
      if (far < least) all.clear();
      least = far;
      put(of, 0.7 - 0.15 * far);
    }
    return all;
  };

  /** The entries that a query finds, the best first, and how many have all its words as typed. */
  const ask = (query) => {
    const scores = new Map();
    const all = asked(query);
    const ofNorms = all.some((word) => CODES.has(word));
    let sum = 0;
    for (const word of all) {
      const best = new Map();
      for (const [of, sure] of meanings(word)) {
        for (const [at, weight] of found.get(of)) {
          const said = { of, score: sure * weight, exact: sure === 1 };
          if (!(best.get(at)?.score >= said.score)) best.set(at, said);
        }
      }
      if (!best.size) continue;
      const tells = Math.log(1 + entries.length / best.size);
      sum += tells;
      for (const [at, { of, score, exact }] of best) {
        const sums = scores.get(at) || { score: 0, has: 0, exact: 0, title: [0, 0] };
        sums.score += score * tells;
        sums.has += tells;
        sums.exact += exact ? 1 : 0;
        titles[at].forEach((own, which) => { sums.title[which] += own.has(of) ? 1 : 0; });
        scores.set(at, sums);
      }
    }
    const rated = [...scores].map(([at, { score, has, exact, title }]) => {
      const { kind, state } = entries[at];
      const whole = 1 + 0.6 * Math.max(...titles[at].map((own, which) => title[which] / (own.size || 1)));
      const weight = (ofNorms && kind === "norm" ? 1.5 : OF_KIND[kind]) * (PAST.includes(state) && kind !== "norm" ? 0.8 : 1);
      return { at, share: has / sum, whole: exact === all.length, score: score * whole * weight * (has / sum) ** 1.5 };
    }).sort((one, other) => other.score - one.score || one.at - other.at);
    const worth = rated.filter(({ share, score }) => share > 0.3 && score > rated[0].score / 10);
    return {
      entries: worth.map(({ at }) => entries[at]),
      whole: rated.filter(({ whole }) => whole).length,
    };
  };

  return { add, ask };
}
