"""The simulated Twilio against Twilio's own library: it signs as the library checks, its REST side is what the
library speaks, and it carries out what the library writes."""

import time
import unittest
from urllib.parse import urlsplit

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

from support import PATIENCE, Answer, Form, Town, Webhook

LUPE = "525500000111"


class Elsewhere(TwilioHttpClient):
    """Leads requests for api.twilio.com to the simulated Twilio."""

    def __init__(self, api: str):
        super().__init__()
        self.api = api

    def request(self, method, url, *rest, **options):
        place = urlsplit(url)
        assert place.hostname == "api.twilio.com", f"{place.hostname} is not the simulated Twilio"
        return super().request(method, self.api + url.split("api.twilio.com", 1)[1], *rest, **options)


def answer(webhook: Webhook) -> Answer:
    """What this town says, written with the library."""
    if not webhook.target.startswith("/twilio/voice"):
        return "text/xml", str(MessagingResponse())
    if webhook.target.startswith("/twilio/voice/status"):
        return "text/plain", ""
    return "text/xml", str(bye() if "paso=" in webhook.target else greeting())


def greeting() -> VoiceResponse:
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf speech",
        language="es-MX",
        timeout=5,
        speech_timeout="2",
        num_digits=1,
        action="/twilio/voice?paso=motivo",
        action_on_empty_result=True,
    )
    gather.say("¿En qué te ayudo? <&>", language="es-MX", voice="Polly.Mia-Neural")
    response.redirect("/twilio/voice?paso=nada", method="POST")
    return response


def bye() -> VoiceResponse:
    response = VoiceResponse()
    response.say("Gracias.", language="es-MX", voice="Polly.Mia-Neural")
    response.hangup()
    return response


class Simulated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town(answer)
        facts = cls.town.facts
        cls.validator = RequestValidator(facts["auth_token"])
        cls.client = Client(facts["account_sid"], facts["auth_token"], http_client=Elsewhere(facts["twilio"]))
        cls.stranger = Client(facts["account_sid"], "wrong", http_client=Elsewhere(facts["twilio"]))

    @classmethod
    def tearDownClass(cls):
        cls.client.http_client.session.close()
        cls.stranger.http_client.session.close()
        cls.town.close()

    def next(self, path: str) -> Form:
        """The next webhook of this path, which the library must find genuine, and a changed one not."""
        webhook = self.town.next(path)
        url, signature = self.town.webhooks + webhook.target, webhook.headers["x-twilio-signature"]
        form = Form(webhook.body.decode())
        self.assertTrue(self.validator.validate(url, form, signature), webhook)
        self.assertFalse(self.validator.validate(url + "1", form, signature))
        self.assertFalse(self.validator.validate(url, Form(webhook.body.decode() + "&x=1"), signature))
        return form

    def writes(self, text: str) -> Form:
        self.town.simulate(f"sms/{LUPE}/messages", {"text": text})
        return self.next("/twilio/sms")

    def send(self, **message):
        number = self.town.facts["sms_number"]
        return self.client.messages.create(**({"to": f"+{LUPE}", "from_": number} | message))

    def until(self, is_so):
        end = time.monotonic() + PATIENCE
        while not (found := is_so()):
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.01)
        return found

    def test_texts_are_signed_letter_by_letter(self):
        for text in ["hola", "  ¿Qué más? á+b&c=d%20 ", "👩‍👧 \u200f𝒳", "uno\ndos\r\ntres", "a" * 1600]:
            form = self.writes(text)
            self.assertEqual((form["Body"], form["From"]), (text, f"+{LUPE}"))

    def test_what_the_library_sends_is_taken_and_its_statuses_are_signed(self):
        sent = self.send(
            body="¿Qué más? 👍", status_callback=f"{self.town.webhooks}/twilio/status?ref=a-1&x=%C3%B1"
        )
        self.assertRegex(sent.sid, "^SM[0-9a-f]{32}$")
        self.assertEqual((sent.body, sent.to, sent.num_segments), ("¿Qué más? 👍", f"+{LUPE}", "1"))
        seen = []
        while "delivered" not in seen:
            form = self.next("/twilio/status")
            self.assertEqual(form["MessageSid"], sent.sid)
            seen.append(form["MessageStatus"])
        self.assertIn("sent", seen)
        self.assertEqual(self.client.messages(sent.sid).fetch().status, "delivered")
        self.assertIn(sent.sid, [message.sid for message in self.client.messages.list(limit=20)])
        shown = self.town.simulate(f"sms/{LUPE}/messages", method="GET")["messages"]
        self.assertIn("¿Qué más? 👍", [message["text"] for message in shown])

    def test_refusals_are_errors_that_the_library_knows(self):
        for code, send in [
            (21211, lambda: self.send(to="+52", body="hola")),
            (21602, lambda: self.send(body="")),
            (21617, lambda: self.send(body="a" * 1601)),
            (20003, lambda: self.stranger.messages.create(to=f"+{LUPE}", from_="+525500000200", body="hola")),
            (20404, lambda: self.client.messages("SM" + "0" * 32).fetch()),
        ]:
            with self.subTest(code), self.assertRaises(TwilioRestException) as refused:
                send()
            self.assertEqual(refused.exception.code, code)

    def test_who_said_stop_gets_nothing_until_start(self):
        other = "525500000112"
        self.town.simulate(f"sms/{other}/messages", {"text": "STOP"})
        self.next("/twilio/sms")
        with self.assertRaises(TwilioRestException) as refused:
            self.send(to=f"+{other}", body="hola")
        self.assertEqual(refused.exception.code, 21610)
        self.town.simulate(f"sms/{other}/messages", {"text": "START"})
        self.next("/twilio/sms")
        self.assertTrue(self.send(to=f"+{other}", body="hola").sid)

    def test_a_call_hears_what_the_library_writes_and_every_turn_is_signed(self):
        call = self.town.simulate("calls", {"from": LUPE})["call"]
        begun = self.next("/twilio/voice")
        self.assertEqual((begun["CallSid"], begun["From"], begun["CallStatus"]), (call, f"+{LUPE}", "ringing"))
        self.until(lambda: self.shown(call)["state"] == "listening")
        self.assertEqual(self.heard(call), ["¿En qué te ayudo? <&>"])
        self.town.simulate(f"calls/{call}/speech", {"text": "hay un bache en la esquina, á 👍"})
        turn = self.next("/twilio/voice")
        self.assertEqual(turn["SpeechResult"], "hay un bache en la esquina, á 👍")
        ended = self.next("/twilio/voice/status")
        self.assertEqual((ended["CallSid"], ended["CallStatus"]), (call, "completed"))
        self.assertEqual(self.heard(call), ["¿En qué te ayudo? <&>", "Gracias."])

    def test_keys_are_signed_like_words(self):
        call = self.town.simulate("calls", {"from": LUPE})["call"]
        self.next("/twilio/voice")
        self.until(lambda: self.shown(call)["state"] == "listening")
        self.town.simulate(f"calls/{call}/digits", {"digits": "0"})
        self.assertEqual(self.next("/twilio/voice")["Digits"], "0")
        self.next("/twilio/voice/status")

    def shown(self, call: str) -> dict:
        return self.town.simulate(f"calls/{call}", method="GET")

    def heard(self, call: str) -> list[str]:
        return [line["text"] for line in self.shown(call)["heard"] if line["kind"] == "said"]


if __name__ == "__main__":
    unittest.main()
