// Everything around the pages: answers of the server, the language of dates, the routes.
import { QueryClientProvider } from "@tanstack/react-query";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router/dom";
import { router } from "./routes";
import { queries } from "./session/queries";

export function App() {
  const { i18n } = useTranslation();
  return (
    <QueryClientProvider client={queries}>
      <I18nProvider locale={i18n.language === "en" ? "en-US" : "es-MX"}>
        <RouterProvider router={router} />
      </I18nProvider>
    </QueryClientProvider>
  );
}
