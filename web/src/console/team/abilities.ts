// What the desk should know of somebody who attends chats. Pure.

export interface Abilities {
  languages: string[];
  /** As typed: words with commas between. */
  skills: string;
  supervised: boolean;
}

export function skillsOf(typed: string): string[] {
  return typed
    .split(",")
    .map((skill) => skill.trim())
    .filter((skill) => skill !== "");
}
