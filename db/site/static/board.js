// On a wide screen the filters are always there; on a phone they open on demand.
import "./common.js";

const facets = document.getElementById("facets");
const wide = matchMedia("(min-width: 44.01rem)");
const fit = () => { if (facets) facets.open = wide.matches; };
wide.addEventListener("change", fit);
fit();
