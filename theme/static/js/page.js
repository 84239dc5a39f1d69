// The script of every page but those with opening hours: live.js has the same, and more.

import "./ends.js";
import "./place.js";
