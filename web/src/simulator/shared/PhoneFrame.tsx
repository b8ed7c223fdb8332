// The body of a simulated phone around what is on its screen.
import type { ReactNode } from "react";

interface Props {
  children: ReactNode;
  className?: string;
  /** What lies over the screen; while it is there the rest cannot be reached. */
  over?: ReactNode;
}

export function PhoneFrame({ children, className = "", over = null }: Props) {
  return (
    <div className="phone">
      <div className="screen">
        <div className={`screen-app ${className}`} inert={over !== null}>
          {children}
        </div>
        {over}
      </div>
    </div>
  );
}
