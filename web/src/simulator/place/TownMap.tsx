// The town drawn from its catalogue, with a pin that is put by tapping or moved by the arrow keys.
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { COLONIAS, centre, clamped, HEIGHT, MUNICIPALITY, type Point, SPOTS, WIDTH } from "./map";
import "./map.css";

interface Props {
  pin: Point;
  label: string;
  gulf: string;
  onMove: (pin: Point) => void;
}

const STEP = 25;
const KEYS: Record<string, Point> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export function TownMap({ pin, label, gulf, onMove }: Props) {
  const svg = useRef<SVGSVGElement>(null);

  const put = (event: PointerEvent) => {
    const matrix = svg.current?.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onMove(clamped([x, y]));
  };
  const nudge = (event: KeyboardEvent) => {
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    onMove(clamped([pin[0] + by[0], pin[1] + by[1]]));
  };

  return (
    <div
      className="town-map"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the pin
      tabIndex={0}
      aria-label={label}
      onKeyDown={nudge}
      onPointerDown={put}
    >
      <svg ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <rect className="map-water" width={WIDTH} height={HEIGHT} />
        <Ground />
        <text className="map-gulf" x="40" y="120">
          {gulf}
        </text>
        <g transform={`translate(${pin[0]} ${pin[1]})`}>
          <path className="map-pin" d="M0 0C-8-26-38-46-38-78a38 38 0 0 1 76 0c0 32-30 52-38 78z" />
          <circle className="map-pin-eye" cy="-78" r="14" />
        </g>
      </svg>
    </div>
  );
}

function Ground() {
  return (
    <>
      {MUNICIPALITY.map(({ id, ring }) => (
        <polygon key={id} className="map-land" points={points(ring)} />
      ))}
      {COLONIAS.map(({ id, ring }) => (
        <polygon key={id} className="map-colonia" points={points(ring)} />
      ))}
      {SPOTS.map(({ id, at: [x, y] }) => (
        <circle key={id} className="map-spot" cx={x} cy={y} r="9" />
      ))}
      {COLONIAS.map(({ id, name, ring }) => (
        <Name key={id} name={name} at={centre(ring)} />
      ))}
    </>
  );
}

/** One word a line: colonias are small. */
function Name({ name, at: [x, y] }: { name: string; at: Point }) {
  const words = name.replace("Fraccionamiento ", "").split(" ");
  const top = y - ((words.length - 1) * 32) / 2;
  return (
    <text className="map-name">
      {words.map((word, line) => (
        <tspan key={word} x={x} y={top + line * 32}>
          {word}
        </tspan>
      ))}
    </text>
  );
}

function points(ring: readonly Point[]): string {
  return ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
}
