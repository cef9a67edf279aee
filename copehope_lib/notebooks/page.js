// Draws each figure of a notebook in its place.
for (const held of document.querySelectorAll("script.figure")) {
  const { data, layout } = JSON.parse(held.textContent);
  const place = document.createElement("div");
  place.className = "drawn";
  held.replaceWith(place);
  Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true });
}
