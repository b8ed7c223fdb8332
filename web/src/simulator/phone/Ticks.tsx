// One tick sent, two delivered, two coloured ones read.
import { useLanguage } from "../../text/language";
import type { Tick } from "../api";

export function Ticks({ status }: { status: Tick }) {
  const { simulator } = useLanguage().texts;
  return (
    <svg
      className={`ticks ${status}`}
      viewBox="0 0 22 14"
      role="img"
      aria-label={simulator.status[status]}
      data-status={status}
    >
      <path d="M2 8l4 4L14 3" />
      {status !== "sent" && <path d="M10 11l1 1 9-9" />}
    </svg>
  );
}
