/** A figure over weeks or months: a point each with the whisker of its interval, joined; a press opens the cases. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import { token } from "./theme";

interface Point {
  v: number;
  low: number;
  high: number;
  url: string;
  say: string[];
}

interface Trend {
  labels: string[];
  points: (Point | null)[];
  unit: string;
  top: number | null;
}

const said = (value: number, unit: string): string => {
  const figure = value.toLocaleString("en", { maximumFractionDigits: 2 });
  return unit === "¥" ? `¥${figure}` : `${figure}${unit}`;
};

/** A vertical line from the lower to the upper end, with short feet. */
function whisker(colour: string) {
  return (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
    const high = api.coord([api.value(0), api.value(2)])[1] ?? 0;
    const style = { stroke: colour, lineWidth: 1.4, fill: undefined };
    const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, shape: { x1, y1, x2, y2 }, style });
    return { type: "group" as const, children: [line(x, low, x, high), line(x - 3, low, x + 3, low), line(x - 3, high, x + 3, high)] };
  };
}

export function trend(data: Trend, place: HTMLElement): { option: object; open: (index: number) => string } {
  const c1 = token("c1");
  const narrow = place.clientWidth < 420;
  const ends = data.points.flatMap((point, index) => (point ? [[index, point.low, point.high]] : []));
  return {
    option: {
      grid: { left: 8, right: 12, top: 14, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: data.labels, axisLabel: { interval: narrow && data.labels.length > 6 ? 1 : "auto", hideOverlap: true } },
      yAxis: { type: "value", min: 0, max: data.top ?? undefined, interval: data.top ? data.top / 2 : undefined, splitNumber: 3, axisLabel: { formatter: (value: number) => said(value, data.unit) } },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "line", lineStyle: { color: token("line-3"), type: [3, 4] } },
        formatter: (found: { dataIndex: number }[]) => data.points[found[0]?.dataIndex ?? -1]?.say.join("\n") ?? "",
      },
      series: [
        { type: "custom", silent: true, renderItem: whisker(token("line-3")), data: ends, encode: { x: 0, y: [1, 2] }, tooltip: { show: false } },
        {
          type: "line",
          data: data.points.map((point) => point?.v ?? null),
          symbol: "circle",
          symbolSize: 9,
          cursor: "pointer",
          triggerLineEvent: false,
          lineStyle: { width: 2, color: c1 },
          itemStyle: { color: c1, borderColor: token("surface"), borderWidth: 1.5 },
        },
      ],
    },
    open: (index) => data.points[index]?.url ?? "",
  };
}
