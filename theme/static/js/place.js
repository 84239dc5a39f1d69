// A link to the page in another language leads to the place at which its reader is. Without this script
// it leads to the top.
//
// What pages of all languages have in common is named alike in all: those ids have a "_". A heading
// of a note's own text has another id in each language, so it is told by its number: "#place_3_12" is
// the third of twelve headings. A page with another number of headings is shown from its top.

const HEADINGS = "main :is(h2, h3, h4)[id]";
const PLACE = /^#place_(\d+)_(\d+)$/;

/** The fragment for the place that is shown; none for the top of the page. */
function shown() {
  const at = [...document.querySelectorAll(`${HEADINGS}, main [id*="_"]`)]
    .filter((one) => one.getClientRects().length
      && one.getBoundingClientRect().top < innerHeight / 4)
    .at(-1);
  if (!at || scrollY < innerHeight / 4) return "";
  if (at.id.includes("_")) return at.id;
  const headings = [...document.querySelectorAll(HEADINGS)];
  return `place_${headings.indexOf(at) + 1}_${headings.length}`;
}

function arrive() {
  const [, number, count] = location.hash.match(PLACE) || [];
  if (!number) return;
  const headings = document.querySelectorAll(HEADINGS);
  const there = headings.length === Number(count) && headings[number - 1];
  if (there) location.replace(`#${there.id}`);
  else history.replaceState(null, "", location.pathname + location.search);
}

for (const link of document.querySelectorAll("a[data-language]")) {
  for (const event of ["click", "auxclick"]) {
    link.addEventListener(event, () => { link.hash = shown(); });
  }
}
arrive();
