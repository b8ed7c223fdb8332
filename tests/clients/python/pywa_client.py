"""pywa, a published client of Meta's Cloud API, set up against the simulated Meta."""

import base64
import logging
import pathlib
import queue
import unittest

import httpx
from pywa import WhatsApp, handlers, types

from support import Town

LUPE = "5219811110001"
PIXEL = (pathlib.Path(__file__).parents[3] / "src/cli/chat/pixel.png").read_bytes()
FILE = base64.b64encode(PIXEL).decode()

HANDLERS = [
    handlers.MessageHandler,
    handlers.CallbackButtonHandler,
    handlers.CallbackSelectionHandler,
    handlers.MessageStatusHandler,
    handlers.PhoneNumberChangeHandler,
    handlers.TemplateStatusUpdateHandler,
    handlers.TemplateCategoryUpdateHandler,
    handlers.TemplateQualityUpdateHandler,
    handlers.UserMarketingPreferencesHandler,
    handlers.FlowCompletionHandler,
    handlers.EditedMessageHandler,
    handlers.DeletedMessageHandler,
    handlers.AccountUpdateHandler,
]


class Elsewhere(httpx.HTTPTransport):
    """Leads requests for graph.facebook.com to the simulated Meta, and no other anywhere but there."""

    def __init__(self, graph: str):
        super().__init__()
        self.graph = httpx.URL(graph)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.host == "graph.facebook.com":
            path = self.graph.raw_path + url.raw_path
            url = url.copy_with(scheme="http", host=self.graph.host, port=self.graph.port, raw_path=path)
            request.headers["host"] = f"{self.graph.host}:{self.graph.port}"
        assert url.host == self.graph.host, f"{url.host} is not the simulated Meta"
        request.url = url
        return super().handle_request(request)


class Complaints(logging.Handler):
    """What pywa says when it cannot make sense of an update: it raises nothing."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord):
        self.said.append(self.format(record))


class Pywa(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        facts = cls.town.facts
        cls.graph = httpx.Client(transport=Elsewhere(facts["graph"]))
        cls.wa = WhatsApp(
            phone_id=facts["phone_number_id"],
            token=facts["access_token"],
            app_secret=facts["app_secret"],
            waba_id=facts["waba_id"],
            verify_token=facts["verify_token"],
            business_portfolio_id=facts["waba_id"],
            session=cls.graph,
        )
        cls.understood: queue.Queue = queue.Queue()
        for handler in HANDLERS:
            cls.wa.add_handlers(handler(lambda _, update: cls.understood.put(update)))
        cls.complaints = Complaints()
        logging.getLogger("pywa").addHandler(cls.complaints)
        logging.getLogger("pywa").propagate = False

    @classmethod
    def tearDownClass(cls):
        cls.graph.close()
        cls.town.close()

    def setUp(self):
        self.complaints.said.clear()
        # The simulated phone is on, and the window to it open.
        self.says("text", text="hola")

    def tearDown(self):
        self.assertEqual(self.complaints.said, [])

    def told(self):
        """The next thing the simulator posts, as pywa understands it."""
        webhook = self.town.next("/whatsapp")
        self.assertIsNone(self.wa.webhook_update_validator(webhook.body, webhook.headers["x-hub-signature-256"]))
        self.assertEqual(self.wa.webhook_update_handler(webhook.body), ("ok", 200))
        return self.understood.get(timeout=1)

    def next(self, kind: type):
        """The next update of this kind; statuses of earlier sends may come between."""
        while not isinstance(update := self.told(), kind):
            self.assertIsInstance(update, types.MessageStatus)
        return update

    def says(self, kind: str, /, **said):
        self.town.simulate(f"phones/{LUPE}/messages", {"type": kind} | said)
        return self.next(types.Message)

    def does(self, update: type, kind: str, /, **said):
        self.town.simulate(f"phones/{LUPE}/messages", {"type": kind} | said)
        return self.next(update)

    def notices(self, update: type, kind: str, /, **notice):
        self.town.simulate("notices", {"type": kind} | notice)
        return self.next(update)

    def shown(self) -> dict:
        """The last thing on the person's phone."""
        return self.town.simulate(f"phones/{LUPE}/messages", method="GET")["messages"][-1]
