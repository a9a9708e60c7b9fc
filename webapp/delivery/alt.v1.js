/* Captioner: gives images without an alt attribute the text that a person decided for them.
 *
 *   <script src="https://captioner.example/alt.v1.js" integrity="..." crossorigin defer data-site="pk_..."></script>
 *
 * It sets alt where the attribute is absent, and nothing else of the page; it sends hashes of image addresses, alone
 * and with that of the page, and nothing else of the reader. Where anything fails the page stays as it is.
 * data-alttext-ignore, on an image or around it, leaves it alone. This file never changes: another one gets another
 * number.
 */
(() => {
  "use strict";
  const script = document.currentScript;
  const site = script?.dataset.site;
  if (!site) return;

  const service = new URL("api/v1/lookup", script.src);
  const dropped = new Set((script.dataset.drop ?? "").split(",").filter(Boolean));
  const NOTHING = new Set();
  const MOST = 50; // hashes of one request
  const PAUSE = 300; // milliseconds between two looks at a page that changes

  const SILENT = '[aria-hidden="true" i], [data-alttext-ignore]';
  // What a picture alone in it has to name: where it leads or what it does, which only the text of its place says.
  const NAMED = "a[href], button, summary, " + ["link", "button", "tab", "option", "menuitem", "menuitemcheckbox",
    "menuitemradio", "checkbox", "switch", "radio"].map((role) => `[role="${role}" i]`);
  const UNREAD = "[hidden], [aria-hidden], script, style, template, noscript, svg, textarea, select";

  /* ---- Addresses: one spelling for each, as the service has it -------------------------------------------------- */

  function normalised(address, base, drop = dropped) {
    let url;
    try {
      url = new URL(address, base);
    } catch {
      return "";
    }
    if (!/^https?:$/.test(url.protocol)) return "";
    const asked = url.search.slice(1).split("&").filter((one) => !drop.has(one.split("=")[0])).join("&");
    const query = asked && "?" + escaped(asked, /[^\w.~!$&()*+,;=:@/%?-]/g);
    return `${url.protocol}//${url.host}${escaped(url.pathname, /[^\w.~!$&()*+,;=:@/%-]/g)}${query}`;
  }

  function escaped(text, odd) {
    const plain = text.replace(/%([\da-f]{2})?/gi, (all, digits) => {
      if (!digits) return "%25";
      const character = String.fromCharCode(parseInt(digits, 16));
      return /[\w.~-]/.test(character) ? character : all.toUpperCase();
    });
    return plain.replace(odd, (character) => "%" + character.charCodeAt(0).toString(16).toUpperCase());
  }

  /* ---- SHA-256 (FIPS 180-4) of ASCII. The browser's own works on https alone, and later than at once ------------- */

  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
  const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
  const beginning = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function sha256(text) {
    const size = text.length;
    const message = new Int32Array((((size + 8) >> 6) + 1) * 16);
    for (let i = 0; i < size; i++) message[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
    message[size >> 2] |= 0x80 << (24 - (size % 4) * 8);
    message[message.length - 1] = size * 8;
    const hash = Int32Array.from(beginning);
    const w = new Int32Array(64);
    for (let block = 0; block < message.length; block += 16) {
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        w[i] = i < 16
          ? message[block + i]
          : w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] += word));
    }
    return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /* ---- Images --------------------------------------------------------------------------------------------------- */

  const hashes = new Map(); // by normalised address, or page, address and position
  const texts = new Map(); // by hash; null: there is none; undefined: it is being asked for
  const ours = new WeakMap(); // image: the text and the hash that it was given

  function hashed(text) {
    if (!hashes.has(text)) hashes.set(text, sha256(text));
    return hashes.get(text);
  }

  /** What the image is known by, the likeliest first: its place on the page, then its addresses. */
  function namesOf(image, page, counts) {
    const absolute = (one) => one && normalised(one, document.baseURI);
    const written = [image.dataset.src, image.getAttribute("src"), image.currentSrc].filter(absolute);
    if (!written.length) return [];
    const place = `${page}\n${normalised(written[0], document.baseURI, NOTHING)}`; // sizes are places of their own
    counts[place] = (counts[place] ?? 0) + 1;
    return [counts[place] > 1 ? `${place}\n${counts[place]}` : place, ...new Set(written.map(absolute))];
  }

  /** What is asked for; all that a link or button holds takes the text of its place alone. */
  const hashesOf = (image, names) => (isAlone(image) ? names.slice(0, 1) : names).map(hashed);

  function isGap(image) {
    if (image.hasAttribute("alt") || image.closest(SILENT)) return false;
    return !/^\s*(none|presentation)(\s|$)/i.test(image.getAttribute("role") ?? "");
  }

  function isAlone(image) {
    const holder = image.closest(NAMED);
    return !!holder && (holder.textContent.trim() === "" || !!holder.querySelector(UNREAD));
  }

  function fill(image, text, hash) {
    const around = image.closest("[lang]");
    image.alt = text.alt_text;
    image.dataset.altOrigin = text.origin;
    const language = (lang) => lang.split("-")[0].toLowerCase();
    const own = text.alt_text && text.lang;
    const speaks = own && around !== image && language(around?.lang ?? "") !== language(own);
    if (speaks) image.lang = text.lang;
    ours.set(image, { text: text.alt_text, hash, speaks });
  }

  /** Takes our text away from an image that shows another picture now, as carousels do. */
  function forget(image, own) {
    const given = ours.get(image);
    if (!given || own.includes(given.hash)) return;
    ours.delete(image);
    if (image.alt !== given.text) return;
    image.removeAttribute("alt");
    delete image.dataset.altOrigin;
    if (given.speaks) image.removeAttribute("lang");
  }

  let failed = false;

  function look() {
    const wanted = new Set();
    const page = normalised(location.href);
    const counts = {};
    for (const image of document.images) {
      const names = namesOf(image, page, counts);
      if (!ours.has(image) && !isGap(image)) continue;
      const own = hashesOf(image, names);
      forget(image, own);
      if (!isGap(image)) continue;
      own.filter((one) => !texts.has(one)).forEach((one) => wanted.add(one));
      for (const hash of own) {
        const text = texts.get(hash);
        if (text === undefined) break; // its place comes first, and is not answered yet
        if (!text || (!text.alt_text && isAlone(image))) continue;
        fill(image, text, hash);
        break;
      }
    }
    const sorted = [...wanted].sort(); // the same question has one address, which caches can keep
    while (sorted.length && !failed) ask(sorted.splice(0, MOST));
  }

  async function ask(some) {
    some.forEach((hash) => texts.set(hash, undefined));
    try {
      const answer = await fetch(`${service}?site=${encodeURIComponent(site)}&hashes=${some.join(",")}`, {
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (!answer.ok) throw answer;
      const found = (await answer.json()).texts;
      for (const hash of some) {
        const text = found[hash];
        texts.set(hash, text && (text.alt_text.trim() || text.decorative) ? text : null);
      }
      look();
    } catch {
      failed = true; // the page goes on without
    }
  }

  let timer;
  new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, PAUSE);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["src", "srcset"] });
  look();
})();
