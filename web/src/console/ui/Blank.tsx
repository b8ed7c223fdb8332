// Where there is nothing to show: why, and what to do.
import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

interface Props {
  icon: IconName;
  title: string;
  hint?: string;
  /** Where nothing else is on the page. */
  isPage?: boolean;
  children?: ReactNode;
}

export function Blank({ icon, title, hint, isPage = false, children }: Props) {
  return (
    <div className="blank">
      <Icon name={icon} size={36} />
      {isPage ? <h1 className="blank-title">{title}</h1> : <p className="blank-title">{title}</p>}
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}
