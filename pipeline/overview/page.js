"use strict";
(() => {
  const body = document.querySelector("#bang tbody"), rows = [...body.rows], count = document.getElementById("dang-hien");
  const find = document.getElementById("tim"), filters = [...document.querySelectorAll(".loc select")], heads = [...document.querySelectorAll("#bang th[data-cot]")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  const words = new Map(rows.map((row) => [row, plain(row.dataset.tim)]));
  const compare = new Intl.Collator("vi", { numeric: true }).compare;
  let sorted = { column: "stt", down: false };

  const value = (row, column) => row.querySelector(`[data-cot="${column}"]`).dataset.gia;
  const order = (a, b) => {
    const x = value(a, sorted.column), y = value(b, sorted.column);
    if (x === y) return Number(a.dataset.stt) - Number(b.dataset.stt);
    if (x === "" || y === "") return x === "" ? 1 : -1; // what is not known yet stands last either way
    return (sorted.down ? -1 : 1) * (isNaN(x) || isNaN(y) ? compare(x, y) : Number(x) - Number(y));
  };

  const show = () => {
    const wanted = plain(find.value.trim());
    let seen = 0;
    for (const row of rows) {
      row.hidden = !(words.get(row).includes(wanted) && filters.every((f) => !f.value || row.dataset[f.id] === f.value));
      seen += row.hidden ? 0 : 1;
    }
    body.append(...[...rows].sort(order));
    for (const head of heads) head.setAttribute("aria-sort", head.dataset.cot !== sorted.column ? "none" : sorted.down ? "descending" : "ascending");
    count.textContent = `Đang hiện ${seen}/${rows.length} đơn vị.`;
  };

  const remember = () => {
    const state = new URLSearchParams();
    if (find.value) state.set("tim", find.value);
    for (const f of filters) if (f.value) state.set(f.id, f.value);
    if (sorted.column !== "stt" || sorted.down) state.set("xep", (sorted.down ? "-" : "") + sorted.column);
    history.replaceState(null, "", state.toString() ? `#${state}` : location.pathname + location.search);
  };

  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    find.value = state.get("tim") ?? "";
    for (const f of filters) f.value = [...f.options].some((o) => o.value === state.get(f.id)) ? state.get(f.id) : "";
    const by = state.get("xep") ?? "stt";
    if (heads.some((h) => h.dataset.cot === by.replace(/^-/, ""))) sorted = { column: by.replace(/^-/, ""), down: by.startsWith("-") };
    show();
  };

  const change = () => { show(); remember(); };
  find.addEventListener("input", change);
  for (const f of filters) f.addEventListener("change", change);
  for (const head of heads) head.querySelector("button").addEventListener("click", () => {
    sorted = { column: head.dataset.cot, down: sorted.column === head.dataset.cot && !sorted.down };
    change();
  });
  document.getElementById("bo-loc").addEventListener("click", () => { find.value = ""; for (const f of filters) f.value = ""; sorted = { column: "stt", down: false }; change(); find.focus(); });
  window.addEventListener("hashchange", recall);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details[data-con]").forEach((d) => { d.open = true; }));
  document.querySelector(".loc").hidden = false;
  recall();
})();
