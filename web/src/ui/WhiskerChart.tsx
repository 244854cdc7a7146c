import { useMemo } from 'react';
import { useMediaQuery } from '@mantine/hooks';
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import type { ChartOptions, Plugin } from 'chart.js';
import { Chart as ChartCanvas } from 'react-chartjs-2';
import styles from './WhiskerChart.module.css';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface Whisker {
  label: string;
  value: number;
  interval: readonly [number, number];
  colour: string;
  /** What is said when the row is pointed at. */
  words: string;
  /** Another value on the same scale to compare with. */
  reference?: number | null;
}

interface Props {
  rows: readonly Whisker[];
  domain: readonly [number, number];
  /** What the chart shows, for whoever does not see it; the figures stand in a table beside it. */
  label: string;
}

const ink = '#1d1b19';
const soft = '#68625b';
const line = '#e8e5e1';

/** Points with their intervals, one row each, on one scale. On a phone the name stands above its row. */
export default function WhiskerChart({ rows, domain, label }: Props) {
  const narrow = useMediaQuery('(max-width: 47.99em)') ?? false;
  const rowHeight = narrow ? 46 : 26;
  const shown = useMemo(
    () => ({
      labels: rows.map((row) => row.label),
      datasets: [
        {
          data: rows.map(({ interval: [low, high] }): [number, number] => [low, high]),
          backgroundColor: rows.map(({ colour }) => `${colour}8c`),
          borderRadius: 2,
          borderSkipped: false as const,
          barThickness: 4,
        },
      ],
    }),
    [rows],
  );
  const options = useMemo(() => optionsFor(rows, domain, narrow), [rows, domain, narrow]);
  const plugins = useMemo(() => [pointsOf(rows)], [rows]);
  return (
    <div className={styles.chart} style={{ height: rows.length * rowHeight + 64 }}>
      <ChartCanvas
        // A plugin is fixed when a chart is made, so other rows are another chart.
        key={rows.map((row) => `${row.label} ${row.value}`).join()}
        type="bar"
        data={shown}
        options={options}
        plugins={plugins}
        role="img"
        aria-label={label}
      />
    </div>
  );
}

function optionsFor(
  rows: readonly Whisker[],
  [min, max]: readonly [number, number],
  narrow: boolean,
): ChartOptions<'bar'> {
  const font = { family: "'Inter Variable', sans-serif", size: 13 };
  const scale = { min, max, grid: { color: line }, border: { display: false } };
  const ticks = { color: soft, font };
  return {
    indexAxis: 'y',
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: 'index', axis: 'y', intersect: false },
    layout: { padding: { right: 12 } },
    scales: {
      x: { ...scale, position: 'top', ticks: { ...ticks, stepSize: 10 } },
      y: {
        grid: { display: false },
        border: { display: false },
        ticks: {
          color: ink,
          font,
          autoSkip: false,
          crossAlign: narrow ? 'near' : 'far',
          ...(narrow && { mirror: true, labelOffset: -15, padding: 0 }),
          callback: (_, index) => shortened(rows[index]?.label ?? '', narrow ? 44 : 38),
        },
      },
    },
    plugins: {
      tooltip: {
        displayColors: false,
        animation: false,
        backgroundColor: ink,
        bodyFont: font,
        titleFont: { ...font, weight: 600 },
        callbacks: {
          title: ([first]) => rows[first?.dataIndex ?? 0]?.label ?? '',
          label: ({ dataIndex }) => rows[dataIndex]?.words ?? '',
        },
      },
    },
  };
}

/** Draws the point estimate over its interval, and the value it is compared with as a short upright line. */
function pointsOf(rows: readonly Whisker[]): Plugin<'bar'> {
  return {
    id: 'points',
    afterDatasetsDraw({ ctx, scales, chartArea }) {
      const { x, y } = scales;
      if (!x || !y) return;
      ctx.save();
      rows.forEach(({ value, reference, colour }, index) => {
        const height = y.getPixelForValue(index);
        if (reference !== null && reference !== undefined) {
          ctx.strokeStyle = soft;
          ctx.lineWidth = 1.5;
          ctx.beginPath();
          ctx.moveTo(x.getPixelForValue(reference), height - 8);
          ctx.lineTo(x.getPixelForValue(reference), height + 8);
          ctx.stroke();
        }
        ctx.fillStyle = colour;
        ctx.strokeStyle = '#fff';
        ctx.lineWidth = 1.5;
        ctx.beginPath();
        const at = Math.min(Math.max(x.getPixelForValue(value), chartArea.left), chartArea.right);
        ctx.arc(at, height, 5, 0, 2 * Math.PI);
        ctx.fill();
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}

const shortened = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
