// The channels as tabs, where there is no room for phones side by side. Arrow keys go from one to the next.
import { type KeyboardEvent, useRef } from "react";
import { useLanguage } from "../../text/language";

export type Pane = "whatsapp" | "sms" | "call" | "more";

interface Props {
  panes: readonly Pane[];
  active: Pane;
  /** Panes with something new that was not seen. */
  unseen: ReadonlySet<Pane>;
  onChange: (pane: Pane) => void;
}

export const tabId = (pane: Pane) => `tab-${pane}`;
export const paneId = (pane: Pane) => `pane-${pane}`;

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export function Tabs({ panes, active, unseen, onChange }: Props) {
  const { tabs, unseenNote } = useLanguage().texts.simulator;
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = panes.at((panes.indexOf(active) + step) % panes.length);
    if (!next) return;
    onChange(next);
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={tabs.label} onKeyDown={move}>
      {panes.map((pane) => (
        <button
          key={pane}
          type="button"
          role="tab"
          id={tabId(pane)}
          aria-controls={paneId(pane)}
          aria-selected={pane === active}
          tabIndex={pane === active ? 0 : -1}
          onClick={() => onChange(pane)}
        >
          {tabs[pane]}
          {unseen.has(pane) && (
            <span className="unseen-dot">
              <span className="unseen">{unseenNote}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
