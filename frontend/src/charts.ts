/** Charts: loaded by pages that have some, nowhere else. Data stands beside each in <script type="application/json">. */
import { LineChart, CustomChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { trend } from "./js/charts/trend";
import { theme } from "./js/charts/theme";

echarts.use([LineChart, CustomChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const builders = { trend };
const drawn = new Map<HTMLElement, echarts.ECharts>();
const sizes = new ResizeObserver((entries) => entries.forEach((entry) => drawn.get(entry.target as HTMLElement)?.resize()));

function draw(place: HTMLElement): void {
  const build = builders[place.dataset.chart as keyof typeof builders];
  const source = document.getElementById(place.dataset.src ?? "");
  if (!build || !source) return;
  drawn.get(place)?.dispose();
  const chart = echarts.init(place, theme(), { renderer: "svg" });
  const { option, open } = build(JSON.parse(source.textContent ?? "{}"), place);
  chart.setOption({ ...option, animation: false, aria: { enabled: true, label: { description: place.getAttribute("aria-label") ?? "" } } });
  chart.on("click", (event) => {
    const address = open(event.dataIndex);
    if (address) location.assign(address);
  });
  drawn.set(place, chart);
  sizes.observe(place);
}

function drawAll(): void {
  document.querySelectorAll<HTMLElement>("[data-chart]").forEach(draw);
}

// Widths of labels are known once the faces have come; the theme is read from the tokens, so another one draws anew.
void document.fonts.ready.then(() => {
  drawAll();
  document.documentElement.dataset.charts = "";
});
new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

// On paper nobody can press: the tables are opened for it, and closed again.
const opened: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  document.querySelectorAll<HTMLDetailsElement>("details.zy-asdata:not([open])").forEach((table) => {
    table.open = true;
    opened.push(table);
  });
});
addEventListener("afterprint", () => opened.splice(0).forEach((table) => (table.open = false)));
