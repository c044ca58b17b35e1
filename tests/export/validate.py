"""Holds a crate against the profile of RO-Crate 1.1 with the validator of others, without a network.

`python validate.py FOLDER` prints each issue and exits with their number. The validator fetches its JSON-LD context;
here every request is answered from the context that the library `rocrate` ships, and any other is refused.
"""

import io
import sys
from importlib.resources import files

import requests
from requests.adapters import BaseAdapter
from rocrate_validator import models, services
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class Shipped(BaseAdapter):
    """Answers for the one address that is asked for."""

    def send(self, request, **_):
        if request.url != CONTEXT:
            raise requests.ConnectionError(f"no network in tests: {request.url}")
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.headers["Content-Type"] = "application/ld+json"
        content = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
        response.raw = HTTPResponse(io.BytesIO(content), status=200, preload_content=False, request_url=request.url)
        return response

    def close(self):
        pass


def main() -> int:
    requests.Session.get_adapter = lambda *_, **__: Shipped()
    wanted = {
        "rocrate_uri": sys.argv[1],
        "profile_identifier": "ro-crate-1.1",
        "requirement_severity": models.Severity.RECOMMENDED,
        "no_cache": True,
    }
    found = services.validate(services.ValidationSettings.parse(wanted)).get_issues()
    for issue in found:
        print(issue.severity.name, issue.check.identifier, issue.message)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
