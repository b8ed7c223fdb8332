import "../ui/tokens.css";
import "../ui/base.css";
import "./theme/theme.css";
import "./ui/ui.css";
import "./ui/forms.css";
import "./ui/pages.css";
import "./shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { tidyDrafts } from "./desk/composer/drafts";
import { startTexts } from "./text/i18n";
import { startTheme } from "./theme/theme";

startTheme();
startTexts();
tidyDrafts(localStorage, Date.now());

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
