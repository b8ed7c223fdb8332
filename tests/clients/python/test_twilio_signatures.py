"""Our check of X-Twilio-Signature against Twilio's own: what the library signs is accepted, anything else is not."""

import hashlib
import json
import pathlib
import unittest
from typing import NamedTuple

from twilio.request_validator import RequestValidator

from support import Form, Town

FIXTURES = pathlib.Path(__file__).parents[3] / "adapters" / "src"
FORM = "application/x-www-form-urlencoded; charset=utf-8"

PLACES = [
    "https://bot.municipio.example",
    "https://bot.municipio.example:443",
    "https://bot.municipio.example:8443",
    "http://bot.municipio.example",
    "http://127.0.0.1:8080",
    "https://bot.municipio.example/ventanilla",
]

ODD_FORMS = {
    "repeated names": "AccountSid=AC00000000000000000000000000000001&a=2&a=1&a=2&b=&a=",
    "names in no order": "z=1&Z=2&a=3&A=4&_=5&%C3%A1=6&0=7",
    "signs and spaces": "Body=+a%2Bb+%26+c%3Dd+%25+%22%27%3C%3E%5C&To=%2B525500000200",
    "accents and emoji": "Body=%C2%BFQu%C3%A9+m%C3%A1s%3F+%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7&From=%2B525500000111",
    "decomposed accents": "Body=a%CC%81rbol",
    "lines": "Body=uno%0D%0Ados%0Atres%09",
    "letters that sort otherwise in UTF-16": "%F0%9F%98%80=1&%EF%BF%BD=2",
    "nothing": "",
}


class Signed(NamedTuple):
    """One request of Twilio's."""

    channel: str
    place: str
    target: str
    body: str
    signature: str
    method: str = "POST"
    kind: str = FORM

    def params(self):
        """What the library takes beside the address: the form, the body of a JSON request, nothing of a GET."""
        if self.method == "GET":
            return {}
        return Form(self.body) if self.kind == FORM else self.body

    def by(self, signer: RequestValidator) -> str:
        """Its signature. The parameters of a JSON request are not signed: its address holds the hash of its body."""
        params = self.params()
        return signer.compute_signature(self.place + self.target, {} if isinstance(params, str) else params)


def fixtures():
    """(channel, target, body) of every webhook among the adapters' fixtures."""
    for channel in ["sms", "voice"]:
        for file in sorted((FIXTURES / channel / "fixtures").glob("*.form")):
            if not file.name.startswith("out_"):
                yield channel, target(channel, file.stem), file.read_text()


def target(channel: str, name: str) -> str:
    if channel == "sms":
        return "/webhooks/sms/twilio/status?ref=98fe12" if name.startswith("status") else "/webhooks/sms/twilio"
    if name.startswith("status"):
        return "/webhooks/voice/status"
    return (
        "/webhooks/voice" if name.startswith("call") else "/webhooks/voice?paso=motivo%20%C3%B1&intento=1&turno=2"
    )


class Signatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        cls.validator = RequestValidator(cls.town.facts["auth_token"])
        cls.stranger = RequestValidator("00000000000000000000000000000000")

    @classmethod
    def tearDownClass(cls):
        cls.town.close()

    def sign(self, channel: str, place: str, target: str, body: str, **rest) -> Signed:
        unsigned = Signed(channel, place, target, body, "", **rest)
        return unsigned._replace(signature=unsigned.by(self.validator))

    def ours(self, signed: Signed) -> bool:
        """Whether our adapter takes it for Twilio's."""
        told = self.town.ask(
            channel=signed.channel,
            public_url=signed.place,
            method=signed.method,
            target=signed.target,
            headers={"X-Twilio-Signature": signed.signature, "Content-Type": signed.kind},
            body="" if signed.method == "GET" else signed.body,
        )
        self.assertIn(told["status"], [200, 204, 403], told)
        return told["status"] != 403

    def theirs(self, signed: Signed) -> bool:
        return self.validator.validate(signed.place + signed.target, signed.params(), signed.signature)

    def check(self, signed: Signed):
        """It is accepted; spoilt in any way it is not; and the library says the same each time."""
        self.assertTrue(self.theirs(signed), signed)
        self.assertTrue(self.ours(signed), signed)
        spoilt = [
            signed._replace(signature=signed.by(self.stranger)),
            signed._replace(signature=signed.signature.swapcase()),
            signed._replace(signature=signed.signature + "="),
            signed._replace(signature=""),
            signed._replace(target=signed.target + ("&" if "?" in signed.target else "?") + "x=1"),
        ]
        if signed.method == "POST":
            spoilt.append(signed._replace(body=signed.body + "&x=1"))
        if signed.method == "POST" and signed.body and signed.kind == FORM:
            spoilt.append(signed._replace(body="X" + signed.body))
        for other in spoilt:
            self.assertFalse(self.theirs(other), other)
            self.assertFalse(self.ours(other), other)

    def test_every_fixture_is_accepted_and_a_changed_one_is_not(self):
        found = list(fixtures())
        self.assertGreater(len(found), 25)
        for channel, target, body in found:
            with self.subTest(target=target, body=body[:60]):
                self.check(self.sign(channel, PLACES[0], target, body))

    def test_odd_forms_are_signed_alike(self):
        for name, body in ODD_FORMS.items():
            with self.subTest(name):
                self.check(self.sign("sms", PLACES[0], "/webhooks/sms/twilio", body))

    def test_every_way_to_write_our_address_is_known(self):
        for place in PLACES:
            for target in ["/webhooks/sms/twilio", "/webhooks/sms/twilio/status?ref=a-1&x=%C3%B1+%2B"]:
                with self.subTest(place=place, target=target):
                    self.check(self.sign("sms", place, target, "Body=hola&AccountSid=AC1"))

    def test_a_port_that_twilio_adds_or_drops_changes_nothing(self):
        for ours, twilios in [
            ("https://bot.municipio.example", "https://bot.municipio.example:443"),
            ("http://bot.municipio.example", "http://bot.municipio.example:80"),
            ("https://bot.municipio.example:443", "https://bot.municipio.example"),
            ("https://bot.municipio.example:8443", "https://bot.municipio.example"),
        ]:
            signed = self.sign("sms", twilios, "/webhooks/sms/twilio?a=1", "Body=hola")
            with self.subTest(ours=ours, twilios=twilios):
                self.check(signed._replace(place=ours))

    def test_a_json_body_is_covered_by_its_hash(self):
        body = json.dumps({"Body": "¿Qué más? 👍", "n": 1}, ensure_ascii=False)
        target = "/webhooks/sms/twilio/status?bodySHA256=" + hashlib.sha256(body.encode()).hexdigest()
        self.check(self.sign("sms", PLACES[0], target, body, kind="application/json"))

    def test_a_get_is_covered_by_its_address(self):
        query = "CallSid=CA1&AccountSid=AC1&From=%2B525500000111&Body=%C2%BFS%C3%AD%3F+a%2Bb"
        self.check(self.sign("voice", PLACES[0], f"/webhooks/voice?{query}", "", method="GET"))


if __name__ == "__main__":
    unittest.main()
