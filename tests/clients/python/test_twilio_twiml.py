"""What our voice adapter answers, against the same program written with Twilio's own library."""

import inspect
import re
import unittest
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator
from twilio.twiml import TwiML
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from support import Form, Town

PLACE = "https://bot.municipio.example"
VOICE = f"{PLACE}/webhooks/voice"
ES = {"language": "es-MX", "voice": "Polly.Mia-Neural"}
EN = {"language": "en-US", "voice": "Polly.Joanna-Neural"}

CALL = {
    "CallSid": "CA000000000000000000000000000000a1",
    "AccountSid": "AC00000000000000000000000000000001",
    "From": "+525500000111",
    "To": "+525500000300",
    "CallStatus": "in-progress",
}

TURN = "/webhooks/voice?paso=motivo&intento=1"
"""Where the answers below are given: the caller has just answered a first question."""


def spoken(text: str, then: dict, lang: str = "es") -> dict:
    """A message of the town's, as the server hands it to an adapter."""
    return {"type": "spoken", "text": text, "lang": lang, "then": then}


def listen(step: str = "reporte.lugar", **rest) -> dict:
    return {"type": "listen", "step": step, "attempt": 0, "keys": "one"} | rest


HANG_UP = {"type": "hang_up"}


def gather(address: str, locale: dict = ES, **rest) -> Gather:
    """What every question of ours has in common."""
    one_key = {"num_digits": 1, "speech_timeout": "2"}
    return Gather(
        input="dtmf speech",
        language=locale["language"],
        timeout=5,
        action_on_empty_result=True,
        action=address,
        method="POST",
        **({"barge_in": True} | one_key | rest),
    )


def program(*verbs: TwiML) -> VoiceResponse:
    response = VoiceResponse()
    for verb in verbs:
        response.append(verb)
    return response


