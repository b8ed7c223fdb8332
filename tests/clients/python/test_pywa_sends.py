"""The simulated Meta takes whatever pywa sends, and refuses in words that pywa knows."""

import unittest

from pywa import types
from pywa.errors import WhatsAppError
from pywa.types import templates

from pywa_client import LUPE, PIXEL, Pywa


class Sends(Pywa):
    def test_every_kind_of_message_is_taken(self):
        wa, first = self.wa, self.says("text", text="hola")
        contact = types.Contact(
            name=types.Contact.Name(formatted_name="Ana Chan", first_name="Ana"),
            phones=[types.Contact.Phone(phone="+529811110003", type="CELL")],
        )
        media = wa.upload_media(PIXEL, mime_type="image/png", filename="a.png")
        for send in [
            lambda: wa.send_message(LUPE, "Hola *Lupe* á 👍", preview_url=True),
            lambda: wa.send_message(LUPE, "Eso", reply_to_message_id=first.id),
            lambda: wa.send_message(
                LUPE, "¿Sí?", header="Cita", footer="Ayuntamiento", buttons=[types.Button("Sí", "1")]
            ),
            lambda: wa.send_message(LUPE, "Mira", buttons=types.URLButton("Abrir", "https://example.mx/a?b=c")),
            lambda: wa.send_image(LUPE, media, caption="aquí"),
            lambda: wa.send_image(LUPE, PIXEL, mime_type="image/png"),
            lambda: wa.send_document(LUPE, b"%PDF-1.4 acta", filename="acta.pdf", mime_type="application/pdf"),
            lambda: wa.send_voice(LUPE, b"OggS", mime_type="audio/ogg"),
            lambda: wa.send_location(LUPE, 19.84, -90.53, "Palacio", "Calle 8"),
            lambda: wa.request_location(LUPE, "¿Dónde estás?"),
            lambda: wa.request_contact_info(LUPE, "¿Cuál es tu número?"),
            lambda: wa.send_contact(LUPE, contact),
            lambda: wa.send_reaction(LUPE, "🙏", first.id),
            lambda: wa.remove_reaction(LUPE, first.id),
        ]:
            self.assertTrue(send().id.startswith("wamid."))
        self.assertTrue(wa.mark_message_as_read(first.id).success)
        self.assertTrue(wa.indicate_typing(first.id).success)

    def test_a_template_is_filled_in(self):
        template = {
            "name": "cita",
            "language": "es_MX",
            "body": "Hola, {{nombre}}. Tu cita es el {{fecha}}.",
            "buttons": [{"type": "quick_reply", "text": "Confirmar"}],
        }
        self.town.simulate("templates", [template], "PUT")
        sent = self.wa.send_template(
            LUPE,
            "cita",
            templates.TemplateLanguage.SPANISH_MEX,
            [
                templates.BodyText.params(nombre="Lupe", fecha="lunes"),
                templates.QuickReplyButton.params(callback_data="cita:1", index=0),
            ],
        )
        self.assertTrue(sent.id.startswith("wamid."))
        self.assertEqual(self.shown()["text"], "Hola, Lupe. Tu cita es el lunes.")
        with self.assertRaises(WhatsAppError) as refused:
            self.wa.send_template(LUPE, "otra", templates.TemplateLanguage.SPANISH_MEX, [])
        self.assertEqual(refused.exception.code, 132001)

    def test_refusals_are_errors_that_pywa_knows(self):
        with self.assertRaises(WhatsAppError) as stranger:
            self.wa.send_message("5219811118888", "hola")
        self.assertIn(stranger.exception.code, [131026, 131047])
        with self.assertRaises(WhatsAppError) as long:
            self.wa.send_message(LUPE, "a" * 5000)
        self.assertIn(long.exception.code, [100, 131009])


if __name__ == "__main__":
    unittest.main()
