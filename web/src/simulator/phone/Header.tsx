// Who one writes to, whether the phone is connected, and the phone's menu.
import { useLanguage } from "../../text/language";
import markUrl from "../../ui/mark.svg";
import type { Town } from "../api";
import type { Connection } from "../shared/stream";

interface Props {
  town: Town;
  connection: Connection;
  onMenu: () => void;
}

export function Header({ town, connection, onMenu }: Props) {
  const { simulator } = useLanguage().texts;
  return (
    <header className="phone-header">
      <span className="town-face">
        <img src={markUrl} alt="" width="30" height="30" />
      </span>
      <div className="town-name">
        <h2>{town.name}</h2>
        <p className={connection} aria-live="polite">
          {simulator.connection[connection]}
        </p>
      </div>
      <button type="button" className="icon" aria-label={simulator.menu} onClick={onMenu}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="5" r="2" />
          <circle cx="12" cy="12" r="2" />
          <circle cx="12" cy="19" r="2" />
        </svg>
      </button>
    </header>
  );
}
