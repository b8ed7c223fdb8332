// The chat around a line, for lines that can be acted on; none around a talk of the assistant.
import { createContext, useContext } from "react";
import type { Chat, Line } from "../../api/types";

export interface Around {
  chat: Chat;
  /** Puts a text into the box for answers. */
  rewrite: (line: Line) => void;
}

export const ChatContext = createContext<Around | null>(null);

export const useAround = () => useContext(ChatContext);
