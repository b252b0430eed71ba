/** The theme `zhiyin`: what the tokens of the page say now, in light or dark. */
const NAMES = ["ink", "ink-2", "ink-3", "line", "line-2", "line-3", "surface", "brand", "c1", "c2", "c3", "c4", "grid"] as const;
export type Token = (typeof NAMES)[number] | "font";

/** The value of a token as a colour a drawing understands: light-dark() is resolved by the browser. */
export function token(name: Token): string {
  if (name === "font") return getComputedStyle(document.body).fontFamily;
  const probe = document.createElement("i");
  probe.className = "zy-probe";
  probe.style.color = `var(--zy-${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

export function theme(): object {
  const text = { color: token("ink-3"), fontSize: 12, fontFamily: token("font") };
  const axis = {
    axisLine: { lineStyle: { color: token("line-2") } },
    axisTick: { show: false },
    axisLabel: text,
    splitLine: { lineStyle: { color: token("grid") } },
    nameTextStyle: text,
  };
  return {
    backgroundColor: "transparent",
    color: [token("c1"), token("c2"), token("c4")],
    textStyle: { ...text, color: token("ink-2") },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    tooltip: {
      renderMode: "richText", // HTML tooltips write style attributes, which the page's policy refuses
      backgroundColor: token("surface"),
      borderColor: token("line-3"),
      borderWidth: 1,
      padding: [8, 10],
      confine: true,
      textStyle: { color: token("ink"), fontSize: 12, lineHeight: 18, fontFamily: token("font") },
    },
  };
}
