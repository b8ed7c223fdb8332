// React Aria's button, with a pending state that keeps the focus and cannot be pressed twice. React Aria's own announces
// the button by its id for seconds, also when the button left with its dialog.
import { Button as AriaButton, type ButtonProps } from "react-aria-components";

export function Button({ isPending = false, onPress, type, ...props }: ButtonProps) {
  const pressed = isPending ? {} : { ...(onPress ? { onPress } : {}), ...(type ? { type } : {}) };
  return <AriaButton {...props} {...pressed} {...(isPending ? { "data-pending": "true" } : {})} />;
}
