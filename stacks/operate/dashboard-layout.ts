import type { Metric } from "./alarm";

export type Widget = Readonly<Record<string, unknown>>;

/** One stage of the platform. */
export interface Row {
  readonly stage: "ingest" | "transcode" | "package" | "deliver" | "entitle" | "operate";
  readonly says: string;
  readonly widgets: readonly Widget[];
}

/** A dashboard is 24 units wide: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const WIDTH = 24;
const HEADING_HEIGHT = 2;
const GRAPH_HEIGHT = 6;

/** Stages one below the other, each a heading and its graphs side by side. */
export function layOut(rows: readonly Row[]): Widget[] {
  return rows.flatMap(({ stage, says, widgets }, index) => {
    const y = index * (HEADING_HEIGHT + GRAPH_HEIGHT);
    const width = Math.floor(WIDTH / widgets.length);
    const heading = { ...text(`## ${index + 1}. ${stage}\n${says}`), x: 0, y, width: WIDTH, height: HEADING_HEIGHT };
    return [
      heading,
      ...widgets.map((widget, position) => {
        const place = { x: position * width, y: y + HEADING_HEIGHT, width, height: GRAPH_HEIGHT };
        return { ...widget, ...place };
      }),
    ];
  });
}

export function text(markdown: string): Widget {
  return { type: "text", properties: { markdown } };
}

/** Metrics over time, by minute unless said otherwise. */
export function graph(title: string, region: string, metrics: readonly Metric[], seconds = 60): Widget {
  return {
    type: "metric",
    properties: {
      title,
      region,
      period: seconds,
      view: "timeSeries",
      metrics: metrics.map(({ namespace, metricName, dimensions, stat }) => [
        namespace,
        metricName,
        ...Object.entries(dimensions).flat(),
        { stat },
      ]),
    },
  };
}