def canonical(document: str) -> str:
    """Elements, attributes (in the order of their names) and text, and nothing of how they were written."""
    return ET.canonicalize(document)


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        cls.validator = RequestValidator(cls.town.facts["auth_token"])

    @classmethod
    def tearDownClass(cls):
        cls.town.close()

    def answered(self, answer=None, target: str = TURN, channel: str = "voice", **form: str) -> str:
        """The document that we answer this request of Twilio's with."""
        body = urlencode(CALL | form)
        told = self.town.ask(
            channel=channel,
            public_url=PLACE,
            method="POST",
            target=target,
            headers={"X-Twilio-Signature": self.validator.compute_signature(PLACE + target, Form(body))},
            body=body,
            answer=answer,
        )
        self.assertEqual((told["status"], told["quarantined"]), (200, []), told)
        return told["document"]

    def check(self, document: str, expected: TwiML):
        self.assertEqual(canonical(document), canonical(str(expected)))
        self.buildable(document, type(expected)())

    def said(self, messages: list[dict], expected: VoiceResponse, **request):
        self.check(self.answered({"said": messages}, **request), expected)

    def buildable(self, document: str, empty: TwiML):
        """Twilio's library has a method for each of our verbs where we put it, and a parameter for each attribute."""
        self.rebuild(ET.fromstring(document), empty)
        self.assertEqual(canonical(document), canonical(str(empty)))

    def rebuild(self, element: ET.Element, verb: TwiML):
        for child in element:
            method = getattr(verb, child.tag.lower())
            attributes = {snake(name): value for name, value in child.attrib.items()}
            unknown = attributes.keys() - inspect.signature(method).parameters.keys()
            self.assertFalse(unknown, child.tag)
            self.rebuild(child, method(*([child.text] if child.text else []), **attributes))

    def test_a_question_listens_for_words_and_keys(self):
        address = f"{VOICE}?paso=reporte.lugar&intento=2&turno=1"
        question = gather(address, hints="bache, fuga de agua")
        question.say("¿Dónde está?", **ES)
        expected = program(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        self.said([spoken("¿Dónde está?", listen(attempt=2, hints=["bache", "fuga de agua"]))], expected)

    def test_a_row_of_keys_ends_with_the_hash_key(self):
        address = f"{VOICE}?paso=folio&intento=0&turno=1"
        question = gather(address, num_digits=None, finish_on_key="#", speech_timeout="3")
        question.say("Marca tu folio y gato.", **ES)
        expected = program(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        self.said([spoken("Marca tu folio y gato.", listen("folio", keys="many"))], expected)

    def test_what_must_be_heard_stands_before_the_question(self):
        address = f"{VOICE}?paso=reporte.lugar&intento=0&turno=1"
        expected = VoiceResponse()
        expected.say("Cuelga y llama al 9 1 1.", **ES)
        question = gather(address)
        question.say("¿Qué más?", **ES)
        expected.append(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        must = spoken("Cuelga y llama al 9 1 1.", listen(must_hear=True))
        self.said([must, spoken("¿Qué más?", listen())], expected)

    def test_each_language_has_its_voice(self):
        address = f"{VOICE}?paso=reporte.lugar&intento=0&turno=1&idioma=en"
        question = gather(address, EN)
        question.say("Va en inglés.", **ES)
        question.say("What do you need?", **EN)
        expected = program(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        self.said([spoken("Va en inglés.", HANG_UP), spoken("What do you need?", listen(), "en")], expected)

    def test_letters_of_xml_and_of_people_arrive_as_they_were_written(self):
        text = "¿Qué & más? <b> \"a\" 'ñ' ]]> árbol 👩‍👧 𝒳"
        expected = VoiceResponse()
        expected.say(text, **ES)
        expected.hangup()
        self.said([spoken(text, HANG_UP)], expected)

    def test_letters_that_xml_does_not_know_are_left_out(self):
        expected = VoiceResponse()
        expected.say("unodos tres", **ES)
        expected.hangup()
        self.said([spoken("uno\x07\x00do\ufffes\ntres", HANG_UP)], expected)

    def test_an_address_may_hold_any_name_of_a_question(self):
        address = f"{VOICE}?paso=a%20b%26c%3Dd%2F%C3%B1&intento=0&desde=5&turno=1"
        question = gather(address)
        question.say("¿Cuál?", **ES)
        expected = program(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        self.said([spoken("¿Cuál?", listen("a b&c=d/ñ") | {"from": 5})], expected)

    def test_a_long_text_is_said_in_parts(self):
        sentence = "Una frase que dice algo. "
        expected = VoiceResponse()
        whole = (sentence * 130).strip()
        head = (sentence * 120).strip()
        expected.say(head, **ES)
        expected.say(whole[len(head) + 1 :], **ES)
        expected.hangup()
        self.said([spoken(whole, HANG_UP)], expected)

    def test_nothing_said_is_an_open_ear(self):
        address = f"{VOICE}?paso=menu&intento=0&turno=1"
        question = gather(address)
        question.say("Te escucho.", **ES)
        expected = program(question)
        expected.redirect(f"{address}&vacio=1", method="POST")
        self.said([], expected)

    def test_a_person_of_the_town_is_rung_up(self):
        expected = VoiceResponse()
        expected.say("Te paso con una persona.", **ES)
        dial = expected.dial(
            timeout=25,
            answer_on_bridge=True,
            caller_id="+525500000300",
            action=f"{VOICE}/dial?turno=1",
            method="POST",
        )
        dial.number("+525500000400", url=f"{VOICE}/whisper", method="POST")
        person = {"type": "dial", "number": "+525500000400", "seconds": 25}
        self.said([spoken("Te paso con una persona.", person)], expected)

    def test_whoever_picks_up_must_accept(self):
        expected = VoiceResponse()
        question = expected.gather(
            input="dtmf", timeout=8, num_digits=1, action=f"{VOICE}/whisper?acepta=1", method="POST"
        )
        question.say("Te llama una persona por la línea del ayuntamiento. Marca uno para contestarle.", **ES)
        expected.hangup()
        self.check(self.answered(target="/webhooks/voice/whisper"), expected)
        accepted = self.answered(target="/webhooks/voice/whisper?acepta=1", Digits="1")
        self.check(accepted, VoiceResponse())

    def test_who_waits_hears_so_and_the_question_is_asked_again(self):
        expected = VoiceResponse()
        expected.say("Un momento, por favor.", **ES)
        expected.pause(length=1)
        expected.redirect(f"{VOICE}?paso=motivo&intento=1&espera=1", method="POST")
        self.check(self.answered("not_yet"), expected)

    def test_a_call_that_is_over_ends(self):
        expected = VoiceResponse()
        expected.hangup()
        self.check(self.answered("over"), expected)

    def test_when_nothing_works_the_emergency_number_is_said(self):
        document = self.answered("broken")
        said, end = ET.fromstring(document)
        self.assertIn("Si es una emergencia, llama al", said.text)
        expected = VoiceResponse()
        expected.say(said.text, **ES)
        expected.hangup()
        self.assertEqual(end.tag, "Hangup")
        self.check(document, expected)

    def test_an_sms_is_answered_with_silence(self):
        text = {"MessageSid": "SM1", "To": "+525500000200", "Body": "hola", "NumMedia": "0"}
        self.check(self.answered(target="/webhooks/sms/twilio", channel="sms", **text), MessagingResponse())


def snake(name: str) -> str:
    return re.sub("([A-Z])", r"_\1", name).lower()


if __name__ == "__main__":
    unittest.main()
