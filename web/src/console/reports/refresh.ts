// After something was done, whatever is shown of reports may be old.
import { KEYS } from "../api/keys";
import { queries } from "../session/queries";

export function refreshBoard(): void {
  void queries.invalidateQueries({ queryKey: KEYS.board });
}
