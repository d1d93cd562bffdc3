"use strict";
// Sort and filter the table of papers. Without this script, the table shows all of its rows in the order of the query.
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const words = document.getElementById("words");
  const category = document.getElementById("category");
  const person = document.getElementById("person");
  const count = document.getElementById("count");

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const texts = new Map(rows.map((row) => [row, fold(row.dataset.words + " " + row.textContent)]));
  const code = (row) => row.querySelector("[data-category]")?.dataset.category ?? "";

  const filter = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every((word) => texts.get(row).includes(word));
      const named = person.value === "" || row.dataset.people.split("|").includes(person.value);
      row.hidden = !(fits && named && (category.value === "" || code(row) === category.value));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} papers`;
  };

  const sort = (head, column) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const key = (row) => row.cells[column].dataset.key;
    const compare = (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
    // Rows without a value come last in both directions.
    const known = rows.filter((row) => key(row) !== "").sort(compare);
    if (descending) known.reverse();
    body.append(...known, ...rows.filter((row) => key(row) === ""));
  };

  for (const button of table.tHead.querySelectorAll("button")) {
    button.disabled = false;
    button.addEventListener("click", () => sort(button.closest("th"), Number(button.dataset.by)));
  }
  words.addEventListener("input", filter);
  category.addEventListener("change", filter);
  person.addEventListener("change", filter);
  document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("filter").hidden = false;
})();
