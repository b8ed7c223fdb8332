// A sheet that comes up over the phone. Escape, the backdrop and × close it; focus goes in (Phone puts it back).
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useLanguage } from "../../text/language";

interface Props {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

export function Sheet({ title, children, onClose }: Props) {
  const { common } = useLanguage().texts;
  const heading = useId();
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.focus({ preventScroll: true }), []);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <div className="sheet-layer">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button do the same */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only the ground beside the sheet */}
      <div className="sheet-ground" onClick={onClose} />
      <div
        ref={sheet}
        className="sheet"
        role="dialog"
        aria-labelledby={heading}
        tabIndex={-1}
        onKeyDown={closeOnEscape}
      >
        <div className="sheet-bar">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon" aria-label={common.close} onClick={onClose}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="m6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z" />
            </svg>
          </button>
        </div>
        <div className="sheet-body">{children}</div>
      </div>
    </div>
  );
}
