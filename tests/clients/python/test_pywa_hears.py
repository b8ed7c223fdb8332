"""pywa understands every webhook that the simulated Meta posts.

Echoes of the phone app (`smb_message_echoes`) are left out: pywa 4.5 reads `contacts[0]` of them, which neither
Meta's example nor what others report has."""

import unittest

from pywa import types
from pywa.types import templates

from pywa_client import FILE, LUPE, PIXEL, Pywa


class Hears(Pywa):
    def test_a_changed_webhook_is_refused(self):
        self.town.simulate(f"phones/{LUPE}/messages", {"type": "text", "text": "hola"})
        webhook = self.town.next("/whatsapp")
        signature = webhook.headers["x-hub-signature-256"]
        with self.assertLogs("pywa", "WARNING"):
            self.assertEqual(self.wa.webhook_update_validator(webhook.body + b" ", signature)[1], 403)

    # What people send.

    def test_texts_arrive_letter_by_letter(self):
        for text in ["hola", '¿Qué más? á/ñ\\ "x"', "👩‍👧 \u200f𝒳", "uno\ndos", '{"a":1}']:
            message = self.says("text", text=text)
            self.assertEqual((message.type, message.text, message.from_user.wa_id), ("text", text, LUPE))
            self.assertTrue(message.id.startswith("wamid."))

    def test_files_arrive_and_can_be_fetched(self):
        for said, kind, mime in [
            ("image", "image", "image/png"),
            ("video", "video", "video/mp4"),
            ("audio", "audio", "audio/mpeg"),
            ("voice", "audio", "audio/ogg; codecs=opus"),
            ("document", "document", "application/pdf"),
            ("sticker", "sticker", "image/webp"),
        ]:
            with self.subTest(said):
                message = self.says(said, mime_type=mime, data=FILE)
                self.assertEqual((message.type, message.media.mime_type), (kind, mime))
                self.assertEqual(getattr(message.media, "voice", False) or False, said == "voice")
                self.assertEqual(message.media.get_bytes(), PIXEL)
        captioned = self.says("image", mime_type="image/png", data=FILE, caption="mi calle")
        self.assertEqual(captioned.caption, "mi calle")
        named = self.says("document", mime_type="application/pdf", data=FILE, filename="acta.pdf")
        self.assertEqual(named.document.filename, "acta.pdf")

    def test_places_cards_and_reactions_arrive(self):
        place = self.says("location", latitude=19.84, longitude=-90.53, name="Parque", address="Calle 8").location
        self.assertEqual(
            (place.latitude, place.longitude, place.name, place.address), (19.84, -90.53, "Parque", "Calle 8")
        )
        pin = self.says("location", latitude=19.84, longitude=-90.53)
        self.assertTrue(pin.location.current_location)
        emoji = self.says("reaction", message_id=pin.id, emoji="👍🏽").reaction
        self.assertEqual((emoji.message_id, emoji.emoji), (pin.id, "👍🏽"))
        self.assertIsNone(self.says("reaction", message_id=pin.id).reaction.emoji)
        card = {"name": "Beto", "phone": "+52 981 111 0002"}
        (contact,) = self.says("contacts", contacts=[card]).contacts
        self.assertEqual((contact.name.formatted_name, contact.phones[0].phone), ("Beto", "+52 981 111 0002"))
        own = self.says("own_contact").contacts
        self.assertEqual(len(own), 1)

    def test_orders_quotes_and_forwards_arrive(self):
        item = {"product_retailer_id": "a-1", "quantity": 2, "item_price": 10.5, "currency": "MXN"}
        (product,) = self.says("order", catalog_id="7", text="dos", items=[item]).order.products
        self.assertEqual((product.sku, product.quantity, product.price, product.currency), ("a-1", 2, 10.5, "MXN"))
        sent = self.wa.send_message(LUPE, "¿Seguro?")
        inside = {"type": "text", "text": "sí"}
        self.assertEqual(self.says("reply", message_id=sent.id, said=inside).reply_to_message.id, sent.id)
        self.assertTrue(self.says("forwarded", said=inside).forwarded)
        self.assertTrue(self.says("forwarded", often=True, said=inside).forwarded_many_times)
        referral = {"source_url": "https://fb.me/x", "source_type": "ad", "source_id": "9", "headline": "Predial"}
        self.assertEqual(self.says("referred", referral=referral, said=inside).referral.headline, "Predial")

    def test_what_meta_cannot_pass_on_is_known_as_such(self):
        self.assertEqual(self.says("unsupported", kind="poll_creation").error.code, 131051)
        self.assertEqual(self.says("unreadable").error.code, 131060)
        with self.assertWarnsRegex(UserWarning, "hologram"):
            self.assertEqual(self.says("unknown", kind="hologram", body={"a": 1}).type, types.MessageType.UNKNOWN)

    def test_buttons_rows_and_forms_come_back(self):
        sent = self.wa.send_message(LUPE, "¿Sí?", buttons=[types.Button("Sí", "si:1"), types.Button("No", "no:1")])
        pressed = self.does(types.CallbackButton, "button", id="si:1", title="Sí", message_id=sent.id)
        self.assertEqual((pressed.data, pressed.title, pressed.reply_to_message.id), ("si:1", "Sí", sent.id))
        rows = [types.SectionRow("Bache", "r:1", "Un hoyo"), types.SectionRow("Fuga", "r:2")]
        sent = self.wa.send_message(
            LUPE, "¿Qué?", buttons=types.SectionList("Ver", [types.Section("Calle", rows)])
        )
        row = {"id": "r:1", "title": "Bache", "description": "Un hoyo", "message_id": sent.id}
        chosen = self.does(types.CallbackSelection, "row", **row)
        self.assertEqual((chosen.data, chosen.title, chosen.description), ("r:1", "Bache", "Un hoyo"))
        form = '{"flow_token": "t", "calle": "12"}'
        filled = self.does(types.FlowCompletion, "nfm_reply", response_json=form, message_id=sent.id)
        self.assertEqual((filled.token, filled.response["calle"]), ("t", "12"))
        quick = self.does(types.CallbackButton, "template_button", text="Confirmar", payload="cita:1")
        self.assertEqual((quick.data, quick.title), ("cita:1", "Confirmar"))

    def test_people_correct_delete_move_and_refuse_marketing(self):
        first = self.says("text", text="calle 10")
        edited = self.does(types.EditedMessage, "edit", original_message_id=first.id, text="calle 12")
        self.assertEqual((edited.original_message_id, edited.message.text), (first.id, "calle 12"))
        deleted = self.does(types.DeletedMessage, "revoke", original_message_id=first.id)
        self.assertEqual(deleted.original_message_id, first.id)
        stop = self.does(types.UserMarketingPreferences, "preferences", marketing="stop")
        self.assertEqual(stop.value, "stop")
        self.does(types.UserMarketingPreferences, "preferences", marketing="resume")
        phone = "5219811119999"
        moved = self.does(types.PhoneNumberChange, "change_number", new_wa_id=phone)
        self.assertEqual((moved.old_wa_id, moved.new_wa_id), (LUPE, phone))

    def test_somebody_without_a_number_is_known_by_their_user_id(self):
        hidden = "5219811110007"
        self.town.simulate(f"phones/{hidden}", {"name": "Nadie", "user_id": "MX.1349", "hide_phone": True}, "PUT")
        self.town.simulate(f"phones/{hidden}/messages", {"type": "text", "text": "hola"})
        message = self.next(types.Message)
        self.assertEqual((message.from_user.bsuid, message.from_user.wa_id), ("MX.1349", None))
        self.assertTrue(self.wa.send_message("MX.1349", "Hola").id)

    # What Meta tells.

    def test_news_of_templates_and_of_the_account_arrive(self):
        about = {"name": "aviso", "language": "es_MX"}
        paused = self.notices(templates.TemplateStatusUpdate, "template_status", event="PAUSED", **about)
        self.assertEqual((paused.template_name, paused.new_status), ("aviso", "PAUSED"))
        moved = self.notices(
            templates.TemplateCategoryUpdate, "template_category", previous="UTILITY", new="MARKETING", **about
        )
        self.assertEqual(moved.new_category, "MARKETING")
        worse = self.notices(
            templates.TemplateQualityUpdate, "template_quality", previous="GREEN", new="YELLOW", **about
        )
        self.assertEqual(worse.new_quality_score, "YELLOW")
        update = self.notices(
            types.AccountUpdate,
            "account_update",
            event="ACCOUNT_RESTRICTION",
            details={
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": 1795449600}
                ]
            },
        )
        self.assertEqual(update.event, "ACCOUNT_RESTRICTION")

    def test_statuses_tell_of_the_message_they_are_about(self):
        sent = self.wa.send_message(LUPE, "Hola", tracker="outbox-1")
        seen = []
        while len(seen) < 3:
            status = self.next(types.MessageStatus)
            if status.id == sent.id:
                self.assertEqual((status.from_user.wa_id, status.tracker), (LUPE, "outbox-1"))
                seen.append(str(status.status))
        # They are posted side by side, so any may come first.
        self.assertCountEqual(seen, ["sent", "delivered", "read"])


if __name__ == "__main__":
    unittest.main()
