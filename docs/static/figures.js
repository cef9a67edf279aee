// Draws the figures that a notebook kept, with the workbench's own plotly; other pages load none.
const here = document.currentScript.src;

addEventListener("DOMContentLoaded", () => {
  const kept = document.querySelectorAll("script.figure");
  if (kept.length === 0) return;
  const script = document.createElement("script");
  script.src = new URL("plotly/plotly-cartesian.min.js", here).href;
  script.onload = () => kept.forEach(draw);
  document.head.append(script);
});

function draw(held) {
  const { data, layout } = JSON.parse(held.textContent);
  const place = document.createElement("div");
  place.className = "drawn";
  held.replaceWith(place);
  Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true });
}
