import { bitrate, seconds } from "../format";
import { bestFirst, label, lines, share, type Choice, type Rendition } from "../rendition";
import type { Snapshot } from "../snapshot";
import { sparkline } from "../sparkline";
import { byId, element, setText } from "./dom";

const SAMPLES = 120;

export interface QualityView {
  show(snapshot: Snapshot): void;
  /** Called a few times a second, with seconds buffered and bits per second. */
  sample(buffered: number, throughput: number | undefined): void;
}

/** The panel: what is on screen, the ladder to choose from, and the figures behind it. */
export function createQualityView(onChoice: (choice: Choice) => void): QualityView {
  const text = (id: string): HTMLElement => byId(id, HTMLElement);
  const options = text("quality-options");
  let ladder: readonly Rendition[] | undefined;
  let samples: number[] = [];

  const draw = (next: number[]): void => {
    samples = next;
    const { line, area } = sparkline(samples, SAMPLES, 240, 48);
    byId("spark-line", SVGPathElement).setAttribute("d", line);
    byId("spark-area", SVGPathElement).setAttribute("d", area);
  };
  options.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) onChoice(event.target.value);
  });
  return {
    show({ renditions, shown, choice, switches, renewals, edge, engine, state }) {
      if (ladder !== renditions) {
        ladder = renditions;
        options.replaceChildren(option("auto", "Auto", "quality-auto"), ...bestFirst(renditions).map(rung(renditions)));
      }
      if (state === "loading" && samples.length > 0) draw([]);
      for (const input of options.querySelectorAll("input")) {
        input.checked = input.value === choice;
        input.closest("label")?.classList.toggle("shown", input.value === shown?.id);
      }
      const side = shown ? lines(shown) : 0;
      setText(text("quality-now"), side > 0 ? `${side}p` : "–");
      setText(text("quality-bitrate"), shown && shown.bitrate > 0 ? bitrate(shown.bitrate) : "");
      setText(text("engine"), engine ?? "");
      setText(text("stat-switches"), String(switches));
      setText(text("stat-renewals"), String(renewals));
      setText(text("stat-hits"), String(edge.hits));
      setText(text("stat-misses"), String(edge.misses));
      setText(text("stat-denied"), String(edge.denied));
    },
    sample(buffered, throughput) {
      setText(text("stat-buffer"), seconds(buffered));
      setText(text("stat-throughput"), bitrate(throughput));
      draw([...samples, buffered].slice(-SAMPLES));
    },
  };
}

const rung = (all: readonly Rendition[]) => (rendition: Rendition) => {
  const row = option(rendition.id, label(rendition), `quality-${lines(rendition) || rendition.id}`);
  // A meter would announce itself: the bar only repeats the figure beside it.
  const bar = element("span", { class: "bar-track", "aria-hidden": "true" }, element("span", { class: "bar-fill" }));
  (bar.firstElementChild as HTMLElement).style.inlineSize = `${Math.round(share(rendition, all) * 100)}%`;
  row.append(bar);
  return row;
};

function option(value: string, name: string, testId: string): HTMLLabelElement {
  const input = element("input", { type: "radio", name: "quality", value, "data-testid": testId });
  return element("label", { class: "rung" }, input, element("span", {}, name));
}
