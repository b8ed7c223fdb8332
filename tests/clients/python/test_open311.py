"""Published clients of Open311 against the real server: what one files, the other reads, in both formats."""

import io
import itertools
import json
import struct
import subprocess
import tempfile
import unittest
import zlib

# `three` was written for Python 2, which had this name.
itertools.ifilter = filter

from georeport import GeoReport  # noqa: E402
from requests import HTTPError  # noqa: E402
from three import Three  # noqa: E402

from support import HARNESS, PATIENCE  # noqa: E402


def photo() -> io.BytesIO:
    """A picture of one pixel, with a name as uploads have one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0\x80\x40\x20")), chunk(b"IEND", b"")]
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    picture.name = "bache.png"
    return picture


class Open311(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="ventanilla-open311-")
        command = [HARNESS, "open311", cls.folder.name]
        cls.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = cls.process.stdout.readline()
        assert line, "the server ended: its last words are above"
        facts = json.loads(line)
        endpoint = f"{facts['url']}/open311/v2/"
        cls.three = Three(endpoint, jurisdiction=facts["jurisdiction"], api_key=facts["key"])
        cls.stranger = Three(endpoint, api_key="vtk_guessed")
        cls.readers = {
            kind: GeoReport(endpoint, jurisdiction=facts["jurisdiction"], output_format=kind)
            for kind in ("json", "xml")
        }

    @classmethod
    def tearDownClass(cls):
        cls.three.session.close()
        cls.stranger.session.close()
        cls.process.stdin.close()
        cls.process.wait(PATIENCE)
        cls.process.stdout.close()
        cls.folder.cleanup()

    def file(self, **more) -> str:
        attributes = {"attribute[size]": "large"}
        made = self.three.post("pothole", lat=18.92634, long=-91.11311, **attributes, **more)
        self.assertIn("service_request_id", made[0], made)
        return made[0]["service_request_id"]

    def test_what_can_be_reported_is_read(self):
        for kind, reader in self.readers.items():
            services = {service["service_code"]: service for service in reader.get_service_list()}
            self.assertEqual(services["pothole"]["service_name"], "Bache", kind)
            self.assertNotIn("corruption", services)
            self.assertEqual(reader.get_service_definition("pothole")["service_code"], "pothole")
        self.assertEqual(len(self.three.services()), len(self.readers["xml"].get_service_list()))

    def test_a_report_is_filed_and_read_in_both_formats(self):
        folio = self.file(description="Hoyo <hondo> & ñ", name="Rosa Uc", phone="9811234567")
        for kind, reader in self.readers.items():
            request = reader.get_service_request(folio)
            self.assertEqual((request["service_request_id"], request["status"]), (folio, "open"), kind)
            self.assertEqual((float(request["lat"]), float(request["long"])), (18.9263, -91.1131), kind)
            self.assertNotIn("Rosa", str(request), kind)
        self.assertEqual(self.three.request(folio)[0]["agency_responsible"], "Obras Públicas")
        self.assertEqual(self.three.token(folio)[0]["service_request_id"], folio)
        self.assertIn(folio, [one["service_request_id"] for one in self.three.requests("pothole", count=5)])

    def test_a_photo_may_come_along(self):
        self.file(media=photo())

    def test_mistakes_are_understood(self):
        refused = self.stranger.post("pothole", lat=18.92634, long=-91.11311)
        self.assertEqual(refused[0]["code"], 403)
        lacking = self.three.post("pothole", lat=18.92634, long=-91.11311)
        self.assertIn("attribute[size]", lacking[0]["description"])
        for reader in self.readers.values():
            with self.assertRaises(HTTPError) as raised:
                reader.get_service_request("PC-0000-0000")
            self.assertEqual(raised.exception.response.status_code, 404)


if __name__ == "__main__":
    unittest.main()
