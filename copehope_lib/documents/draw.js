// Draws each figure with the script of the pages, and leaves the pictures in the page as text.

function loaded(source) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = source;
  });
}

const SVG = document.createElementNS("http://www.w3.org/2000/svg", "svg").namespaceURI;

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Lines upwards to the right over a box, as far apart as those of the pattern.
function strokes(box, step) {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  let path = "";
  for (let at = Math.floor((box.x + box.y) / step) * step; at <= right + bottom + step; at += step) {
    path += `M${(at - bottom - step).toFixed(1)},${(bottom + step).toFixed(1)}L${(at - box.y + step).toFixed(1)},${(box.y - step).toFixed(1)}`;
  }
  return path;
}

// A pattern is printed as an image of thousands of points; the same as lines is sharp, and small.
function hatch(shape, at) {
  const pattern = shape.ownerSVGElement.querySelector(`#${CSS.escape(shape.style.fill.match(/#([^"')]+)/)?.[1] ?? "none")}`);
  const line = pattern?.querySelector("path");
  const step = parseFloat(pattern?.getAttribute("width"));
  if (!line?.getAttribute("d").includes(`M0,${step}L${step},0`)) return;
  const id = `${pattern.id}-${at}`;
  const clip = element("clipPath", { id });
  clip.append(element("path", { d: shape.getAttribute("d") }));
  const lines = element("path", { d: strokes(shape.getBBox(), step), "clip-path": `url(#${id})`, fill: "none" });
  for (const name of ["stroke", "stroke-width", "opacity"]) lines.setAttribute(name, line.getAttribute(name));
  const group = element("g", { opacity: shape.style.opacity || 1 });
  if (shape.hasAttribute("transform")) group.setAttribute("transform", shape.getAttribute("transform"));
  shape.removeAttribute("transform");
  shape.style.opacity = 1;
  shape.style.fill = pattern.querySelector("rect")?.getAttribute("fill") ?? "none";
  shape.replaceWith(group);
  group.append(shape, clip, lines);
  pattern.classList.add("drawn");
}

function hatched(svg) {
  const place = document.createElement("div");
  place.innerHTML = svg;
  document.body.append(place);
  place.querySelectorAll(".pattern_filled").forEach(hatch);
  place.querySelectorAll("pattern.drawn").forEach((pattern) => pattern.remove());
  const drawn = new XMLSerializer().serializeToString(place.firstElementChild);
  place.remove();
  return drawn;
}

// A picture within a picture sees no font of the page: it carries its own.
async function points(svg, fonts, width, height, scale) {
  const whole = svg.replace(/<svg[^>]*>/, (tag) => `${tag}<style>${fonts}</style>`);
  const image = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1];
}

async function drawn(figure, width, scale, fonts) {
  const layout = { ...figure.layout, width };
  const height = layout.height ?? 360;
  const picture = { format: "svg", width, height, imageDataOnly: true };
  const svg = hatched(await Plotly.toImage({ ...figure, layout }, picture));
  const png = scale ? await points(svg, fonts, width, height, scale) : "";
  return { svg, png };
}

async function main() {
  const asked = JSON.parse(document.getElementById("asked").textContent);
  const fonts = document.getElementById("fonts").textContent;
  // What is not there yet would be measured in another typeface.
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 15px "Atkinson Hyperlegible"`)));
  const pictures = [];
  for (const [at, figure] of asked.figures.entries()) {
    pictures.push(await drawn(figure, asked.widths[at], asked.points, fonts));
  }
  const bytes = new TextEncoder().encode(JSON.stringify(pictures));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  document.getElementById("pictures").textContent = btoa(text);
}

main().catch((problem) => { document.title = `${problem}`; });
